import { chooseEmail } from '#app/domain/mail/choose-email.ts';
import type { EmailChoice } from '#app/domain/mail/choose-email.ts';
import type { CustomerMail } from '#app/domain/mail/customer-mail.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import type { RemedyDeps } from '#app/services/deps.ts';
import { addedFacts } from '#app/services/mail/added-credits.ts';
import {
  readAtStripe,
  refundFacts,
  stepOfMail,
  lastRefundEmail,
} from '#app/services/mail/delivery/mail-facts.ts';
import type { ReadAtStripe } from '#app/services/mail/delivery/mail-facts.ts';
import { diffRefund, applyRefund } from '#app/services/stripe/apply-refund.ts';
import { sweepAccounts } from '#app/services/sweep/sweep-accounts.ts';
import { findCustomerRecord } from '#db/queries/customers/customer-records.ts';
import { mailsOfRequest } from '#db/queries/operations/mail.ts';
/** What a letter says now, and to whom. */
export interface Composed {
  choice: EmailChoice;
  /** Of the customer's record; null: there is none. */
  address: string | null;
}

/**
 * Composes a letter from what stands at this moment: at Stripe, at the product and in the book. Writes
 * nothing. Never within a write.
 */
export const composeMail = async (deps: RemedyDeps, mail: CustomerMail): Promise<Composed> => {
  const step = await stepOfMail(deps.store.read, mail);
  const stripe = step && needsStripe(mail) ? await readAtStripe(deps, step) : null;
  return compose(deps, mail, step, stripe);
};

/** The same for a letter that is about to leave: news that Stripe has of the refund is taken in first. */
export const composeToSend = async (deps: RemedyDeps, mail: CustomerMail): Promise<Composed> => {
  const { store } = deps;
  const step = await stepOfMail(store.read, mail);
  const stripe = step && needsStripe(mail) ? await readAtStripe(deps, step) : null;
  if (step === null || stripe?.kind !== 'read') return compose(deps, mail, step, stripe);
  const { refund } = stripe.at;
  if ((await diffRefund(deps, store.read, refund)) !== null) {
    const customerId = await store.write((tx) => applyRefund(deps, tx, refund));
    await deps.point('mail-news-taken');
    if (customerId !== null) await sweepAccounts(deps, { customers: [customerId] });
  }
  return compose(deps, mail, await stepOfMail(store.read, mail), stripe);
};

const needsStripe = ({ kind }: CustomerMail): boolean => kind !== 'credits_returned';

async function compose(
  { store: { read }, now }: RemedyDeps,
  mail: CustomerMail,
  step: Operation | null,
  stripe: ReadAtStripe | null,
): Promise<Composed> {
  const customer = await findCustomerRecord(read, mail.customerId);
  const notified = lastRefundEmail(await mailsOfRequest(read, mail.requestId));
  const known = { name: customer?.name ?? '', now: now(), told: notified };
  const address = customer?.email ?? null;
  const person = (why: string): Composed => ({
    choice: { kind: 'person', why, letter: null },
    address,
  });
  if (step === null) return person('The step that it tells of is not there.');
  const { kind } = mail;
  if (kind === 'credits_returned') {
    const added = await addedFacts(read, step);
    return { choice: chooseEmail({ ...known, kind, added }), address };
  }
  if (stripe === null || stripe.kind === 'other')
    return person(stripe?.words ?? 'Stripe was not asked.');
  if (stripe.kind === 'unreadable')
    return { choice: { kind: 'wait', why: `Stripe cannot be read: ${stripe.words}` }, address };
  const refund = await refundFacts(read, step, stripe.at);
  return { choice: chooseEmail({ ...known, kind, refund }), address };
}
