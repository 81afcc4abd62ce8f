import { randomBytes } from 'node:crypto';
import type { NextFunction, Request as Req, Response as Res } from 'express';
import { clientAddress } from '#app/lib/network-address.ts';
import { kindOf, loggedPath } from '#app/server/express/logged-path.ts';
import { refuseRequest } from '#app/server/express/refusal.ts';
import { factsOf, setFacts } from '#app/server/express/request-facts.ts';
import type { Platform } from '#app/web/request-context.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST']);
const HOST = /^([A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(:\d{1,5})?$/;
const MOST_PARAMETERS = 100;
/** No address of ours is longer: an id has 255 characters, each written with up to twelve. */
const LONGEST_PATH = 4_096;
const LONGEST_ANSWER = 30_000;

/** One line per answered request: no query, no body, nobody's name. */
const logWhenDone = (platform: Platform, req: Req, res: Res): void => {
  res.on('close', () => {
    const { requestId, startedAt, actorId, address, url } = factsOf(res);
    const method = METHODS.has(req.method) ? req.method : 'other';
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    platform.metrics.countRequest(method, res.statusCode, ms, kindOf(method, url));
    platform.log.info(
      {
        requestId,
        method,
        path: loggedPath(req.path),
        status: res.statusCode,
        ms,
        actorId,
        address,
      },
      'request',
    );
  });
};

const urlOf = (platform: Platform, req: Req): URL | null => {
  const host = req.headers.host ?? '';
  const origin = platform.env.BASE_URL ?? (HOST.test(host) ? `http://${host}` : '');
  if (!HOST.test(host) || !req.url.startsWith('/')) return null;
  try {
    // Joined as text: `//evil.test/x` would name another host if it were resolved as an address.
    const url = new URL(`${origin.replace(/\/$/, '')}${req.url}`);
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    // Not an address, or not text once it is decoded.
    return null;
  }
};

const addressOf = ({ env }: Platform, req: Req): string => {
  const header = req.headers['x-forwarded-for'];
  const forwardedFor = Array.isArray(header) ? header.join(',') : header;
  return clientAddress(req.socket.remoteAddress, forwardedFor, env.TRUSTED_PROXIES);
};

/** First of all parts: the request's id, nonce, address and log line; refuses what no part can use. */
export const requestLogging =
  (platform: Platform) =>
  (req: Req, res: Res, next: NextFunction): void => {
    const requestId = platform.newId('req');
    const url = urlOf(platform, req);
    setFacts(res, {
      requestId,
      nonce: randomBytes(16).toString('base64url'),
      startedAt: performance.now(),
      actorId: null,
      address: addressOf(platform, req),
      url: url ?? new URL('http://unknown.invalid/'),
    });
    res.setHeader('X-Request-Id', requestId);
    logWhenDone(platform, req, res);
    // Beyond that nobody in front of us is trusted to say who is asking or under which name.
    for (const name of Object.keys(req.headers))
      if (name.startsWith('x-forwarded-') || name === 'forwarded') delete req.headers[name];
    next();
  };

/** The router takes the square of the slashes in a row to find out that such a path leads nowhere. */
const isNoPath = (path: string): boolean => path.length > LONGEST_PATH || path.includes('///');

/** Methods, addresses and numbers of parameters that are served at all. */
export const admit = (req: Req, res: Res, next: NextFunction): void => {
  const { url } = factsOf(res);
  if (!METHODS.has(req.method)) {
    res.setHeader('Allow', 'GET, HEAD, POST');
    refuseRequest(req, res, 405, 'method_not_allowed');
  } else if (url.hostname === 'unknown.invalid') refuseRequest(req, res, 400, 'bad_address');
  else if (isNoPath(url.pathname)) refuseRequest(req, res, 404, 'not_found');
  else if ([...url.searchParams.keys()].length > MOST_PARAMETERS)
    refuseRequest(req, res, 400, 'too_many_parameters');
  else next();
};

/** An answer that has not begun after thirty seconds will not be worth waiting for. */
export const answerInTime = (req: Req, res: Res, next: NextFunction): void => {
  const timer = setTimeout(() => {
    if (!res.headersSent) refuseRequest(req, res, 503, 'took_too_long');
  }, LONGEST_ANSWER);
  res.on('close', () => clearTimeout(timer));
  next();
};
