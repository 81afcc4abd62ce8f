import { DAY, HOUR } from '#app/lib/instant.ts';
import * as payments from '#scripts/demo-book/cases/anomalies-payments.ts';
import * as refunds from '#scripts/demo-book/cases/anomalies-refunds.ts';
import * as work from '#scripts/demo-book/cases/anomalies-work.ts';
import type { Planting } from '#scripts/demo-book/planting.ts';

/** Troubles of customers without a story: how many, and between which ages, mostly young ones. */
export interface Extra {
  planting: Planting;
  times: number;
  ages: readonly [youngest: number, oldest: number];
}

const extra = (times: number, planting: Planting, youngest: number, oldest: number): Extra => ({
  planting,
  times,
  ages: [youngest, oldest],
});

/** A support desk's usual week: little that is critical, more that is small. */
export const EXTRAS: readonly Extra[] = [
  extra(1, work.spentBelowZero, 2 * HOUR, 9 * HOUR),
  extra(2, work.revokedBelowZero, 3 * HOUR, 20 * HOUR),

  extra(2, payments.packWithoutCredits, 0.5 * HOUR, 4 * DAY),
  extra(1, payments.packGrantedShort, 20 * HOUR, 6 * DAY),
  extra(1, payments.renewalWithoutCredits, HOUR, 20 * HOUR),
  extra(1, payments.upgradeWithoutCredits, HOUR, 20 * HOUR),
  extra(1, payments.renewalChargedTwice, DAY, 8 * DAY),
  extra(2, payments.packChargedTwice, 5 * HOUR, 7 * DAY),
  extra(1, work.entryMissing, DAY, 9 * DAY),
  extra(1, work.entryMissingAndShown, 2 * DAY, 9 * DAY),
  extra(1, payments.chargedAfterCancellation, 3 * DAY, 12 * DAY),
  extra(1, refunds.disputeOpened, 6 * DAY, 40 * DAY),
  extra(1, refunds.inquiryOpened, 6 * DAY, 40 * DAY),
  extra(2, refunds.refundBounced, DAY, 12 * DAY),

  extra(2, work.videoFailedAndCharged, HOUR, 12 * DAY),
  extra(1, work.imageFailedAndCharged, HOUR, 12 * DAY),
  extra(1, work.imageFiltered, HOUR, 12 * DAY),
  extra(1, work.imageTimedOut, HOUR, 12 * DAY),
  extra(1, work.videoInterrupted, HOUR, 12 * DAY),
  extra(1, work.trainingFailedAndCharged, 2 * HOUR, 9 * DAY),
  extra(2, work.failedAndPartlyReturned, 2 * HOUR, 12 * DAY),
  extra(2, work.chargedAs4K, 4 * HOUR, 18 * DAY),
  extra(1, work.chargedForTenSeconds, 4 * HOUR, 18 * DAY),
  extra(2, work.chargedAsPro, 4 * HOUR, 18 * DAY),
  extra(1, work.trainingChargedTwice, 4 * HOUR, 18 * DAY),
  extra(2, work.reportedTooMuch, 0.2 * HOUR, 6 * HOUR),
  extra(1, work.reportedTooLittle, 0.2 * HOUR, 6 * HOUR),
  extra(2, payments.subscribedTwice, 2 * DAY, 11 * DAY),
  extra(4, refunds.refundPending, 18 * DAY, 27 * DAY),

  extra(5, payments.packBoughtTwice, 8 * HOUR, 26 * DAY),
  extra(6, payments.packWithoutInvoice, 9 * HOUR, 25 * DAY),
  extra(2, payments.packCreditedTwice, 9 * HOUR, 24 * DAY),
  extra(1, payments.declinedButCredited, 9 * HOUR, 24 * DAY),
  extra(3, work.returnedTwice, 9 * HOUR, 25 * DAY),
  extra(4, refunds.creditsKept, 2 * DAY, 24 * DAY),
  extra(5, payments.renewalKeepsFailing, 5 * HOUR, 19 * HOUR),
  extra(4, payments.cardsRefused, 0.5 * HOUR, 21 * HOUR),
];
