import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import { bought } from '#scripts/demo-book/buying.ts';
import { addMonths } from '#scripts/demo-book/calendar.ts';
import { DECLINES, PLANS } from '#scripts/demo-book/catalogue.ts';
import { decline } from '#scripts/demo-book/mishaps.ts';
import {
  buyWell,
  chargePack,
  chargeRenewal,
  ofCustomer,
  ofPayment,
  planOf,
} from '#scripts/demo-book/planting.ts';
import type { Planting } from '#scripts/demo-book/planting.ts';
import { charge, grant, invoice } from '#scripts/demo-book/postings.ts';

/** A pack was paid and nothing came. */
export const packWithoutCredits: Planting = {
  plant(account, spot) {
    chargePack(account, spot);
    return [ofPayment('missing-credits', spot.tag)];
  },
};

/** A pack was paid and less than half came. */
export const packGrantedShort: Planting = {
  plant(account, spot) {
    const payment = chargePack(account, spot);
    grant(account, payment, 8 * SECOND, { credits: Math.floor((payment.credits ?? 0) * 0.4) });
    return [ofPayment('missing-credits', spot.tag)];
  },
};

/** The plan was renewed and the credits did not refresh. */
export const renewalWithoutCredits: Planting = {
  lastBilling: (at) => addMonths(at, -1),
  plant(account, spot) {
    invoice(account, chargeRenewal(account, spot), `in_${spot.tag}`);
    const subscription = account.subscriptions[0];
    if (subscription !== undefined) {
      subscription.currentPeriodStart = spot.at - 10 * SECOND;
      subscription.currentPeriodEnd = addMonths(spot.at - 10 * SECOND, 1);
    }
    return [ofPayment('missing-credits', spot.tag)];
  },
};

/** An upgrade was paid and its additional credits did not appear. */
export const upgradeWithoutCredits: Planting = {
  plan: 'pro',
  plant(account, { tag, at }) {
    const amount = PLANS.pro.monthly[account.currency] - PLANS.creator.monthly[account.currency];
    const credits = PLANS.pro.credits - PLANS.creator.credits;
    const id = `ch_${tag}`;
    const payment = charge(account, {
      id,
      purpose: 'upgrade',
      product: 'pro',
      credits,
      amount,
      at,
    });
    invoice(account, payment, `in_${tag}`);
    return [ofPayment('missing-credits', tag)];
  },
};

/** One period charged twice within a minute on one invoice, and credited twice. */
export const renewalChargedTwice: Planting = {
  lastBilling: (at) => at - 50 * SECOND,
  plant(account, { tag, by }) {
    const first = account.payments.findLast((payment) => payment.purpose === 'renewal');
    if (first?.capturedAt == null) throw new Error(`${account.id} was never renewed`);
    const second = chargeRenewal(account, {
      tag,
      at: first.capturedAt + Math.round(38 * by) * SECOND,
    });
    second.periodStart = first.periodStart;
    second.invoiceId = first.invoiceId;
    account.invoices.find((each) => each.id === first.invoiceId)?.paymentIds.push(second.id);
    grant(account, second, 9 * SECOND);
    return [ofPayment('duplicate-charge', tag)];
  },
};

/** The buyer pressed twice: two charges, one credited. */
export const packChargedTwice: Planting = {
  plant(account, spot) {
    const { tag, at, by } = spot;
    buyWell(account, { ...spot, tag: `${tag}_first`, at: at - Math.round(41 * by) * SECOND });
    chargePack(account, spot);
    return [ofPayment('missing-credits', tag), ofPayment('duplicate-charge', tag)];
  },
};

/** Two like packs within the hour, both credited: perhaps both were wanted. */
export const packBoughtTwice: Planting = {
  plant(account, spot) {
    const { tag, at, by } = spot;
    buyWell(account, { ...spot, tag: `${tag}_first`, at: at - Math.round(22 * 60 * by) * SECOND });
    buyWell(account, spot);
    return [ofPayment('duplicate-charge', tag)];
  },
};

