import { useState } from 'react';
import type { DemoMails } from '#app/services/mail/load-demo-mail.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

type ReadMails = Extract<DemoMails, { kind: 'read' }>;
interface MailListProps {
  mails: ReadMails;
  now: number;
}

/** Mails as they were delivered, newest first and open. */
export function MailList({ mails: { total, newest }, now }: MailListProps) {
  if (total === 0) {
    return (
      <EmptyState title="No mail yet">
        E-mail to customers about refunds and credits appears here. Nothing leaves the demo.
      </EmptyState>
    );
  }
  return (
    <>
      <p className="py-2 text-ink-quiet">
        {total > newest.length
          ? `The newest ${newest.length} of ${total} mails.`
          : 'Newest first. Nothing leaves the demo.'}
      </p>
      <ul className="border-t border-hairline">
        {newest.map((mail, index) => (
          // Mails have no id of their own, and the list only grows at its head.
          <Mail key={total - index} mail={mail} now={now} isNewest={index === 0} />
        ))}
      </ul>
    </>
  );
}

interface MailProps {
  mail: ReadMails['newest'][number];
  now: number;
  isNewest: boolean;
}

/** The newest is open; what a person has opened stays open when another comes. */
function Mail({ mail, now, isNewest }: MailProps) {
  const [open, setOpen] = useState(isNewest);
  return (
    <li className="border-b border-hairline">
      <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="px-2 hover:bg-raised">
          {/* A grid of its own: made a grid, the summary would lose its triangle. */}
          <span className="inline-grid min-h-7 w-[calc(100%-2rem)] grid-cols-[max-content_minmax(0,1fr)_minmax(0,2fr)] items-center gap-x-4 align-middle">
            <TimeText at={mail.at} now={now} />
            <bdi className="one-line text-ink-quiet" title={mail.to.join(', ')}>
              {mail.to.join(', ')}
            </bdi>
            <bdi className="one-line font-medium" title={mail.subject}>
              {mail.subject}
            </bdi>
          </span>
        </summary>
        <pre className="px-6 pt-1 pb-3 font-sans break-words whitespace-pre-wrap">
          <bdi>{mail.text}</bdi>
        </pre>
      </details>
    </li>
  );
}
