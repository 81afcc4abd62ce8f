import { creditsInWords } from '#app/domain/credits.ts';
import { DAY } from '#app/domain/instant.ts';
import { judgeAdjustment } from '#app/domain/requests/limits.ts';
import { productGuard } from '#app/domain/requests/product-guard.ts';
import type { AdjustmentContent, HoldContent } from '#app/domain/requests/request.ts';
import type { RemedyGuard, Weighed } from '#app/domain/requests/weighed.ts';
import type { Scales, Weighing } from '#app/services/money/weigh-remedy.ts';
import { adjustmentBesides } from '#app/services/money/beside-others.ts';
import { sayForgottenCredits } from '#app/services/money/given-before-restore.ts';
import { findCustomerRecord } from '#db/queries/customer-records.ts';
import { creditsAloneSince } from '#db/queries/request-sums.ts';
import type { Read } from '#db/store.ts';

/** Null where the payment or generation that it names is not in this customer's book. */
export async function weighAdjustment(
  read: Read,
  asked: AdjustmentContent,
  { balance, limits, at, productSet, ...surveyed }: Scales,
  { exceptId }: Weighing,
): Promise<Weighed | null> {
  const { customerId, credits } = asked;
  const besides = await adjustmentBesides(read, asked, { ...surveyed, exceptId });
  if (besides === null) return null;
  const alone = await creditsAloneSince(read, { customerId, since: at - DAY, exceptId });
  const after = balance + credits;
  return {
    content: asked,
    guards: [
      ...productGuard(productSet, 'credits'),
      balanceGuard(credits, after),
      ...besides,
      ...(await sayForgottenCredits(read, asked, { at, repeatHours: limits.repeatHours })),
    ],
    verdict: judgeAdjustment(limits, asked, alone),
    needsWord: false,
    credits: null,
    seen: null,
    balance: { before: balance, after },
  };
}

const balanceGuard = (credits: number, after: number): RemedyGuard => {
  const holds = credits > 0 || after >= 0;
  const words = holds
    ? `The balance will be ${creditsInWords(after)}.`
    : `The balance would fall to ${creditsInWords(after)}: no more can be taken than there is.`;
  return { id: 'balance', field: 'credits', holds, words };
};

/** Holding and letting go need nobody else: neither moves anything. */
export async function weighHold(
  read: Read,
  asked: HoldContent,
  { balance, productSet }: Scales,
): Promise<Weighed> {
  const held = (await findCustomerRecord(read, asked.customerId))?.generationHold ?? false;
  const change = held !== asked.hold;
  const now = held ? 'Generations are held.' : 'Generations are not held.';
  return {
    content: asked,
    guards: [
      ...productGuard(productSet, 'hold'),
      { id: 'hold', field: 'hold', holds: change, words: now },
    ],
    verdict: {
      kind: 'allowed',
      approvals: 0,
      decidedBy: null,
      words: 'Nobody else needs to decide about a hold.',
    },
    needsWord: false,
    credits: null,
    seen: null,
    balance: { before: balance, after: balance },
  };
}
