import { addressProblem } from '#app/domain/mail/address.ts';
import { chooseEmail } from '#app/domain/mail/choose-email.ts';
import type { EmailFacts } from '#app/domain/mail/choose-email.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Operation } from '#app/domain/operations/operation.ts';
import { planOperations } from '#app/domain/operations/plan.ts';
import type { Deps } from '#app/services/deps.ts';
import { addedFacts } from '#app/services/mail/added-credits.ts';
import { mailFor } from '#app/services/mail/enqueue-mail.ts';
import type { StoredRequest } from '#db/queries/requests/requests.ts';
import { findCustomerRecord, findPayment } from '#db/queries/customers/customer-records.ts';
import type { Read } from '#db/store.ts';
/** What a customer would be told once a request has been carried out, as far as it is known now. */
export type MailPreview =
  | {
      kind: 'letter';
      /** For which answer this is what would be sent, in a sentence. */
      preview: string;
      address: string;
      subject: string;
      body: string;
    }
  /** Nobody is written to, and why. */
  | { kind: 'nothing'; why: string };

const IF_REFUNDED =
  'A preview: this would be sent if Stripe answers “succeeded”. The e-mail is written when it is sent, from the facts of that moment.';
const IF_BOOKED =
  'A preview: this would be sent once the product has booked the credits. The e-mail is written when it is sent, from the facts of that moment.';

/** The letter that would go out if the request were carried out at this moment; made by the same code. */
export async function previewMail(
  { store: { read }, now }: Pick<Deps, 'store' | 'now'>,
  request: Pick<StoredRequest, 'id' | 'revision' | 'customerId' | 'content' | 'requestedBy'>,
): Promise<MailPreview> {
  const [step, ...more] = planOperations({ request, decidedBy: null, now: now() });
  const nothing = (why: string): MailPreview => ({ kind: 'nothing', why });
  const done = step && { ...step, state: 'succeeded' as const, externalStatus: 'succeeded' };
  if (!done || mailFor(step, done) === null) return nothing('No e-mail is sent.');
  const customer = await findCustomerRecord(read, request.customerId);
  if (customer === null) return nothing('There is no customer record to e-mail.');
  const wrong = addressProblem(customer.email);
  if (wrong !== null) return nothing(wrong);
  const choice = chooseEmail(await factsOf(read, customer.name, [done, ...more], now()));
  if (choice.kind !== 'letter') return nothing(choice.why);
  const preview = done.kind === 'stripe_refund' ? IF_REFUNDED : IF_BOOKED;
  return { kind: 'letter', preview, address: customer.email, ...choice.letter };
}

/** As if every step had gone well at this moment. */
async function factsOf(
  read: Read,
  name: string,
  [step, takeBack]: [Operation, ...Operation[]],
  now: Instant,
): Promise<EmailFacts> {
  const known = { name, now, told: 'no' as const };
  if (step.kind !== 'stripe_refund')
    return { ...known, kind: 'credits_returned', added: await addedFacts(read, step) };
  const payment =
    step.paymentId === null ? null : await findPayment(read, step.customerId, step.paymentId);
  const refund = {
    ...{ status: 'succeeded', reason: null, madeAt: now, last4: payment?.cardLast4 ?? null },
    amount: formatMoney(step.amount ?? 0, step.currency ?? ''),
    chargedAt: payment ? (payment.capturedAt ?? payment.createdAt) : null,
    takeBack: { kind: 'settled' as const, credits: -(takeBack?.credits ?? 0) },
  };
  return { ...known, kind: 'refund_on_its_way', refund };
}
