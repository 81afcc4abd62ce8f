import { useLoaderData } from '@remix-run/react';
import { MailList } from '#app/pages/mail/mail-list.tsx';
import { useLiveFacts } from '#app/pages/use-live.ts';
import { guarded } from '#app/platform/guarded.ts';
import { notFound } from '#app/platform/http.ts';
import { loadDemoMail } from '#app/services/load-demo-mail.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';

export const meta = () => [{ title: 'Mail – Redress' }];

/** Only in the demo, whose mail reaches nobody. */
export const loader = guarded('customers.view', { audit: 'none' }, async ({ app }) => {
  if (!app.demo) throw notFound();
  return { now: app.now(), mails: await loadDemoMail(app.env.DEMO_MAIL_URL) };
});

export default function MailPage() {
  const { now, mails } = useLoaderData<typeof loader>();
  useLiveFacts({ events: ['requests'] });
  return (
    <div className="mx-auto w-full max-w-5xl p-4">
      <h1 className="text-heading">Mail of the demo</h1>
      {mails.kind === 'read' ? (
        <MailList mails={mails} now={now} />
      ) : (
        <EmptyState title="No mail can be shown here">
          {mails.kind === 'away'
            ? 'The demo’s mail server does not answer. Start the demo anew.'
            : 'This console runs no mail server of its own: mail goes where SMTP_URL says, and waits without it.'}
        </EmptyState>
      )}
    </div>
  );
}
