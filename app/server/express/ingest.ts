import type { NextFunction, Request as Req, Response as Res } from 'express';
import { BODY_REFUSALS, readBody } from '#app/server/express/body.ts';
import { bearsToken } from '#app/server/express/health.ts';
import { refuseRequest } from '#app/server/express/refusal.ts';
import type { Platform } from '#app/web/request-context.ts';
import { ingestBook, type IngestOutcome } from '#app/services/import/ingest-book.ts';

const MIB = 1024 * 1024;
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The delivery's key; null: it has none; undefined: it is no key. */
const keyOf = (req: Req): string | null | undefined => {
  const key = req.headers['idempotency-key'];
  if (key === undefined) return null;
  return typeof key === 'string' && KEY.test(key) ? key : undefined;
};

const send = (req: Req, res: Res, outcome: IngestOutcome): void => {
  if (outcome.kind === 'busy') {
    res.setHeader('Retry-After', '5');
    refuseRequest(req, res, 409, 'still_loading');
  } else if (outcome.kind === 'other-body') refuseRequest(req, res, 422, 'key_of_another_body');
  else {
    if (outcome.replayed) res.setHeader('Idempotent-Replayed', 'true');
    res.json(outcome.answer);
  }
};

/**
 * `POST /ingest`: records of the book as NDJSON, from programs that bear the token. One delivery at a
 * time: each may hold as much memory as the settings allow.
 */
export const ingest = (platform: Platform) => {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<IngestOutcome>): Promise<IngestOutcome> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const answer = async (req: Req, res: Res): Promise<void> => {
    if (!bearsToken(req, platform.env.INGEST_TOKEN))
      return refuseRequest(req, res, 401, 'token_required');
    if (req.method !== 'POST') {
      res.setHeader('Allow', 'POST');
      return refuseRequest(req, res, 405, 'method_not_allowed');
    }
    const key = keyOf(req);
    if (key === undefined) return refuseRequest(req, res, 400, 'bad_idempotency_key');
    const read = await readBody(req, platform.env.INGEST_MAX_MB * MIB);
    if (!read.ok) {
      // What is left of the body will not be read, so the connection cannot be used again.
      res.setHeader('Connection', 'close');
      return refuseRequest(req, res, ...BODY_REFUSALS[read.why]);
    }
    send(req, res, await inTurn(() => ingestBook(platform, key, read.body)));
  };
  return (req: Req, res: Res, next: NextFunction): void => {
    if (req.path === '/ingest') answer(req, res).catch(next);
    else next();
  };
};
