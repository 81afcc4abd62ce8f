import type { Instant } from '#app/lib/instant.ts';
import { repeatWindowStart } from '#app/domain/requests/repeat-request.ts';
import type { AdjustmentContent } from '#app/domain/requests/request.ts';
import type { RemedyGuard } from '#app/domain/remedies/evaluation.ts';
import { entryById } from '#db/queries/operations/reconcile-rows.ts';
import { findRequest } from '#db/queries/requests/requests.ts';
import { latestRestoration } from '#db/queries/deployment/restorations.ts';
import type { Read } from '#db/store.ts';

/**
 * Says what the product has booked lately for this customer in the same direction, for requests that a backup
 * has forgotten: no request tells of it any more, and it may be the very same. It does not stand in the way.
 */
export async function sayForgottenCredits(
  read: Read,
  { customerId, credits }: Pick<AdjustmentContent, 'customerId' | 'credits'>,
  { at, repeatHours }: { at: Instant; repeatHours: number },
): Promise<RemedyGuard[]> {
  const since = repeatWindowStart(at, repeatHours);
  const listed = (await latestRestoration(read))?.forgotten ?? [];
  const guards: RemedyGuard[] = [];
  for (const one of listed) {
    if (one.kind !== 'credits' || one.customerId !== customerId || (one.at ?? 0) <= since) continue;
    if (one.requestId !== null && (await findRequest(read, one.requestId)) !== null) continue;
    const entry = await entryById(read, one.id);
    if (entry !== null && Math.sign(entry.credits) !== Math.sign(credits)) continue;
    const words = `${one.words} Make sure this is not the same.`;
    guards.push({ id: `forgotten ${one.id}`, field: 'credits', holds: true, words });
  }
  return guards;
}
