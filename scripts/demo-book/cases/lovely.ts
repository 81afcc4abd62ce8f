import { DAY, HOUR, MINUTE, SECOND } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { balanceAt } from '#scripts/demo-book/account.ts';
import { addMonths } from '#scripts/demo-book/calendar.ts';
import type { DemoCase } from '#scripts/demo-book/cases/case.ts';
import { generate, image } from '#scripts/demo-book/generating.ts';
import { chargePack } from '#scripts/demo-book/planting.ts';

const BALANCE = 12_430;

const BERLIN_HOUR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: 'numeric',
  hourCycle: 'h23',
});

/** Nine in the morning, a month later, on the day that starts at `midnight` UTC. */
const nineInBerlin = (midnight: Instant): Instant => {
  const at = midnight + 8 * HOUR;
  return at - (Number(BERLIN_HOUR.format(addMonths(at, 1))) - 9) * HOUR;
};

/** The customer of the README: one ticket, three things wrong. */
export const LOVELY: DemoCase = {
  customerId: 'org_1k2',
  name: 'Løvely Studio',
  shows: { sight: 'a ticket' },
  findings: [
    { rule: 'missing-credits', subject: 'payment:ch_1k2' },
    { rule: 'failed-generation-charge', subject: 'generation:gen_1k2' },
    { rule: 'balance-mismatch', subject: 'customer:org_1k2' },
  ],
  later: null,
  story:
    'Paid $49.00 for credits that have not come; an image failed and kept 24 credits; the balance shown is 77 too high.',
  zone: 'Europe/Berlin',
  plan: 'pro',
  currency: 'usd',
  // A busy studio that uses up its plan.
  generations: 2_200,
  planting: {
    // Renews at nine in the morning in Berlin, in eleven days or so.
    lastBilling: (at) => nineInBerlin(at - (at % DAY) - 19 * DAY),
    plant(account, spot) {
      const { tag, at } = spot;
      chargePack(account, spot);
      const failedAt = at - 142 * MINUTE;
      generate(account, {
        id: `gen_${tag}`,
        at: failedAt,
        work: image('standard', '2K', 3),
        status: 'failed',
        error: 'model_overloaded',
        finishedAt: failedAt + 21 * SECOND,
      });
      account.reportedOff = 77;
      // What it brought along from before this year makes the balance a round story.
      account.opening += BALANCE - balanceAt(account, account.now);
      return [...LOVELY.findings];
    },
  },
  at: (now) => now - 42 * MINUTE,
};
