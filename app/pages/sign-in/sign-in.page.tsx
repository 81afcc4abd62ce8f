import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { z } from 'zod';
import { SignInForm } from '#app/pages/sign-in/sign-in-form.tsx';
import { waitUntil } from '#app/pages/sign-in/too-many-tries.ts';
import {
  browserCookie,
  cookiesAreSecure,
  readBrowserMark,
  sessionCookie,
} from '#app/web/session-cookie.ts';
import { guarded } from '#app/web/guarded.ts';
import { refuse, seeOther } from '#app/web/http.ts';
import { forgottenReturnCookie, returnPath } from '#app/web/return-path.ts';
import { signIn } from '#app/services/access/sign-in.ts';

export const meta = () => [{ title: 'Sign in: Redress' }];

export const loader = guarded('public', { audit: 'none' }, async ({ app }) => {
  if (app.actor !== null) throw seeOther('/');
  return { demo: app.demo };
});

export const action = guarded(
  'public',
  {
    audit: 'change',
    form: z.object({ email: z.string().max(320), password: z.string().max(1024) }),
  },
  async ({ form, app, request }) => {
    const outcome = await signIn(
      { ...app, secret: app.env.secret, markSecret: app.env.markSecret },
      {
        ...form,
        address: app.address,
        browserMark: readBrowserMark(app.env, request.headers.get('Cookie')),
        formerSessionHash: app.session?.hash ?? null,
      },
    );
    if (outcome.kind === 'throttled') {
      const { seconds, headers } = waitUntil(outcome.retryAt, app.now());
      return refuse(429, { refusal: 'throttled' as const, seconds }, headers);
    }
    if (outcome.kind === 'refused') return refuse(401, { refusal: 'refused' as const, seconds: 0 });
    const headers = new Headers({ 'Set-Cookie': sessionCookie(app.env, outcome.sessionValue) });
    headers.append('Set-Cookie', browserCookie(app.env, outcome.browserMark));
    headers.append('Set-Cookie', forgottenReturnCookie(cookiesAreSecure(app.env)));
    throw seeOther(returnPath(request.headers.get('Cookie')), headers);
  },
);

export default function SignInPage() {
  const { demo } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const busy = useNavigation().state !== 'idle';
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="grid w-full max-w-xs gap-4">
        <h1 className="text-heading">Sign in to Redress</h1>
        <Form method="post" action="/sign-in" className="grid gap-3">
          <SignInForm answer={answer} busy={busy} />
        </Form>
        {demo ? (
          <p className="text-small text-ink-quiet">
            This is the demo: agent@demo.test, lead@demo.test, finance@demo.test, admin@demo.test or
            auditor@demo.test, each with the password “redress demo only”.
          </p>
        ) : null}
      </div>
    </main>
  );
}
