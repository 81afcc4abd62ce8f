import { describe, expect, it } from 'vitest';
import { asShown, lateCreditsError } from '#app/domain/remedies/late-credits.ts';
import { creditsUnpaid } from '#app/domain/remedies/credit-clawback.ts';

const CHARGE = {
  ...{ captured: true, amountCaptured: 4_900, amountRefunded: 0, currency: 'usd' },
  blockedByDispute: false,
};

describe('credits that come after a refund was requested', () => {
  interface Row {
    name: string;
    /** When it was asked for, and now. */
    before: number;
    now: number;
    takeBack: number;
    beyond: number;
    late: number | null;
  }
  it.each<Row>([
    { name: 'none', before: 0, now: 0, takeBack: 0, beyond: 0, late: null },
    { name: 'all of them', before: 0, now: 5_000, takeBack: 0, beyond: 5_000, late: 5_000 },
    { name: 'a part', before: 2_500, now: 5_000, takeBack: 0, beyond: 5_000, late: 2_500 },
    { name: 'left on purpose', before: 5_000, now: 5_000, takeBack: 0, beyond: 5_000, late: null },
    { name: 'spent, and left', before: 5_000, now: 5_000, takeBack: 10, beyond: 5_000, late: null },
    { name: 'paid for still', before: 0, now: 2_500, takeBack: 0, beyond: 0, late: null },
    { name: 'rounded', before: 1_666, now: 1_667, takeBack: 0, beyond: 1_667, late: null },
    { name: 'beside those taken', before: 500, now: 900, takeBack: 500, beyond: 900, late: 400 },
    {
      name: 'beside more taken',
      before: 2_500,
      now: 3_750,
      takeBack: 3_750,
      beyond: 7_500,
      late: 1_250,
    },
  ])('$name', ({ before, now, takeBack, beyond, late }) => {
    const seen = asShown(CHARGE, { unpaid: before });
    const said = lateCreditsError(takeBack, seen, { unpaid: now, beyond });
    if (late === null) expect(said).toBeNull();
    else expect(said).toContain(`${late.toLocaleString('en-US')} credits arrived`);
  });

  it('says nothing of requests that did not note them', () => {
    expect(lateCreditsError(0, CHARGE, { unpaid: 5_000, beyond: 5_000 })).toBeNull();
    expect(lateCreditsError(0, null, { unpaid: 5_000, beyond: 5_000 })).toBeNull();
    expect(asShown(null, { unpaid: 5_000 })).toBeNull();
  });

  it('share out what was delivered by the money that goes back', () => {
    const of = (amount: number, amountRefunded = 0) =>
      creditsUnpaid(5_000, { amount, amountRefunded, amountCaptured: 4_900 });
    expect([of(4_900), of(2_450), of(2_450, 2_450), of(1)]).toEqual([5_000, 2_500, 2_500, 2]);
  });
});
