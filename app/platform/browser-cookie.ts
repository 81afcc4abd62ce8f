import { cookieLine, readCookie } from '#app/platform/cookies.ts';
import type { Env } from '#app/platform/env.ts';
import { cookiesAreSecure } from '#app/platform/session-cookie.ts';
import { BROWSER_KNOWN_FOR } from '#app/services/known-browser.ts';

const nameFor = (env: Env): string => (cookiesAreSecure(env) ? '__Host-browser' : 'browser');

/** The mark of a former sign-in in this browser, as it came; null: there is none. */
export const readBrowserMark = (env: Env, cookieHeader: string | null): string | null =>
  readCookie(cookieHeader ?? undefined, nameFor(env));

/** Outlives the session: signing out forgets who one is, not where one works. */
export const browserCookie = (env: Env, mark: string): string =>
  cookieLine(nameFor(env), mark, {
    secure: cookiesAreSecure(env),
    maxAge: BROWSER_KNOWN_FOR / 1000,
  });
