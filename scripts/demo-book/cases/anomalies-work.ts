import { MINUTE, SECOND } from '#app/lib/instant.ts';
import { balanceAt } from '#scripts/demo-book/account.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { generate, giveBack, image, training, video } from '#scripts/demo-book/generating.ts';
import { PACKS, priceOf } from '#scripts/demo-book/catalogue.ts';
import type { Work } from '#scripts/demo-book/catalogue.ts';
import { buyWell, ofCustomer } from '#scripts/demo-book/planting.ts';
import type { Expected, Planting, Spot } from '#scripts/demo-book/planting.ts';
import { post, refund } from '#scripts/demo-book/postings.ts';

const ofGeneration = (rule: Expected['rule'], tag: string): Expected => ({
  rule,
  subject: `generation:gen_${tag}`,
});

const failed = (work: Work, error: string, seconds: number): Planting => ({
  plant(account, { tag, at }) {
    generate(account, {
      id: `gen_${tag}`,
      at,
      work,
      status: 'failed',
      error,
      finishedAt: at + seconds * SECOND,
    });
    return [ofGeneration('failed-generation-charge', tag)];
  },
});

export const videoFailedAndCharged = failed(video('pro', 8), 'worker_timeout', 180);
export const imageFailedAndCharged = failed(image('standard', '2K', 3), 'model_overloaded', 21);
export const trainingFailedAndCharged = failed(training(), 'out_of_memory', 1_260);

export const videoInterrupted = failed(video('standard', 5), 'upload_interrupted', 96);
export const imageFiltered = failed(image('pro', '1K', 4), 'content_filtered', 9);
export const imageTimedOut = failed(image('pro', '4K', 1), 'worker_timeout', 61);

/** A failed generation of which only a part came back. */
export const failedAndPartlyReturned: Planting = {
  plant(account, { tag, at }) {
    const made = generate(account, {
      id: `gen_${tag}`,
      at,
      work: image('pro', '4K', 4),
      status: 'failed',
      error: 'content_filtered',
      finishedAt: at + 24 * SECOND,
    });
    giveBack(account, made, at + 30 * SECOND, 48);
    return [ofGeneration('failed-generation-charge', tag)];
  },
};

const overcharged = (work: Work, charged: number): Planting => ({
  plant(account, { tag, at }) {
    generate(account, { id: `gen_${tag}`, at, work, charged });
    return [ofGeneration('overcharged-generation', tag)];
  },
});

/** Four images in 2K at the price of 4K. */
export const chargedAs4K = overcharged(image('pro', '2K', 4), priceOf(image('pro', '4K', 4)));
/** Six seconds of video at the price of ten. */
export const chargedForTenSeconds = overcharged(
  video('standard', 6),
  priceOf(video('standard', 10)),
);
/** A standard model at the price of the pro one. */
export const chargedAsPro = overcharged(image('standard', '1K', 4), priceOf(image('pro', '1K', 4)));
/** One training, charged twice. */
export const trainingChargedTwice = overcharged(training(), 800);

/** A failed generation whose credits came back twice. */
export const returnedTwice: Planting = {
  plant(account, { tag, at }) {
    const made = generate(account, {
      id: `gen_${tag}`,
      at,
      work: image('pro', '2K', 2),
      status: 'failed',
      error: 'model_overloaded',
      finishedAt: at + 19 * SECOND,
    });
    giveBack(account, made, at + 20 * SECOND);
    giveBack(account, made, at + 83 * SECOND);
    return [ofGeneration('excess-return', tag)];
  },
};

/** Spends nearly all there is before `at`, on trainings and then on video. */
const spendDown = (account: Account, at: number): void => {
  let left = balanceAt(account, account.now);
  for (let back = 60; left >= 130 && back > 0; back -= 1) {
    const work = left >= 700 ? training() : left >= 250 ? video('pro', 8) : video('standard', 8);
    generate(account, { at: at - back * 4 * MINUTE, work });
    left -= priceOf(work);
  }
};

/** Two of the team started a video in the same second, with credits for less than one. */
export const spentBelowZero: Planting = {
  plan: 'starter',
  dips: true,
  plant(account, { tag, at }) {
    spendDown(account, at);
    const work = video('pro', 10);
    generate(account, { id: `gen_${tag}_1`, at, work, memberId: account.members[0]?.id ?? null });
    generate(account, { id: `gen_${tag}_2`, at, work, memberId: account.members[1]?.id ?? null });
    generate(account, { id: `gen_${tag}_3`, at: at + 95 * SECOND, work: image('pro', '1K', 1) });
    return [ofCustomer('negative-balance', account)];
  },
};

/** A pack was spent, then refunded and its credits taken back. */
export const revokedBelowZero: Planting = {
  plan: 'starter',
  dips: true,
  plant(account, spot) {
    const { tag, at } = spot;
    const payment = buyWell(account, { ...spot, at: at - 300 * MINUTE, pack: PACKS.small });
    spendDown(account, at - 5 * MINUTE);
    refund(account, payment, { id: `re_${tag}`, at });
    post(account, 'revocation', {
      at: at + 4 * SECOND,
      credits: -(payment.credits ?? 0),
      paymentId: payment.id,
      note: 'pack refunded',
    });
    return [ofCustomer('negative-balance', account)];
  },
};

/** The product shows the customer another balance than the ledger. */
const reportedOff = (credits: number): Planting => ({
  plant(account, { at, by }) {
    account.reportedOff = Math.round(credits * by);
    if (account.customer !== null) account.customer.reportedBalanceAt = at;
    return [ofCustomer('balance-mismatch', account)];
  },
});
export const reportedTooMuch = reportedOff(350);
export const reportedTooLittle = reportedOff(-220);

/** Lets the kept balance go wrong at an entry of its own. */
const breakLedger = (account: Account, { tag, at }: Spot, credits: number): Expected => {
  const { usage } = generate(account, { at, work: image('standard', '2K', 4) });
  usage.id = `led_${tag}`;
  account.gap = { entryId: usage.id, credits };
  return { rule: 'ledger-gap', subject: `ledgerEntry:${usage.id}` };
};

/** An entry is missing from the ledger: the kept balance jumps. */
export const entryMissing: Planting = {
  plant(account, spot) {
    if (account.customer !== null) account.customer.reportedBalanceAt = null;
    return [breakLedger(account, spot, -500)];
  },
};

/** The same, and the product shows the wrong balance too. */
export const entryMissingAndShown: Planting = {
  plant(account, spot) {
    account.reportedOff = -180;
    return [breakLedger(account, spot, -180), ofCustomer('balance-mismatch', account)];
  },
};
