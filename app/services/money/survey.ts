import { AccountView } from '#app/domain/book/account-view.ts';
import { isGrantKind } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/domain/instant.ts';
import { policyAt } from '#app/domain/policy.ts';
import type { Asked } from '#app/domain/requests/asked.ts';
import type { Limits } from '#app/domain/requests/limits.ts';
import type { World } from '#app/domain/rules/evaluate.ts';
import { balanceAt } from '#app/services/load-ledger-rows.ts';
import { readChargeNow } from '#app/services/money/read-charge-now.ts';
import type { ReadCharge } from '#app/services/money/read-charge-now.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';
import { readCustomerWorld } from '#app/services/read-customer-world.ts';
import { loadBooks } from '#db/queries/books.ts';
import { creditsInBook } from '#db/queries/request-sums.ts';
import type { Read } from '#db/store.ts';

/**
 * What is looked at before a write begins: the network, and sums over long ledgers. The write itself
 * looks again at all that a second request could have changed.
 */
export interface Survey {
  at: Instant;
  limits: Limits;
  /** The ledger's balance in credits. */
  balance: number;
  /** Refunds only. */
  charge: ReadCharge | null;
  /** Credits that the payment has brought, and of these those taken back; refunds only. */
  credits: { brought: number; taken: number };
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
    at,
    limits: policyAt(world.policies, at).limits,
    balance: await balanceAt(read, customerId, at),
    charge: asked.kind === 'refund' ? await readChargeNow(deps, asked.paymentId) : null,
    credits:
      asked.kind === 'refund'
        ? await creditsOf(read, world, customerId, asked.paymentId, at)
        : { brought: 0, taken: 0 },
  };
}

/** As the rules count them: entries that name the payment, else the one that is taken for its. */
async function creditsOf(
  read: Read,
  world: World,
  customerId: string,
  paymentId: string,
  at: Instant,
): Promise<Survey['credits']> {
  const named = await creditsInBook(read, customerId, paymentId);
  const sum = (entries: typeof named): number =>
    entries.reduce((total, { credits }) => total + credits, 0);
  const seen = named.filter(({ occurredAt }) => occurredAt <= at);
  const gains = seen.filter(({ kind, credits }) => isGrantKind(kind) && credits > 0);
  const losses = seen.filter(
    ({ kind, credits }) => (isGrantKind(kind) || kind === 'revocation') && credits < 0,
  );
  const taken = -sum(losses);
  if (gains.length > 0) return { brought: sum(gains), taken };
  const [book] = await loadBooks(read, { ids: [customerId], range: false });
  if (book === undefined) return { brought: 0, taken };
  const view = new AccountView(book, world.policies, world.streams, at);
  const facts = view.paymentFacts.find(({ payment }) => payment.id === paymentId);
  return { brought: Math.max(0, facts?.matched?.credits ?? 0), taken };
}
