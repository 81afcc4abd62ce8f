import { DAY, SECOND } from '#app/lib/instant.ts';
import { buyWell, ofPayment } from '#scripts/demo-book/planting.ts';
import type { Planting } from '#scripts/demo-book/planting.ts';
import { post, refund } from '#scripts/demo-book/postings.ts';

/** The money went back and the credits stayed. */
export const creditsKept: Planting = {
  plant(account, spot) {
    const { tag, at } = spot;
    const payment = buyWell(account, { ...spot, at: at - 2 * DAY });
    refund(account, payment, { id: `re_${tag}`, at });
    return [ofPayment('credits-kept-after-refund', tag)];
  },
};

/** The bank was asked about a charge; the answer is due. */
export const disputeOpened: Planting = {
  plant(account, spot) {
    buyWell(account, spot, { disputeStatus: 'open' });
    return [ofPayment('dispute-open', spot.tag)];
  },
};

export const inquiryOpened: Planting = {
  plant(account, spot) {
    buyWell(account, spot, { disputeStatus: 'inquiry' });
    return [ofPayment('dispute-open', spot.tag)];
  },
};

/** A refund promised within ten business days that the bank has not confirmed. */
export const refundPending: Planting = {
  plant(account, spot) {
    const { tag, at } = spot;
    const payment = buyWell(account, { ...spot, at: at - 3 * DAY });
    refund(account, payment, { id: `re_${tag}`, at, status: 'pending', reason: 'duplicate' });
    post(account, 'revocation', {
      at: at + 12 * SECOND,
      credits: -(payment.credits ?? 0),
      paymentId: payment.id,
      note: 'refund requested',
    });
    return [{ rule: 'refund-overdue', subject: `refund:re_${tag}` }];
  },
};

/** A refund that came back from the bank; nobody has sent another. */
export const refundBounced: Planting = {
  plant(account, spot) {
    const { tag, at } = spot;
    const payment = buyWell(account, { ...spot, at: at - 9 * DAY });
    refund(account, payment, {
      id: `re_${tag}`,
      at,
      amount: Math.floor(payment.amount / 2),
      status: 'failed',
      failureReason: 'expired_or_canceled_card',
    });
    return [{ rule: 'refund-failed', subject: `refund:re_${tag}` }];
  },
};
