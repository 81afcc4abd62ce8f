import { useState } from 'react';
import { MAIL_LABELS } from '#app/domain/mail/customer-mail.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import { Section } from '#app/pages/shared/section.tsx';
import type { MailLine } from '#app/services/requests/views/load-customer-requests.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { Button } from '#app/ui/button.tsx';
import { Disclosure } from '#app/ui/disclosure.tsx';
import { TimeText } from '#app/ui/time-text.tsx';

/** What the customer has been told, or will be. */
export function EmailSection({ page: { mails, foretold, now } }: { page: RequestDetail }) {
  return (
    <>
      {mails.length === 0 ? null : (
        <Section label="Mails">
          <ul className="grid gap-1">
            {mails.map((mail) => (
              <li key={mail.id}>
                <SentMail mail={mail} now={now} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {foretold === null ? null : (
        <Section label="E-mail">
          {foretold.kind === 'nothing' ? (
            <p className="text-ink-quiet">{foretold.why}</p>
          ) : (
            <>
              <p>
                <span className="font-medium">{foretold.subject}</span>, to{' '}
                <bdi>{foretold.address}</bdi>
              </p>
              <p className="text-small text-ink-quiet">{foretold.preview}</p>
              <EmailText {...foretold} />
            </>
          )}
        </Section>
      )}
    </>
  );
}

interface SentMailProps {
  mail: MailLine;
  now: number;
}

/** To whom a mail went and when, and its text; or why it has not gone. */
export const SentMail = ({ mail, now }: SentMailProps) => (
  <>
    <p>
      <span className="font-medium">
        {mail.subject === '' ? MAIL_LABELS[mail.kind] : mail.subject}
      </span>
      {mail.address === '' ? null : (
        <>
          {' '}
          to <bdi>{mail.address}</bdi>
        </>
      )}
      ,{' '}
      {mail.sentAt === null ? (
        <span className={mail.closedAt === null ? 'text-high' : 'text-ink-quiet'}>
          <bdi>{notSent(mail)}</bdi>
        </span>
      ) : (
        <>
          sent <TimeText at={mail.sentAt} now={now} /> UTC
        </>
      )}
    </p>
    {mail.body === '' ? null : <EmailText {...mail} />}
  </>
);

/** Why a letter has not gone, in words. */
function notSent({ closedAt, closedReason, heldAt, heldReason, error }: MailLine): string {
  if (closedAt !== null) return `closed without being sent: ${closedReason ?? ''}`;
  if (heldAt !== null) return `needs a person: ${heldReason ?? ''}`;
  return error === null ? 'not sent yet' : `not sent yet: ${error}`;
}

/** A mail's text, which can be copied into a ticket. */
export function EmailText({ subject, body }: Pick<CustomerMail, 'subject' | 'body'>) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Without a secure context there is no clipboard: the text can still be selected.
    navigator.clipboard?.writeText(`${subject}\n\n${body}`).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <Disclosure summary="Text of the e-mail">
      <div className="border-s border-hairline ps-3">
        <p className="break-words whitespace-pre-wrap">
          <bdi>{body}</bdi>
        </p>
        <Button look="plain" className="-ms-1" onClick={copy} onBlur={() => setCopied(false)}>
          <span role="status">{copied ? 'copied' : 'copy'}</span>
        </Button>
      </div>
    </Disclosure>
  );
}
