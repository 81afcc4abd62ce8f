import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { addressProblem } from '#app/domain/mail/address.ts';
import type { EmailChoice } from '#app/domain/mail/choose-email.ts';
import type { Email } from '#app/domain/mail/email.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import { MAIL_SET_ASIDE } from '#app/domain/restore/labels.ts';

/** What becomes of a letter whose turn it is. */
export type DeliveryDecision =
  | { kind: 'send'; letter: Email }
  | { kind: 'wait'; why: string }
  | { kind: 'drop'; why: string }
  | { kind: 'person'; why: string; letter: Email | null };

interface Turn {
  choice: EmailChoice;
  /** The address of the customer’s record now; null: there is no record. */
  address: string | null;
  mail: Pick<CustomerMail, 'createdAt' | 'releasedAt' | 'leftAt' | 'address' | 'subject' | 'body'>;
  now: Instant;
  /** How old a letter may be that leaves by itself, in milliseconds. */
  letterAge: number;
}

/** Whether a letter leaves now, later, never, or by a person’s word. Pure. */
export function decideDelivery({ choice, address, mail, now, letterAge }: Turn): DeliveryDecision {
  if (choice.kind === 'drop') return choice;
  const since = mail.releasedAt ?? mail.createdAt;
  const text = choice.kind === 'wait' ? null : choice.letter;
  const person = (why: string): DeliveryDecision => ({ kind: 'person', why, letter: text });
  // A person’s word stands for what it was given for, and not for ever.
  const isReleased = mail.releasedAt !== null && now - since <= letterAge;
  if (choice.kind === 'person' && !(isReleased && text !== null)) return choice;
  const wrong = addressProblem(address ?? '');
  if (wrong !== null) return person(wrong);
  if (now - since > letterAge) {
    const late = `It could not be sent for more than ${inDays(letterAge)}.`;
    return person(choice.kind === 'wait' ? `${late} ${choice.why}` : late);
  }
  if (choice.kind === 'wait') return choice;
  if (text === null) return person('There is nothing left to say.');
  if (isReleased || mail.leftAt === null) return { kind: 'send', letter: text };
  // It may have left before a restore, and nobody knows what it said.
  if (mail.body === '') return person(MAIL_SET_ASIDE);
  if (!isSame(mail, address, text))
    return person('It may have been sent already, and would now say something else.');
  return { kind: 'send', letter: text };
}

const inDays = (length: number): string => {
  const days = Math.round(length / DAY);
  return days === 1 ? '1 day' : `${days} days`;
};

const isSame = (mail: Turn['mail'], address: string | null, { subject, body }: Email): boolean =>
  mail.address === address && mail.subject === subject && mail.body === body;
