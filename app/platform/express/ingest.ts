import type { NextFunction, Request as Req, Response as Res } from 'express';
import { bearsToken } from '#app/platform/express/probes.ts';
import { refuseRequest } from '#app/platform/express/refusal.ts';
import type { Platform } from '#app/platform/request-context.ts';

/** `POST /ingest`: records of the book as NDJSON, from programs that bear the token. */
export const ingest =
  (platform: Platform) =>
  (req: Req, res: Res, next: NextFunction): void => {
    if (req.path !== '/ingest') return next();
    if (!bearsToken(req, platform.env.INGEST_TOKEN))
      return refuseRequest(req, res, 401, 'token_required');
    refuseRequest(req, res, 503, 'not_ready');
  };
