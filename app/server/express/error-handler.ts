import type { NextFunction, Request as Req, Response as Res } from 'express';
import { refuseRequest } from '#app/server/express/refusal.ts';
import { factsOf } from '#app/server/express/request-facts.ts';
import { storageProblem } from '#app/web/http.ts';
import type { Platform } from '#app/web/request-context.ts';
import { storageErrorOf } from '#db/storage-error.ts';

/** Whatever nobody else caught: logged once, answered with the request id and nothing more. */
export const errorHandler =
  (platform: Platform) =>
  // Express knows an error handler by its four parameters.
  (error: unknown, req: Req, res: Res, _next: NextFunction): void => {
    const { requestId } = factsOf(res);
    platform.log.error({ requestId, err: error }, 'a request failed');
    const trouble = storageErrorOf(error);
    if (res.headersSent) res.destroy();
    else if (trouble === null) refuseRequest(req, res, 500, 'internal_error');
    else {
      const { status, code, message } = storageProblem(trouble);
      res.setHeader('Retry-After', '10');
      refuseRequest(req, res, status, code, message);
    }
  };
