import { z } from 'zod';
import { THEMES } from '#app/pages/shell/theme.ts';
import { cookiesAreSecure } from '#app/web/session-cookie.ts';
import { cookieLine } from '#app/lib/cookies.ts';
import { guarded } from '#app/web/guarded.ts';
import { seeOther } from '#app/web/http.ts';
import { postOnly } from '#app/web/post-only.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

export const loader = postOnly('session.own', '/');

/** A cookie, so that the very first bytes of a page already have the right colours. */
export const action = guarded(
  'session.own',
  { audit: 'none', form: z.object({ theme: z.enum(THEMES), back: z.string().max(2_000) }) },
  async ({ form, app }) => {
    const secure = cookiesAreSecure(app.env);
    throw seeOther(form.back, {
      'Set-Cookie': cookieLine('theme', form.theme, { secure, maxAge: YEAR_SECONDS }),
    });
  },
);
