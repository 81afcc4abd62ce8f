import type { CreditsOfRefund } from '#app/domain/remedies/late-credits.ts';
import type { Verdict } from '#app/domain/policy/approval-limits.ts';
import type { ChargeFacts, Guard } from '#app/domain/remedies/refund-guards.ts';
import type { RemedyCheck } from '#app/domain/remedies/remedy-limits.ts';
import type { RequestContent } from '#app/domain/requests/request.ts';

/** One thing that must hold, in words, and the field of the form that it speaks of. */
export interface RemedyGuard {
  id: string;
  field: string;
  holds: boolean;
  words: string;
  /** The open request that stands in the way, where one does. */
  otherId?: string | null;
}

/** What is to be said of a remedy before it is asked for or decided. */
export interface Evaluation {
  /** With what follows from it worked out: the credits that a refund takes back. */
  content: RequestContent;
  guards: RemedyGuard[];
  /** What the policy says. */
  verdict: Verdict;
  /** A lead must vouch for it as well. */
  needsWord: boolean;
  /** Refunds: what becomes of the credits of the payment; null otherwise. */
  credits: CreditsOfRefund | null;
  /** Refunds: the charge as it is now; null where Stripe could not tell. */
  seen: ChargeFacts | null;
  /** Credits, before and after. */
  balance: { before: number; after: number };
}

const FIELDS: Record<Guard['id'], string> = {
  captured: 'paymentId',
  currency: 'currency',
  dispute: 'paymentId',
  amount: 'amount',
};

/** A check of a remedy beside the others of its record. @param field of the form, the one to change. */
export const withOtherRemedies = (check: RemedyCheck, field: string): RemedyGuard => ({
  ...{ id: 'others', field },
  ...check,
});

export const toRemedyGuard = (guard: Guard): RemedyGuard => ({
  ...guard,
  field: FIELDS[guard.id],
});

/** What does not hold, by field; of one field the first. */
export function obstaclesByField(guards: readonly RemedyGuard[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { field, holds, words } of guards) if (!holds) found[field] ??= words;
  return found;
}
