import { cookieLine, readCookie } from '#app/lib/cookies.ts';
import type { Env } from '#app/config/env.ts';
import { BROWSER_KNOWN_FOR } from '#app/services/access/known-browser.ts';
import { SESSION_LONGEST } from '#app/domain/access/sessions.ts';

const browserCookieName = (env: Env): string =>
  cookiesAreSecure(env) ? '__Host-browser' : 'browser';

/** The mark of a former sign-in in this browser, as it came; null: there is none. */
export const readBrowserMark = (env: Env, cookieHeader: string | null): string | null =>
  readCookie(cookieHeader ?? undefined, browserCookieName(env));

/** Outlives the session: signing out forgets who one is, not where one works. */
export const browserCookie = (env: Env, mark: string): string =>
  cookieLine(browserCookieName(env), mark, {
    secure: cookiesAreSecure(env),
    maxAge: BROWSER_KNOWN_FOR / 1000,
  });

const VALUE = /^[A-Za-z0-9_-]{43}$/;

/** Plain http is for trying things out on one's own machine; everywhere else cookies are Secure. */
export const cookiesAreSecure = (env: Env): boolean =>
  !(env.keyless && env.onLoopback) || (env.BASE_URL?.startsWith('https:') ?? false);

/** `__Host-` binds the cookie to this very host; browsers take it only over https. */
const sessionCookieName = (env: Env): string => (cookiesAreSecure(env) ? '__Host-sid' : 'sid');

/** The session value that a request brings; null where there is none that could be one. */
export const readSessionCookie = (env: Env, cookieHeader: string | undefined): string | null => {
  const value = readCookie(cookieHeader, sessionCookieName(env));
  return value !== null && VALUE.test(value) ? value : null;
};

export const sessionCookie = (env: Env, value: string): string =>
  cookieLine(sessionCookieName(env), value, {
    secure: cookiesAreSecure(env),
    maxAge: SESSION_LONGEST / 1000,
  });

export const endedSessionCookie = (env: Env): string =>
  cookieLine(sessionCookieName(env), '', { secure: cookiesAreSecure(env), maxAge: 0 });
