import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request as Req, Response as Res } from 'express';
import { refuseRequest } from '#app/platform/express/refusal.ts';
import type { Platform } from '#app/platform/request-context.ts';
import { countOpenFlags } from '#db/queries/live-changes.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether a request bears the token of programs; compared in constant time. No token set: nobody does. */
export const bearsToken = (req: Req, token: string | undefined): boolean => {
  const given = /^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1];
  if (token === undefined || given === undefined) return false;
  return timingSafeEqual(digest(given), digest(token));
};

const MIB = 1024 * 1024;

const metricsText = async (platform: Platform): Promise<string> => {
  const flags = await countOpenFlags(platform.store.read);
  return platform.metrics.text([
    ...flags.map(({ severity, count }) => ({
      name: 'redress_flags_open',
      help: 'Open flags.',
      labels: `severity="${severity}"`,
      value: count,
    })),
    {
      name: 'redress_sweep_last_seconds',
      help: 'When the timer last swept, as Unix time; 0: not yet.',
      value: platform.metrics.lastSweepAt / 1000,
    },
    {
      name: 'redress_sweep_customers_total',
      help: 'Customers that the timer has swept.',
      value: platform.metrics.sweptCustomers,
    },
    {
      name: 'redress_memory_mib',
      help: 'Resident memory.',
      value: Math.round(process.memoryUsage.rss() / MIB),
    },
  ]);
};

const isReady = async (platform: Platform): Promise<boolean> => {
  try {
    await platform.store.ping();
    return true;
  } catch (error) {
    platform.log.error({ err: error }, 'the database does not answer');
    return false;
  }
};

const isRead = (req: Req): boolean => req.method === 'GET' || req.method === 'HEAD';

/** `/healthz`: the process lives; `/readyz`: so does its migrated database; `/metrics`: counts, by token. */
export const probes =
  (platform: Platform) =>
  (req: Req, res: Res, next: NextFunction): void => {
    const answer = async (): Promise<void> => {
      if (!isRead(req)) return next();
      if (req.path === '/healthz') res.type('text').send('ok\n');
      else if (req.path === '/favicon.ico') res.status(204).end();
      else if (req.path === '/readyz') {
        if (await isReady(platform)) res.type('text').send('ready\n');
        else refuseRequest(req, res, 503, 'not_ready');
      } else if (req.path === '/metrics') {
        if (bearsToken(req, platform.env.INGEST_TOKEN))
          res.type('text/plain; version=0.0.4').send(await metricsText(platform));
        else refuseRequest(req, res, 401, 'token_required');
      } else next();
    };
    answer().catch(next);
  };
