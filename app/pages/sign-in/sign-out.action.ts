import { guarded } from '#app/web/guarded.ts';
import { seeOther } from '#app/web/http.ts';
import { postOnly } from '#app/web/post-only.ts';
import { endedSessionCookie } from '#app/web/session-cookie.ts';
import { signOut } from '#app/services/access/sign-out.ts';

export const loader = postOnly('session.own', '/');

export const action = guarded('session.own', { audit: 'change' }, async ({ app }) => {
  if (app.session !== null) {
    await signOut(app, app.session.hash);
    app.changes.endSession(app.session.hash);
  }
  const headers = new Headers({
    'Set-Cookie': endedSessionCookie(app.env),
    'Clear-Site-Data': '"cache", "storage"',
  });
  throw seeOther('/sign-in', headers);
});
