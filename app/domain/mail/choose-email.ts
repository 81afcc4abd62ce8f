import type { Instant } from '#app/lib/instant.ts';
import { creditsReturned } from '#app/domain/mail/credits-returned.ts';
import type { Email } from '#app/domain/mail/email.ts';
import { refundFailed } from '#app/domain/mail/refund-failed.ts';
import type { RefundEmail } from '#app/domain/mail/refund-email.ts';
import { refundMade } from '#app/domain/mail/refund-made.ts';
import { refundPending } from '#app/domain/mail/refund-pending.ts';
import type { MailKind } from '#app/domain/mail/customer-mail.ts';
import type { AdjustmentCause } from '#app/domain/requests/request.ts';

/*
 * What a letter may say, by what stands when it leaves. Each state of Stripe has its own true sentence
 * or none; a word that this program does not know is for a person, never for a customer.
 */

/** Whether the customer has heard of the refund: `open`: a letter on it is on its way out; `maybe`: nobody knows. */
export type LastRefundEmail = 'yes' | 'no' | 'maybe' | 'open';

export type RefundFacts = Omit<RefundEmail, 'takenBack' | 'name' | 'now'> & {
  /** Stripe’s own word, known to this program or not. */
  status: string;
  /** Stripe’s word for why it is pending or has failed; null: it tells none. */
  reason: string | null;
  /** Credits to take back with it; `open`: whether they were is not known yet. */
  takeBack: { kind: 'settled'; credits: number } | { kind: 'open' };
};

export interface AddedCredits {
  /** Above 0. */
  credits: number;
  cause: AdjustmentCause | 'refund_failed';
  addedAt: Instant;
}

interface Known {
  name: string;
  now: Instant;
  told: LastRefundEmail;
}
export type EmailFacts = Known &
  (
    | { kind: Exclude<MailKind, 'credits_returned'>; refund: RefundFacts }
    | { kind: 'credits_returned'; added: AddedCredits }
  );

export type EmailChoice =
  | { kind: 'letter'; letter: Email }
  /** Not yet: what it would tell of is still under way. */
  | { kind: 'wait'; why: string }
  /** It is not true, or not any more. */
  | { kind: 'drop'; why: string }
  /** A person decides; `letter`: what may be sent where the person says so. */
  | { kind: 'person'; why: string; letter: Email | null };

const email = (text: Email): EmailChoice => ({ kind: 'letter', letter: text });
const wait = (why: string): EmailChoice => ({ kind: 'wait', why });
const drop = (why: string): EmailChoice => ({ kind: 'drop', why });
const person = (why: string, text: Email | null = null): EmailChoice => ({
  ...{ kind: 'person', why, letter: text },
});

/** Which letter tells what is so; or none, and why. Pure. */
export function chooseEmail(facts: EmailFacts): EmailChoice {
  switch (facts.kind) {
    case 'credits_returned':
      return ofCredits(facts, facts.added);
    case 'refund_failed':
      return ofFailure(facts, facts.refund);
    case 'refund_pending':
      return ofPending(facts, facts.refund);
    case 'refund_on_its_way':
      return ofRefund(facts, facts.refund);
  }
}

/** What Stripe says that no letter of ours fits. */
const forPerson = ({ status, reason }: RefundFacts): EmailChoice => {
  if (status === 'requires_action')
    return person(
      'Stripe says that the refund needs an action (requires_action). Resolve it there.',
    );
  const words = status === 'pending' ? `${status}, ${reason}` : status;
  return person(`Stripe says “${words}” for this refund, a status this console does not know.`);
};

const undone = ({ status }: RefundFacts): EmailChoice =>
  drop(`Not sent: at Stripe the refund is ${status}.`);
const isUndone = ({ status }: RefundFacts): boolean => status === 'failed' || status === 'canceled';

const CREDITS_OPEN = 'We don’t know yet whether the credits were taken back.';

function ofRefund(known: Known, refund: RefundFacts): EmailChoice {
  if (isUndone(refund)) return undone(refund);
  if (refund.status === 'pending') return wait('Stripe reports the refund as pending again.');
  if (refund.status !== 'succeeded') return forPerson(refund);
  const { takeBack } = refund;
  if (takeBack.kind === 'open') return wait(CREDITS_OPEN);
  return email(refundMade({ ...known, ...refund, takenBack: takeBack.credits }));
}

function ofPending(known: Known, refund: RefundFacts): EmailChoice {
  if (isUndone(refund)) return undone(refund);
  if (refund.status === 'succeeded')
    return drop('Not sent: the refund is on its way now, and another e-mail says so.');
  if (refund.status !== 'pending') return forPerson(refund);
  if (refund.reason === 'insufficient_funds')
    return wait('Stripe waits for funds in our own balance (insufficient_funds).');
  const pending = refund.reason ?? 'processing';
  if (pending !== 'processing' && pending !== 'charge_pending') return forPerson(refund);
  const { takeBack } = refund;
  if (takeBack.kind === 'open') return wait(CREDITS_OPEN);
  return email(refundPending({ ...known, ...refund, takenBack: takeBack.credits }, pending));
}

const NOT_NOTIFIED = 'Not sent: the customer had not been told of the refund.';
const MAYBE_NOTIFIED =
  'We don’t know whether the customer was told of the refund: the mail server did not answer.';
const STILL_TELLING = 'An e-mail about the refund is still being sent.';

function ofFailure(known: Known, refund: RefundFacts): EmailChoice {
  const { status, reason } = refund;
  if (status !== 'failed' && status !== 'canceled')
    return person(`Stripe says “${status}” for a refund that had failed.`);
  const text = refundFailed({ ...known, ...refund, takenBack: 0 }, { status, reason });
  return afterNotice(known.told, text);
}

function ofCredits(known: Known, added: AddedCredits): EmailChoice {
  const text = creditsReturned({ ...known, ...added });
  return added.cause === 'refund_failed' ? afterNotice(known.told, text) : email(text);
}

function afterNotice(notified: LastRefundEmail, text: Email): EmailChoice {
  if (notified === 'yes') return email(text);
  if (notified === 'open') return wait(STILL_TELLING);
  return notified === 'no' ? drop(NOT_NOTIFIED) : person(MAYBE_NOTIFIED, text);
}
