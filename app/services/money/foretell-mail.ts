import { planOperations } from '#app/domain/requests/plan-operations.ts';
import type { Deps } from '#app/services/deps.ts';
import { letterFor, mailFor } from '#app/services/money/tell-customer.ts';
import type { StoredRequest } from '#db/queries/requests.ts';
import { findCustomerRecord } from '#db/queries/customer-records.ts';

/** What a customer will be told once a request has been carried out, as far as it is known now. */
export type Foretold =
  | { kind: 'letter'; address: string; subject: string; body: string }
  /** Nobody is written to, and why. */
  | { kind: 'nothing'; why: string };

/** The mail that would go out if the request were carried out at this moment; made by the same code. */
export async function foretellMail(
  { store: { read }, now }: Pick<Deps, 'store' | 'now'>,
  request: Pick<StoredRequest, 'id' | 'customerId' | 'content' | 'requestedBy'>,
): Promise<Foretold> {
  const [step] = planOperations({
    ...{ request, decidedBy: null, now: now() },
    newId: (prefix) => `${prefix}_foretold`,
  });
  const nothing = (why: string): Foretold => ({ kind: 'nothing', why });
  const done = step && { ...step, state: 'succeeded' as const };
  const kind = step && done ? mailFor(step, done) : null;
  if (!done || kind === null) return nothing('No mail is written for this.');
  const customer = await findCustomerRecord(read, request.customerId);
  if (!customer?.email.includes('@')) return nothing('The customer has no address to write to.');
  const letter = await letterFor(read, kind, customer.name, done, now());
  return letter === null
    ? nothing('The payment is not in the book: there is nothing to write of.')
    : { kind: 'letter', address: customer.email, ...letter };
}