/** The subscription ended and its next period was charged all the same. */
export const chargedAfterCancellation: Planting = {
  status: 'canceled',
  lastBilling: (at) => addMonths(at, -1),
  plant(account, spot) {
    const payment = chargeRenewal(account, spot, { periodStart: spot.at });
    invoice(account, payment, `in_${spot.tag}`);
    grant(account, payment, 7 * SECOND);
    return [ofPayment('charge-after-cancellation', spot.tag)];
  },
};

/** A second subscription of the same plan was opened twelve days after the first was billed. */
export const subscribedTwice: Planting = {
  lastBilling: (at) => at - 12 * DAY,
  plant(account, { tag, at }) {
    const plan = planOf(account);
    const id = `sub_${tag}`;
    account.subscriptions.push({
      id,
      customerId: account.id,
      plan: plan.id,
      creditsPerPeriod: plan.credits,
      status: 'active',
      currentPeriodStart: at,
      currentPeriodEnd: addMonths(at, 1),
      cancelAt: null,
      endedAt: null,
    });
    const spot = { tag, at: at + 5 * SECOND };
    const payment = chargeRenewal(account, spot, { subscriptionId: id, periodStart: at });
    invoice(account, payment, `in_${tag}`);
    grant(account, payment, 11 * SECOND);
    return [{ rule: 'second-subscription', subject: `subscription:${id}` }];
  },
};

/** Paid and credited, and no invoice was ever written. */
export const packWithoutInvoice: Planting = {
  plant(account, spot) {
    const payment = buyWell(account, spot);
    payment.invoiceId = null;
    account.invoices.pop();
    return [ofPayment('missing-invoice', spot.tag)];
  },
};

/** One pack, credited twice. */
export const packCreditedTwice: Planting = {
  plant(account, spot) {
    const payment = buyWell(account, spot);
    grant(account, payment, 95 * SECOND, { note: 'webhook retried' });
    return [ofPayment('excess-credits', spot.tag)];
  },
};

/** The card was refused and the credits came all the same. */
export const declinedButCredited: Planting = {
  plant(account, { tag, at, pack }) {
    const what = { purpose: 'credit_pack' as const, ...bought(account, pack) };
    const payment = decline(account, { ...what, id: `ch_${tag}`, at });
    grant(account, payment, 4 * SECOND, { id: `led_${tag}` });
    return [ofPayment('excess-credits', tag)];
  },
};

/** Four attempts at one renewal within a day, all refused. */
export const renewalKeepsFailing: Planting = {
  status: 'past_due',
  lastBilling: (at) => at - MINUTE,
  plant(account, { tag, at }) {
    account.payments = account.payments.filter((payment) => payment.capturedAt !== null);
    const { weight: _, ...reason } = account.random.weighted(DECLINES);
    for (const [index, hours] of [0, 0.4, 3.1, 3.3].entries()) {
      const spot = { tag: `${tag}_${index + 1}`, at: at + hours * HOUR };
      chargeRenewal(account, spot, { status: 'failed', capturedAt: null, ...reason });
    }
    return [ofCustomer('payments-failing', account)];
  },
};

/** Three cards refused within a quarter of an hour; none has been accepted since. */
export const cardsRefused: Planting = {
  plant(account, { tag, at }) {
    const funding = ['prepaid', 'debit', 'prepaid'] as const;
    for (const [index, minutes] of [0, 4, 13].entries()) {
      account.setupAttempts.push({
        id: `setatt_${tag}_${index + 1}`,
        customerId: account.id,
        at: at + minutes * MINUTE,
        status: 'failed',
        failureCode: 'card_declined',
        declineCode: index === 1 ? 'do_not_honor' : 'card_not_supported',
        cardBrand: index === 1 ? 'mastercard' : 'visa',
        cardFunding: funding[index] ?? 'unknown',
      });
    }
    return [ofCustomer('card-setup-failing', account)];
  },
};
