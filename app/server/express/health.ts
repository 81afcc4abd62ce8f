import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request as Req, Response as Res } from 'express';
import { refuseRequest } from '#app/server/express/refusal.ts';
import { factsOf } from '#app/server/express/request-facts.ts';
import { readGauges } from '#app/server/express/gauges.ts';
import { createReadiness } from '#app/server/express/readiness.ts';
import type { Platform } from '#app/web/request-context.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a request bears the token of programs; compared in constant time. No token set: nobody does. */
export const bearsToken = (req: Req, token: string | undefined): boolean => {
  const given = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1];
  if (token === undefined || given === undefined) return false;
  return timingSafeEqual(digest(given), digest(token));
};

const isRead = (req: Req): boolean => req.method === 'GET' || req.method === 'HEAD';

/** `/healthz`: the process lives; `/readyz`: its database can be read and written; `/metrics`: counts, by token. */
export const healthRoutes = (platform: Platform) => {
  const trouble = createReadiness(platform);
  const begun = platform.now();
  const answerReady = async (res: Res): Promise<void> => {
    const reason = await trouble();
    const { verdict } = platform.clock;
    const said = verdict.kind === 'agrees' ? '' : `${verdict.words}\n`;
    if (reason === null) res.type('text').send(`ready\n${said}`);
    else res.status(503).json({ error: 'not_ready', reason, requestId: factsOf(res).requestId });
  };
  const answerMetrics = async (req: Req, res: Res): Promise<void> => {
    if (!bearsToken(req, platform.env.INGEST_TOKEN))
      return refuseRequest(req, res, 401, 'token_required');
    const ready = (await trouble()) === null;
    const gauges = await readGauges(platform, { begun, ready });
    res.type('text/plain; version=0.0.4').send(platform.metrics.text(gauges));
  };
  return (req: Req, res: Res, next: NextFunction): void => {
    const answer = async (): Promise<void> => {
      if (!isRead(req)) return next();
      if (req.path === '/healthz') res.type('text').send('ok\n');
      else if (req.path === '/favicon.ico') res.status(204).end();
      else if (req.path === '/readyz') await answerReady(res);
      else if (req.path === '/metrics') await answerMetrics(req, res);
      else next();
    };
    answer().catch(next);
  };
};
