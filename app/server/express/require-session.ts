import type { NextFunction, Request as Req, Response as Res } from 'express';
import { refuseRequest } from '#app/server/express/refusal.ts';
import { factsOf } from '#app/server/express/request-facts.ts';
import type { Platform } from '#app/web/request-context.ts';
import { returnCookie } from '#app/web/return-path.ts';
import { cookiesAreSecure, readSessionCookie } from '#app/web/session-cookie.ts';
import { resolveSession } from '#app/services/access/resolve-session.ts';
import type { SignedIn } from '#app/services/access/resolve-session.ts';

/** Pages of the router that may be asked for without a session. All else is answered elsewhere or not. */
const OPEN_PAGES = new Set(['/sign-in']);
/** Of the router's own, or of later steps: never served. */
const CLOSED = /^\/(__manifest|webhooks\/stripe|auth\/callback)\/?$/i;

const signedInOf = (res: Res): SignedIn | null =>
  // Written below, before anything reads it.
  (res.locals['signedIn'] as SignedIn | null | undefined) ?? null;

export { signedInOf };

/** Whether a browser asks for a page to show, not a script for facts. */
const asksForPage = (req: Req, url: URL): boolean => {
  const destination = req.headers['sec-fetch-dest'];
  if (req.method !== 'GET' && req.method !== 'HEAD') return false;
  return (
    !url.searchParams.has('_data') && (destination === undefined || destination === 'document')
  );
};

const turnAway = (platform: Platform, req: Req, res: Res): void => {
  const { url } = factsOf(res);
  if (!asksForPage(req, url)) {
    // The router shows such an answer as the page's own, in words.
    res.setHeader('X-Remix-Catch', 'yes');
    refuseRequest(req, res, 401, 'sign_in_first');
    return;
  }
  if (url.pathname !== '/')
    res.append(
      'Set-Cookie',
      returnCookie(`${url.pathname}${url.search}`, cookiesAreSecure(platform.env)),
    );
  res.status(302).setHeader('Location', '/sign-in');
  res.end();
};

/** Nothing reaches a page without a session that the database holds at this moment. */
export const requireSession =
  (platform: Platform) =>
  (req: Req, res: Res, next: NextFunction): void => {
    const check = async (): Promise<void> => {
      if (CLOSED.test(req.path)) return refuseRequest(req, res, 404, 'not_found');
      const value = readSessionCookie(platform.env, req.headers.cookie);
      const app = { ...platform, demo: platform.env.demo };
      const signedIn =
        value === null ? null : await resolveSession(app, value, isByPerson(req, factsOf(res).url));
      res.locals['signedIn'] = signedIn;
      factsOf(res).actorId = signedIn?.actor.staffId ?? null;
      if (signedIn === null && !OPEN_PAGES.has(req.path)) return turnAway(platform, req, res);
      next();
    };
    check().catch(next);
  };

/**
 * Whether a person has asked for this. A page that is only open asks as well: for its facts, whenever
 * something changes, and to be told of changes. So what scripts ask for counts only where our own script says
 * that somebody was at the page a moment ago.
 */
const isByPerson = (req: Req, url: URL): boolean => {
  if (req.headers['x-redress-attended'] === 'yes') return url.pathname !== '/events';
  const destination = req.headers['sec-fetch-dest'];
  if (destination !== undefined) return destination === 'document';
  // Programs, and browsers that do not say.
  return req.method === 'POST' || !(url.searchParams.has('_data') || url.pathname === '/events');
};
