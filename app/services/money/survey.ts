import { AccountView } from '#app/domain/book/account-view.ts';
import { isGrantKind } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/domain/instant.ts';
import { policyAt } from '#app/domain/policy.ts';
import type { Asked } from '#app/domain/requests/asked.ts';
import type { Limits } from '#app/domain/requests/limits.ts';
import type { PaymentCredits } from '#app/domain/requests/take-back.ts';
import type { World } from '#app/domain/rules/evaluate.ts';
import { readChargeNow } from '#app/services/money/read-charge-now.ts';
import type { ReadCharge } from '#app/services/money/read-charge-now.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { readCustomerWorld } from '#app/services/read-customer-world.ts';
import { loadBooks } from '#db/queries/books.ts';
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
  /** Refunds only. */
  charge: ReadCharge | null;
  /** Refunds only: what the ledger says of the payment's credits. */
  credits: PaymentCredits;
}

export async function survey(
  deps: Pick<StaffMoneyDeps, 'store' | 'now' | 'stripe'>,
  asked: Asked,
): Promise<Survey> {
  const { read } = deps.store;
  const at = deps.now();
  const world = await readCustomerWorld(read);
  const { customerId } = asked;
  return {
    now: deps.now,
    limits: policyAt(world.policies, at).limits,
    charge: asked.kind === 'refund' ? await readChargeNow(deps, asked.paymentId) : null,
    credits:
      asked.kind === 'refund'
        ? await creditsOf(read, world, customerId, asked.paymentId, at)
        : { gained: 0, lost: 0, taken: 0 },
  };
}

/** As the rules count them: entries that name the payment, else the one that is taken for its. */
async function creditsOf(
  read: Read,
  world: World,
  customerId: string,
  paymentId: string,
  at: Instant,
): Promise<PaymentCredits> {
  const named = await creditsInBook(read, customerId, paymentId);
  const seen = named.filter(({ occurredAt }) => occurredAt <= at);
  const ofRefunds = await entriesOfRefunds(read, paymentId);
  const sum = (entries: typeof named): number =>
    entries.reduce((total, { credits }) => total + credits, 0);
  const others = seen.filter(({ id }) => !ofRefunds.has(id));
  const gains = others.filter(({ kind, credits }) => isGrantKind(kind) && credits > 0);
  const losses = others.filter(
    ({ kind, credits }) => (isGrantKind(kind) || kind === 'revocation') && credits < 0,
  );
  const ofRefund = seen.filter(({ id }) => ofRefunds.has(id));
  const rest = { lost: -sum(losses), taken: Math.max(0, -sum(ofRefund)) };
  if (gains.length > 0) return { gained: sum(gains), ...rest };
  const [book] = await loadBooks(read, { ids: [customerId], range: false });
  if (book === undefined) return { gained: 0, ...rest };
  const view = new AccountView(book, world.policies, world.streams, at);
  const facts = view.paymentFacts.find(({ payment }) => payment.id === paymentId);
  return { gained: Math.max(0, facts?.matched?.credits ?? 0), ...rest };
}
