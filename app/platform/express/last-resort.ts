import type { NextFunction, Request as Req, Response as Res } from 'express';
import { refuseRequest } from '#app/platform/express/refusal.ts';
import { factsOf } from '#app/platform/express/request-facts.ts';
import { storageProblem } from '#app/platform/http.ts';
import type { Platform } from '#app/platform/request-context.ts';
import { storageTroubleOf } from '#db/storage-trouble.ts';

/** Whatever nobody else caught: logged once, answered with the request id and nothing more. */
export const lastResort =
  (platform: Platform) =>
  // Express knows an error handler by its four parameters.
  (error: unknown, req: Req, res: Res, _next: NextFunction): void => {
    const { requestId } = factsOf(res);
    platform.log.error({ requestId, err: error }, 'a request failed');
    const trouble = storageTroubleOf(error);
    if (res.headersSent) res.destroy();
    else if (trouble === null) refuseRequest(req, res, 500, 'internal_error');
    else {
      const { status, code, message } = storageProblem(trouble);
      res.setHeader('Retry-After', '10');
      refuseRequest(req, res, status, code, message);
    }
  };
