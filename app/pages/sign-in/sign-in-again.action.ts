import { z } from 'zod';
import { tooManyTries, waitUntil } from '#app/pages/sign-in/too-many-tries.ts';
import { browserCookie, readBrowserMark, sessionCookie } from '#app/web/session-cookie.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse } from '#app/web/http.ts';
import { signIn } from '#app/services/access/sign-in.ts';
import { postOnly } from '#app/web/post-only.ts';

export const loader = postOnly('session.own', '/');

/** Somebody who is signed in shows that it is still them: a new session takes the place of theirs. */
export const action = guarded(
  'session.own',
  { audit: 'change', form: z.object({ password: z.string().min(1).max(1024) }) },
  async ({ form: { password }, app, request }) => {
    const outcome = await signIn(
      { ...app, secret: app.env.secret, markSecret: app.env.markSecret },
      {
        ...{ email: app.actor.email, password, address: app.address },
        browserMark: readBrowserMark(app.env, request.headers.get('Cookie')),
        formerSessionHash: app.session?.hash ?? null,
        isAgain: true,
      },
    );
    if (outcome.kind === 'throttled') {
      const { seconds, headers } = waitUntil(outcome.retryAt, app.now());
      return refuse(429, { message: tooManyTries(seconds) }, headers);
    }
    if (outcome.kind === 'refused') return refuse(422, { fields: { password: 'Wrong password.' } });
    const headers = new Headers({ 'Set-Cookie': sessionCookie(app.env, outcome.sessionValue) });
    headers.append('Set-Cookie', browserCookie(app.env, outcome.browserMark));
    return Response.json({ done: {} }, { headers });
  },
);
