import { cookieLine, readCookie } from '#app/lib/cookies.ts';
import { safePath } from '#app/lib/safe-path.ts';

const COOKIE = 'return_to';
const TEN_MINUTES_SECONDS = 600;

/** Remembers, for the sign-in page alone, where somebody without a session wanted to go. */
export const returnCookie = (path: string, secure: boolean): string =>
  cookieLine(COOKIE, encodeURIComponent(safePath(path)), {
    secure,
    path: '/sign-in',
    maxAge: TEN_MINUTES_SECONDS,
  });

export const forgottenReturnCookie = (secure: boolean): string =>
  cookieLine(COOKIE, '', { secure, path: '/sign-in', maxAge: 0 });

/** Where to go after sign-in: `/` unless a path of this console was remembered. */
export const returnPath = (cookieHeader: string | null): string => {
  const value = readCookie(cookieHeader ?? undefined, COOKIE);
  try {
    return safePath(decodeURIComponent(value ?? '/'));
  } catch {
    // Somebody wrote a cookie that is no text: as good as none.
    return '/';
  }
};
