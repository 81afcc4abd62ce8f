import type { FormEvent } from 'react';
import { MAIL_LABELS } from '#app/domain/mail/customer-mail.ts';
import { EmailText } from '#app/pages/shared/email-preview.tsx';
import type { Post } from '#app/pages/shared/use-post.ts';
import type { HeldMail } from '#app/services/mail/delivery/load-held-mail.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { Button } from '#app/ui/button.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';
import { TextAreaField } from '#app/ui/field.tsx';
import { TimeText } from '#app/ui/time-text.tsx';
import { LONGEST_REASON } from '#app/domain/reason.ts';

interface HeldMailSectionProps {
  page: RequestDetail;
  post: Post;
}

/** Letters that do not leave by themselves, with what each would say now, and the two ways out. */
export const HeldMailSection = ({ page: { letters, now }, post }: HeldMailSectionProps) =>
  letters.map((letter) => (
    <section
      key={`${letter.mailId} ${letter.heldAt}`}
      aria-label="E-mail needs a person"
      className="grid gap-2 border-s-4 border-high bg-raised px-3 py-2"
    >
      <h3>E-mail needs a person</h3>
      <p>
        {MAIL_LABELS[letter.kind]}, since <TimeText at={letter.heldAt} now={now} /> UTC.{' '}
        <bdi>{letter.why}</bdi>
      </p>
      <Would letter={letter} />
      {letter.whyNotClose === null ? (
        <Answer letter={letter} post={post} />
      ) : (
        <p className="text-ink-quiet">{letter.whyNotClose}</p>
      )}
    </section>
  ));

const Would = ({ letter: { would } }: { letter: HeldMail }) =>
  would === null ? (
    <p className="text-ink-quiet">Nothing true is left to say in it.</p>
  ) : (
    <div>
      <p>
        It would say: <span className="font-medium">{would.subject}</span>, to{' '}
        <bdi>{would.address === '' ? 'nobody' : would.address}</bdi>
      </p>
      <EmailText {...would} />
    </div>
  );

function Answer({ letter, post }: { letter: HeldMail; post: Post }) {
  const send = (answer: 'send' | 'close', reason: string) =>
    post.send('letter', {
      ...{ mail: letter.mailId, heldAt: String(letter.heldAt), answer, reason },
    });
  const reasonOf = (form: HTMLFormElement): string => {
    const value = new FormData(form).get('reason');
    return typeof value === 'string' ? value : '';
  };
  const close = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send('close', reasonOf(event.currentTarget));
  };
  const busy = post.sending ? 'Sending.' : null;
  const wrong = post.fields['reason'] ?? null;
  const other = wrong === null ? (post.refusal?.says ?? null) : null;
  return (
    <form aria-label="Decide on the e-mail" className="grid gap-2" onSubmit={close}>
      <TextAreaField
        label="Reason"
        name="reason"
        rows={2}
        maxLength={LONGEST_REASON}
        error={wrong}
        hint="Needed to close it. The e-mail is written again when it is sent; the customer won’t see this."
      />
      {other === null ? null : <ErrorText>{other}</ErrorText>}
      <div className="flex justify-end gap-2">
        <Button type="submit" disabledReason={busy}>
          Close without sending
        </Button>
        <Button
          look="primary"
          disabledReason={busy ?? letter.whyNotSend}
          onClick={(event) => {
            const { form } = event.currentTarget;
            send('send', form ? reasonOf(form) : '');
          }}
        >
          Send it now
        </Button>
      </div>
    </form>
  );
}
