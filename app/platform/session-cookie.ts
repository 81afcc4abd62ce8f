import { SESSION_LONGEST } from '#app/domain/sessions.ts';
import { cookieLine, readCookie } from '#app/platform/cookies.ts';
import type { Env } from '#app/platform/env.ts';

const VALUE = /^[A-Za-z0-9_-]{43}$/;

/** Plain http is for trying things out on one's own machine; everywhere else cookies are Secure. */
export const cookiesAreSecure = (env: Env): boolean =>
  !(env.keyless && env.onLoopback) || (env.BASE_URL?.startsWith('https:') ?? false);

/** `__Host-` binds the cookie to this very host; browsers take it only over https. */
const nameFor = (env: Env): string => (cookiesAreSecure(env) ? '__Host-sid' : 'sid');

/** The session value that a request brings; null where there is none that could be one. */
export const readSessionCookie = (env: Env, cookieHeader: string | undefined): string | null => {
  const value = readCookie(cookieHeader, nameFor(env));
  return value !== null && VALUE.test(value) ? value : null;
};

export const sessionCookie = (env: Env, value: string): string =>
  cookieLine(nameFor(env), value, {
    secure: cookiesAreSecure(env),
    maxAge: SESSION_LONGEST / 1000,
  });

export const endedSessionCookie = (env: Env): string =>
  cookieLine(nameFor(env), '', { secure: cookiesAreSecure(env), maxAge: 0 });
