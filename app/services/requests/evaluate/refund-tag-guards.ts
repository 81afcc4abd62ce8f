import { isReversed } from '#app/domain/book/refund-status.ts';
import type { RemedyGuard } from '#app/domain/remedies/evaluation.ts';
import {
  isMadeBeforeRestore,
  describeUnknownTag,
} from '#app/services/requests/evaluate/refund-tags.ts';
import type { LiveCharge } from '#app/services/requests/evaluate/fetch-charge.ts';
import type { Read } from '#db/store.ts';

interface Marks {
  /** The charge without what was made for the request itself before the database was restored. */
  live: LiveCharge;
  /** Ids of the refunds that were left out. */
  own: ReadonlySet<string>;
  guards: RemedyGuard[];
}

/**
 * What our marks on a charge's refunds mean for a request. A refund that was made for the very request does
 * not stand in its way: approving takes it over, and nothing is sent. One of another request that this
 * database does not know keeps everything else on the charge waiting.
 */
export async function refundTagGuards(
  read: Read,
  live: LiveCharge,
  draft: { amount: number },
  exceptId: string | null,
): Promise<Marks> {
  const before = exceptId === null ? [] : await isMadeBeforeRestore(read, live.refunds);
  const made = before.find(
    ({ requestId, amount }) => requestId === exceptId && amount === draft.amount,
  );
  const unknown = await describeUnknownTag(read, live.refunds, exceptId);
  const guards: RemedyGuard[] =
    unknown === null ? [] : [{ id: 'marks', field: 'paymentId', holds: false, words: unknown }];
  if (made === undefined || isReversed(made.status)) return { live, own: new Set(), guards };
  const { charge, refunds } = live;
  const amountRefunded = Math.max(0, charge.amountRefunded - made.amount);
  const words = `Stripe shows ${made.id} for this request. Approving uses it, and nothing is sent.`;
  return {
    live: {
      ...live,
      charge: { ...charge, amountRefunded },
      refunds: refunds.filter(({ id }) => id !== made.id),
    },
    own: new Set([made.id]),
    guards: [...guards, { id: 'made', field: 'amount', holds: true, words }],
  };
}
