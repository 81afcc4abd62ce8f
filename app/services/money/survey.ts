import { isGrantKind } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/domain/instant.ts';
import { policyAt } from '#app/domain/policy.ts';
import type { Asked } from '#app/domain/requests/asked.ts';
import type { Limits } from '#app/domain/requests/limits.ts';
import type { PaymentCredits } from '#app/domain/requests/take-back.ts';
import type { World } from '#app/domain/rules/evaluate.ts';
import { isDelivery, matchedCredits } from '#app/services/money/matched-credits.ts';
import { readChargeNow } from '#app/services/money/read-charge-now.ts';
import type { ReadCharge } from '#app/services/money/read-charge-now.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { readCustomerWorld } from '#app/services/read-customer-world.ts';
import { creditsInBook, entriesOfRefunds } from '#db/queries/request-sums.ts';
import type { Read } from '#db/store.ts';

/**
 * What is looked at before a write begins: above all the network. The write itself looks again at all that
 * a second request could have changed meanwhile.
 */
export interface Survey {
  /** The clock: looking may take long, and the write judges by its own instant. */
  now: () => Instant;
  limits: Limits;
  /** Whether the settings name the product. */
  productSet: boolean;
  policies: World['policies'];
  /** Refunds, and credits granted for a payment. */
  charge: ReadCharge | null;
  /** Credits of the entry that names no payment and is taken for its; 0: there is none. */
  matched: number;
}

export async function survey(
  deps: Pick<StaffMoneyDeps, 'store' | 'now' | 'stripe' | 'productSet'>,
  asked: Asked,
): Promise<Survey> {
  const { read } = deps.store;
  const at = deps.now();
  const world = await readCustomerWorld(read);
  const paymentId = asked.kind === 'generation_hold' ? null : asked.paymentId;
  const named = paymentId === null ? null : { customerId: asked.customerId, paymentId };
  return {
    now: deps.now,
    productSet: deps.productSet ?? true,
    limits: policyAt(world.policies, at).limits,
    policies: world.policies,
    charge: await chargeOf(deps, asked),
    matched: named === null ? 0 : await matchedCredits(read, world, named, at),
  };
}

/** Credits are taken by the ledger alone: of them Stripe knows nothing. */
const chargeOf = async (
  deps: Pick<StaffMoneyDeps, 'store' | 'stripe'>,
  asked: Asked,
): Promise<ReadCharge | null> => {
  if (asked.kind === 'generation_hold' || asked.paymentId === null) return null;
  const gives = asked.kind === 'refund' || asked.credits > 0;
  return gives ? readChargeNow(deps, asked.paymentId) : null;
};

/** What the ledger says of a payment's credits: entries that name it, and the one taken for its. */
export async function creditsOfPayment(
  read: Read,
  { customerId, paymentId }: { customerId: string; paymentId: string },
  { at, matched }: { at: Instant; matched: number },
): Promise<PaymentCredits & { delivered: number }> {
  const entries = await creditsInBook(read, customerId, paymentId);
  const seen = entries.filter(({ occurredAt }) => occurredAt <= at);
  const ofRefunds = await entriesOfRefunds(read, paymentId);
  const sum = (some: typeof entries): number =>
    some.reduce((total, { credits }) => total + credits, 0);
  const others = seen.filter(({ id }) => !ofRefunds.has(id));
  const gains = others.filter(({ kind, credits }) => isGrantKind(kind) && credits > 0);
  const losses = others.filter(
    ({ kind, credits }) => (isGrantKind(kind) || kind === 'revocation') && credits < 0,
  );
  const ofRefund = seen.filter(({ id }) => ofRefunds.has(id));
  const rest = { lost: -sum(losses), taken: Math.max(0, -sum(ofRefund)) };
  const named = sum(gains.filter(({ kind }) => isDelivery(kind)));
  const delivered = named > 0 ? named : matched;
  return { gained: sum(gains) - named + delivered, delivered, ...rest };
}
