import { useLoaderData } from '@remix-run/react';
import { MailList } from '#app/pages/mail/mail-list.tsx';
import { useLiveFacts } from '#app/pages/shared/use-live.ts';
import { guarded } from '#app/web/guarded.ts';
import { notFound } from '#app/web/http.ts';
import { showsMail } from '#app/web/request-context.ts';
import { loadDemoMail } from '#app/services/mail/load-demo-mail.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';

export const meta = () => [{ title: 'Mail – Redress' }];

/** Only where mail reaches nobody: in the demo, and beside a Stripe that stands in. */
export const loader = guarded('customers.view', { audit: 'none' }, async ({ app }) => {
  if (!showsMail(app)) throw notFound();
  return { now: app.now(), demo: app.demo, mails: await loadDemoMail(app.env.DEMO_MAIL_URL) };
});

export default function MailPage() {
  const { now, demo, mails } = useLoaderData<typeof loader>();
  useLiveFacts({ events: ['requests'] });
  return (
    <div className="mx-auto w-full max-w-5xl p-4">
      <h1 className="text-heading">{demo ? 'Sent mail' : 'Sent mail (trial)'}</h1>
      {mails.kind === 'read' ? (
        <MailList mails={mails} now={now} />
      ) : (
        <EmptyState title="Mail can’t be shown here">
          {mails.kind === 'away'
            ? 'The local mail server is not running. Restart Redress.'
            : 'This console sends mail through SMTP_URL. Without it, mail waits.'}
        </EmptyState>
      )}
    </div>
  );
}
