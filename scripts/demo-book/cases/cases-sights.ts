import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import * as payments from '#scripts/demo-book/cases/anomalies-payments.ts';
import * as refunds from '#scripts/demo-book/cases/anomalies-refunds.ts';
import * as work from '#scripts/demo-book/cases/anomalies-work.ts';
import { onBusinessDay, refundedFor } from '#scripts/demo-book/calendar.ts';
import type { DemoCase } from '#scripts/demo-book/cases/case.ts';
import { LOVELY } from '#scripts/demo-book/cases/lovely.ts';
import type { Planting } from '#scripts/demo-book/planting.ts';

const sight = (
  [customerId, name, zone]: readonly [string, string, string],
  what: string,
  planting: Planting,
  age: number,
  story: string,
): DemoCase => ({
  customerId,
  name,
  shows: { sight: what },
  findings: [],
  later: null,
  story,
  zone,
  plan: 'creator',
  planting,
  at: (now) => now - age,
});

const nothing: Planting = { plant: () => [] };

/** Something becomes a flag by itself while one watches. */
const SOON: readonly DemoCase[] = [
  {
    ...sight(
      ['org_soon_missing_credits', 'Sunday Fox Studio', 'America/New_York'],
      'becomes late',
      payments.packWithoutCredits,
      13 * MINUTE,
      'Paid 13 minutes ago; without credits it becomes a flag in two minutes.',
    ),
    later: {
      after: 2 * MINUTE,
      finding: { rule: 'missing-credits', subject: 'payment:ch_soon_missing_credits' },
    },
  },
  {
    ...sight(
      ['org_soon_missing_upgrade', 'Quai Nord Productions', 'Europe/Paris'],
      'becomes late',
      payments.upgradeWithoutCredits,
      MINUTE,
      'Upgraded a minute ago; without the additional credits it becomes a flag in four minutes.',
    ),
    later: {
      after: 4 * MINUTE,
      finding: { rule: 'missing-credits', subject: 'payment:ch_soon_missing_upgrade' },
    },
  },
  {
    ...sight(
      ['org_soon_missing_credits_6m', '株式会社灯台', 'Asia/Tokyo'],
      'becomes late',
      payments.packWithoutCredits,
      9 * MINUTE,
      'Paid 9 minutes ago; without credits it becomes a flag in six minutes.',
    ),
    latin: 'todai',
    later: {
      after: 6 * MINUTE,
      finding: { rule: 'missing-credits', subject: 'payment:ch_soon_missing_credits_6m' },
    },
  },
  {
    ...sight(
      ['org_soon_refund_overdue', 'Agentur Morgenröte', 'Europe/Berlin'],
      'becomes late',
      refunds.refundPending,
      0,
      'The tenth business day of a refund ends ten minutes after the start, or on Monday.',
    ),
    at: (now) => refundedFor(onBusinessDay(now + 10 * MINUTE)),
  },
  {
    ...sight(
      ['org_soon_credits_kept', 'Holloway Photography', 'Europe/London'],
      'becomes late',
      refunds.creditsKept,
      23 * HOUR + 45 * MINUTE,
      'Refunded yesterday; its credits must be taken back within the next quarter of an hour.',
    ),
    later: {
      after: 15 * MINUTE,
      finding: { rule: 'credits-kept-after-refund', subject: 'payment:ch_soon_credits_kept' },
    },
  },
];

const LATIN: Record<string, string> = {
  org_arabic: 'nakheel',
  org_hebrew: 'orvatzel',
  org_markup: 'bold',
  org_formula: 'sum',
};

/** Names that must be shown as they are written. */
const NAMES: readonly DemoCase[] = (
  [
    ['org_markup', '<b>Bold</b> GmbH', 'Europe/Berlin'],
    ['org_formula', '=SUM(A1) Ltd', 'Europe/London'],
    ['org_apostrophe', 'O’Malley’s "Daughters" & Sons', 'Europe/London'],
    ['org_emoji', 'Pixel Panda 🐼🎬', 'Asia/Taipei'],
    ['org_arabic', 'استوديو النخيل للتصميم والإنتاج', 'Asia/Dubai'],
    ['org_hebrew', 'סטודיו אור וצל (2019) בע״מ', 'Asia/Jerusalem'],
    [
      'org_long_name',
      'Vereinigte Gesellschaft für bewegte Bilder, Werbefilm, Standfotografie und digitale Nachbearbeitung Berlin-Brandenburg-Mecklenburg-Vorpommern mbH & Co. Kommanditgesellschaft auf Aktien, Zweigniederlassung Prenzlauer Berg',
      'Europe/Berlin',
    ],
    ['org_long_word', `Llanfairpwll${'gwyngyllgogerychwyrndrobwll'.repeat(4)}`, 'Europe/London'],
  ] as const
).map((who) => ({
  ...sight(who, 'a name', nothing, DAY, 'Nothing is wrong; the name is shown as it is written.'),
  latin: LATIN[who[0]],
}));

export const SIGHT_CASES: readonly DemoCase[] = [
  LOVELY,
  ...SOON,
  {
    ...sight(
      ['org_cannot_tell_yet', 'Ihlamur Ajans', 'Europe/Istanbul'],
      'cannot tell yet',
      payments.packWithoutInvoice,
      150 * MINUTE,
      'Paid two and a half hours ago without an invoice, but invoices are known only until 50 minutes ago.',
    ),
  },
  {
    ...sight(
      ['org_kuwait', 'دار اللؤلؤ للنشر', 'Asia/Kuwait'],
      'three decimals',
      work.chargedForTenSeconds,
      20 * HOUR,
      'Pays in Kuwaiti dinar, whose minor unit is a thousandth.',
    ),
    latin: 'darallulu',
    findings: [{ rule: 'overcharged-generation', subject: 'generation:gen_kuwait' }],
  },
  {
    ...sight(
      ['org_meridian_frames', 'Meridian Frames', 'America/Los_Angeles'],
      '50,000 ledger entries',
      nothing,
      DAY,
      'A film house with 50,000 ledger entries in the year; nothing is wrong.',
    ),
    plan: 'scale',
  },
  {
    ...sight(
      ['org_never_loaded', '', 'America/New_York'],
      'no customer record',
      nothing,
      DAY,
      'Its payments and work are in the book, its customer record is not.',
    ),
    latin: 'unknown',
  },
  ...NAMES,
];
