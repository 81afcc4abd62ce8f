import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import { balanceAt } from '#scripts/demo-book/account.ts';
import { addMonths } from '#scripts/demo-book/calendar.ts';
import { PACKS } from '#scripts/demo-book/catalogue.ts';
import { generate, giveBack, image, training, video } from '#scripts/demo-book/generating.ts';
import { buyWell, chargePack, chargeRenewal, ofPayment } from '#scripts/demo-book/planting.ts';
import type { Planting } from '#scripts/demo-book/planting.ts';
import { grant, invoice, post, refund } from '#scripts/demo-book/postings.ts';

/** What looks wrong and is not. */
const trap = (plant: (...args: Parameters<Planting['plant']>) => void): Planting => ({
  plant(account, spot) {
    plant(account, spot);
    return [];
  },
});

export const grantedAfter14m59: Planting = trap((account, spot) => {
  grant(account, chargePack(account, spot), 14 * MINUTE + 59 * SECOND);
});

export const grantedWithoutName: Planting = trap((account, spot) => {
  grant(account, chargePack(account, spot), 20 * HOUR, { paymentId: null });
});

export const secondPackNextDay: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  buyWell(account, { ...spot, tag: `${tag}_first`, at: at - DAY });
  buyWell(account, spot);
});

export const sameAmountOtherProduct: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  buyWell(account, { ...spot, tag: `${tag}_first`, at: at - 9 * MINUTE });
  buyWell(account, spot, { product: 'Training bundle' });
});

export const authorisationExpired: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  buyWell(account, { ...spot, tag: `${tag}_kept`, at: at - 2 * MINUTE });
  const expired = chargePack(account, spot, { status: 'canceled', capturedAt: null });
  expired.invoiceId = null;
  account.invoices.pop();
});

export const authorisationPending: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  buyWell(account, { ...spot, tag: `${tag}_kept`, at: at - 2 * MINUTE });
  const held = chargePack(account, spot, { status: 'requires_capture', capturedAt: null });
  held.invoiceId = null;
  account.invoices.pop();
});

const revoke = (...[account, { tag, at }]: Parameters<Planting['plant']>): void => {
  post(account, 'revocation', {
    at,
    credits: -PACKS.medium.credits,
    paymentId: `ch_${tag}`,
    note: 'charged twice by mistake',
  });
};

export const duplicateRefunded: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  buyWell(account, { ...spot, tag: `${tag}_first`, at: at - 41 * SECOND });
  const second = buyWell(account, spot);
  refund(account, second, { id: `re_${tag}`, at: at + 3 * HOUR, reason: 'duplicate' });
  revoke(account, { ...spot, at: at + 3 * HOUR + 5 * SECOND });
});

/** Refunded in Stripe's dashboard: the payment says so, no refund record was ever loaded. */
export const duplicateRefundedElsewhere: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  buyWell(account, { ...spot, tag: `${tag}_first`, at: at - 41 * SECOND });
  const second = buyWell(account, spot);
  second.amountRefunded = second.amount;
  second.refundedAt = at + 2 * HOUR;
  revoke(account, { ...spot, at: at + 2 * HOUR + 9 * SECOND });
});

/** The dispute itself is shown; the charge is not called a duplicate, for the money is on its way back. */
export const duplicateDisputed: Planting = {
  plant(account, spot) {
    const { tag, at } = spot;
    buyWell(account, { ...spot, tag: `${tag}_first`, at: at - 41 * SECOND });
    buyWell(account, spot, { disputeStatus: 'open' });
    return [ofPayment('dispute-open', tag)];
  },
};

export const partlyRefunded: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  const payment = chargePack(account, spot);
  grant(account, payment, 9 * SECOND, { credits: 2_500 });
  refund(account, payment, { id: `re_${tag}`, at: at + 19 * HOUR, amount: payment.amount / 2 });
});

export const returnedInTwoParts: Planting = trap((account, { tag, at }) => {
  const made = generate(account, {
    id: `gen_${tag}`,
    at,
    work: video('pro', 8),
    status: 'failed',
    error: 'worker_timeout',
    finishedAt: at + 140 * SECOND,
  });
  giveBack(account, made, at + 142 * SECOND, 100);
  giveBack(account, made, at + 190 * SECOND, 60);
});

export const image4K: Planting = trap((account, { tag, at }) => {
  generate(account, { id: `gen_${tag}`, at, work: image('pro', '4K', 1) });
});

/** The last period before the cancellation, collected eleven days late and after it. */
export const collectedLate: Planting = {
  status: 'canceled',
  lastBilling: (at) => addMonths(at - 11 * DAY, -2),
  plant(account, spot) {
    const periodStart = addMonths(spot.at - 11 * DAY, -1);
    const subscription = account.subscriptions[0];
    if (subscription !== undefined) {
      subscription.currentPeriodStart = periodStart;
      subscription.currentPeriodEnd = addMonths(periodStart, 1);
      subscription.cancelAt = subscription.endedAt = spot.at - 8 * DAY;
    }
    const payment = chargeRenewal(account, spot, { periodStart });
    invoice(account, payment, `in_${spot.tag}`);
    grant(account, payment, 6 * SECOND);
    return [];
  },
};

export const teamAtOnce: Planting = trap((account, { tag, at }) => {
  for (const [index, member] of account.members.entries()) {
    const id = `gen_${tag}_${index + 1}`;
    const work = image('pro', '2K', 4);
    const made = generate(account, { id, at: at + (index % 2), work, memberId: member.id });
    made.usage.sequence = index;
  }
});

/** The last work before a pack arrived took the balance below zero for a minute and a half. */
export const dippedAndRecovered: Planting = {
  dips: true,
  plant(account, spot) {
    const { at } = spot;
    for (let left = balanceAt(account, account.now), back = 40; left >= 0 && back > 0; back -= 1) {
      const work = left >= 700 ? training() : video('pro', 10);
      generate(account, { at: at - back * 90 * SECOND, work });
      left -= left >= 700 ? 400 : 200;
    }
    buyWell(account, spot);
    return [];
  },
};

export const fullCoupon: Planting = trap((account, spot) => {
  const payment = chargePack(account, spot, {
    amount: 0,
    product: 'Credits 5,000 (coupon LAUNCH100)',
  });
  grant(account, payment, 5 * SECOND);
});

export const putRightByAdjustment: Planting = trap((account, spot) => {
  const { at } = spot;
  const payment = chargePack(account, spot);
  post(account, 'adjustment', {
    at: at + 21 * HOUR,
    credits: 5_000,
    paymentId: payment.id,
    note: 'purchase did not arrive; granted by support',
  });
});

/** A preview model that the rate card does not list is counted, not judged. */
export const unpricedTier: Planting = trap((account, { tag, at }) => {
  const work = { ...image('pro', '2K', 2), model: 'lumen-3-preview', tier: 'preview' };
  generate(account, { id: `gen_${tag}`, at, work, charged: 64 });
});

/** A payment and an invoice that name what was never loaded. */
export const unresolvedReferences: Planting = trap((account, spot) => {
  const { tag, at } = spot;
  const payment = buyWell(account, spot);
  payment.subscriptionId = `sub_${tag}_not_loaded`;
  account.invoices.at(-1)?.paymentIds.push(`ch_${tag}_not_loaded`);
  const entry = { id: `led_${tag}_2`, at: at + MINUTE, credits: 200 };
  post(account, 'adjustment', { ...entry, paymentId: `ch_${tag}_not_loaded` });
});
