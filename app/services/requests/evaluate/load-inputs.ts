import { isGrantKind } from '#app/domain/book/payment-facts.ts';
import type { Instant } from '#app/lib/instant.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import type { RemedyDraft } from '#app/domain/remedies/remedy-draft.ts';
import type { Limits } from '#app/domain/policy/approval-limits.ts';
import type { PaymentCredits } from '#app/domain/remedies/credit-clawback.ts';
import type { RuleContext } from '#app/domain/rules/evaluate.ts';
import {
  isDelivery,
  loadMatchedCredits,
} from '#app/services/requests/evaluate/load-matched-credits.ts';
import { fetchCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import type { ReadCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';
import { creditsInBook, entriesOfRefunds } from '#db/queries/requests/request-sums.ts';
import type { Read } from '#db/store.ts';
import type { Role } from '#app/domain/access/roles.ts';
/**
 * What is looked at before a write begins: above all the network. The write itself looks again at all that
 * a second request could have changed meanwhile.
 */
export interface EvaluationInputs {
  /** The clock: looking may take long, and the write judges by its own instant. */
  now: () => Instant;
  limits: Limits;
  /** Whether the settings name the product. */
  productSet: boolean;
  policies: RuleContext['policies'];
  /** Refunds, and credits granted for a payment. */
  charge: ReadCharge | null;
  /** Credits of the entry that names no payment and is taken for its; 0: there is none. */
  matched: number;
}

export async function loadInputs(
  deps: Pick<StaffRemedyDeps, 'store' | 'now' | 'stripe' | 'productSet'>,
  draft: RemedyDraft,
): Promise<EvaluationInputs> {
  const { read } = deps.store;
  const at = deps.now();
  const world = await loadCachedRuleContext(read);
  const paymentId = draft.kind === 'generation_hold' ? null : draft.paymentId;
  const named = paymentId === null ? null : { customerId: draft.customerId, paymentId };
  return {
    now: deps.now,
    productSet: deps.productSet ?? true,
    limits: policyAt(world.policies, at).limits,
    policies: world.policies,
    charge: await chargeOf(deps, draft),
    matched: named === null ? 0 : await loadMatchedCredits(read, world, named, at),
  };
}

/** Credits are taken by the ledger alone: of them Stripe knows nothing. */
const chargeOf = async (
  deps: Pick<StaffRemedyDeps, 'store' | 'stripe'>,
  draft: RemedyDraft,
): Promise<ReadCharge | null> => {
  if (draft.kind === 'generation_hold' || draft.paymentId === null) return null;
  const gives = draft.kind === 'refund' || draft.credits > 0;
  return gives ? fetchCharge(deps, draft.paymentId) : null;
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

/** For whom a remedy is weighed. */
export interface EvaluationSubject {
  /** Whose sums of the day count. */
  requestedBy: string;
  /** Of whoever asks for it or changes it now. */
  askerRole: Role;
  /** The request itself, where there is one: it does not stand in its own way. */
  exceptId: string | null;
}

/** What it is weighed by at this moment. */
export interface EvaluationContext extends EvaluationInputs {
  at: Instant;
  /** Credits of the ledger, less those that other requests are about to take. */
  balance: number;
}
