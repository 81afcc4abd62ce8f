import type { Asked } from '#app/domain/requests/asked.ts';
import { faultsOf } from '#app/domain/requests/asked.ts';
import { conflict, invalid, notFound, unavailable } from '#app/domain/requests/refusal.ts';
import type { Refused } from '#app/domain/requests/refusal.ts';
import { guardsOfAsking } from '#app/domain/requests/product-guard.ts';
import { obstaclesByField } from '#app/domain/requests/weighed.ts';
import type { Weighed } from '#app/domain/requests/weighed.ts';
import { sayHeld } from '#app/domain/restore/held-words.ts';
import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { Role } from '#app/domain/roles.ts';
import { balanceAt, creditsBetween } from '#app/services/load-ledger-rows.ts';
import { refuseRepeat } from '#app/services/money/answer-repeat.ts';
import { refuseEvidence } from '#app/services/money/check-evidence.ts';
import type { Survey } from '#app/services/money/survey.ts';
import { weighAdjustment, weighHold } from '#app/services/money/weigh-credits.ts';
import { weighRefund } from '#app/services/money/weigh-refund.ts';
import { findAccounts } from '#db/queries/accounts.ts';
import { findFlag } from '#db/queries/flags.ts';
import { creditsBeingTaken } from '#db/queries/request-sums.ts';
import { heldSince } from '#db/queries/restorations.ts';
import { findTwin } from '#db/queries/requests.ts';
import type { Read } from '#db/store.ts';

/** For whom a remedy is weighed. */
export interface Weighing {
  /** Whose sums of the day count. */
  requestedBy: string;
  /** Of whoever asks for it or changes it now. */
  askerRole: Role;
  /** The request itself, where there is one: it does not stand in its own way. */
  exceptId: string | null;
}
/** What it is weighed by at this moment. */
export interface Scales extends Survey {
  at: Instant;
  /** Credits of the ledger, less those that other requests are about to take. */
  balance: number;
}
/** By how much the product's clock may go ahead of ours. */
const CLOCKS_APART = DAY;

export type WeighedRemedy = { ok: true; weighed: Weighed } | Refused;

/**
 * Looks at a remedy from all sides: the book, Stripe, what others have asked for, the policy. Writes
 * nothing; within a write it sees what that write would meet. A refusal says that there is nothing to be
 * weighed; what stands in the way is in the guards.
 */
export async function weighRemedy(
  read: Read,
  asked: Asked,
  surveyed: Survey,
  weighing: Weighing,
): Promise<WeighedRemedy> {
  const { customerId, flagId } = asked;
  const held = await heldSince(read);
  if (held !== null) return unavailable(sayHeld(held));
  if ((await findAccounts(read, [customerId])).length === 0) {
    return notFound('There is no such customer.');
  }
  const faults = faultsOf(asked);
  if (Object.keys(faults).length > 0) return invalid(faults);
  if (flagId !== null && (await findFlag(read, flagId))?.customerId !== customerId) {
    return invalid({ flagId: 'This customer has no such flag.' });
  }
  const weighed = await weighKind(
    read,
    asked,
    await scalesOf(read, asked, surveyed, weighing),
    weighing,
  );
  if (weighed === null) {
    return invalid({ [namedBy(asked)]: 'This customer has no such record.' });
  }
  return (await refuseEvidence(read, asked)) ?? { ok: true, weighed };
}

async function scalesOf(
  read: Read,
  { customerId }: Asked,
  surveyed: Survey,
  { exceptId }: Weighing,
): Promise<Scales> {
  const at = surveyed.now();
  // What the product has dated ahead of our clock is gone all the same; what it has given is not there yet.
  const ahead = await creditsBetween(read, customerId, at, at + CLOCKS_APART);
  const inLedger = (await balanceAt(read, customerId, at)) + Math.min(0, ahead);
  const leaving = await creditsBeingTaken(read, { customerId, exceptId });
  return { ...surveyed, at, balance: inLedger - leaving };
}

const namedBy = (asked: Asked): string =>
  asked.kind === 'credit_adjustment' && asked.generationId !== null ? 'generationId' : 'paymentId';

function weighKind(
  read: Read,
  asked: Asked,
  scales: Scales,
  weighing: Weighing,
): Promise<Weighed | null> {
  switch (asked.kind) {
    case 'refund':
      return weighRefund(read, asked, scales, weighing);
    case 'credit_adjustment':
      return weighAdjustment(read, asked, scales, weighing);
    case 'generation_hold':
      return weighHold(read, asked, scales);
  }
}

/** Why a remedy cannot be asked for, or null. An open request for the same thing goes before all else. */
export async function refusalOf(
  read: Read,
  weighed: Weighed,
  surveyed: Survey,
  exceptId: string | null,
): Promise<Refused | null> {
  const { content, guards, verdict } = weighed;
  const twin = await findTwin(read, content, exceptId);
  if (twin !== null) {
    return conflict('This has been asked for already: see the open request.', { otherId: twin.id });
  }
  const inTheWay = guards.find(({ holds, otherId }) => !holds && typeof otherId === 'string');
  if (inTheWay) return conflict(inTheWay.words, { otherId: inTheWay.otherId ?? null });
  const obstacles = obstaclesByField(guardsOfAsking(weighed));
  const isPossible = Object.keys(obstacles).length === 0 && verdict.kind === 'allowed';
  const repeat = await refuseRepeat(read, content, surveyed, { exceptId, isPossible });
  if (repeat !== null) return repeat;
  if (content.kind === 'refund' && surveyed.charge?.kind === 'unreadable') {
    return unavailable(`Stripe cannot be asked now: ${surveyed.charge.words}`);
  }
  if (Object.keys(obstacles).length > 0) return invalid(obstacles);
  if (verdict.kind === 'refused') {
    return invalid({ [content.kind === 'refund' ? 'amount' : 'credits']: verdict.words });
  }
  return null;
}
