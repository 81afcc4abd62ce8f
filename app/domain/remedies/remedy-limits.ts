import { formatCreditCount, formatCredits } from '#app/domain/money/credits.ts';
import { mulDiv } from '#app/domain/money/mul-div.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import { describeOtherRemedy, sum } from '#app/domain/remedies/other-remedies.ts';
import type { OtherRemedy } from '#app/domain/remedies/other-remedies.ts';
import type { PaymentCredits } from '#app/domain/remedies/credit-clawback.ts';

/*
 * What the remedies of one payment may come to together, whoever asks for them and in whatever order:
 * a customer gets the credits of a payment or its money back, never both.
 *
 *   granted + being granted + asked ≤ credits bought × (1 − refunded and being refunded ÷ price)
 */

/** One payment with all that was done about it and all that is still open. */
export interface PaymentStanding {
  /** Credits that it buys; 0: none. */
  buys: number;
  /** Minor units of `currency`, as are `captured` and `refunded`. */
  price: number;
  currency: string;
  /** 0: nothing was taken. */
  captured: number;
  refunded: number;
  /** The bank decides about the money, or has taken it back. */
  disputed: boolean;
  /** Credits that came for it, less those taken away again: as the rules count them. */
  granted: number;
  /** Of these, credits that people gave to put it right, here or elsewhere. */
  remedied: number;
  /** The other open remedies. */
  others: readonly OtherRemedy[];
}

/** What is to be said of one remedy beside the others. */
export interface RemedyCheck {
  holds: boolean;
  words: string;
  /** The open request that stands in the way; null: none does, or it is done already. */
  otherId: string | null;
}

export const holds = (words: string): RemedyCheck => ({ holds: true, words, otherId: null });
export const stands = (words: string, otherId: string | null = null): RemedyCheck => ({
  ...{ holds: false, words, otherId },
});

/**
 * Credits that the money kept pays for, once `refunded` minor units have gone back in all.
 * @internal
 */
export function owedFor(
  { buys, price, captured }: Pick<PaymentStanding, 'buys' | 'price' | 'captured'>,
  refunded: number,
): number {
  if (captured === 0 && price > 0) return 0;
  if (price <= 0) return buys;
  return Math.min(buys, mulDiv(buys, Math.max(0, captured - refunded), price));
}

const refundingOf = ({ others }: PaymentStanding): number => sum(others, ({ refund }) => refund);
const givingOf = ({ others }: PaymentStanding): number => sum(others, ({ gives }) => gives);
const clawbackOperations = ({ others }: PaymentStanding): number =>
  sum(others, ({ takes }) => takes);
/** Credits that open refunds take back: they go with the money. */
const clawedBackWithMoney = ({ others }: PaymentStanding): number =>
  sum(others, ({ refund, takes }) => (refund > 0 ? takes : 0));

/** Credits that may still be granted for it; 0 or more. */
export const grantable = (standing: PaymentStanding): number =>
  standing.disputed
    ? 0
    : Math.max(
        0,
        owedFor(standing, standing.refunded + refundingOf(standing)) -
          standing.granted -
          givingOf(standing),
      );

/** Whether credits, above 0, may be granted for a payment beside all else. */
export function checkGrant(standing: PaymentStanding, credits: number): RemedyCheck {
  const { buys, captured, price, disputed, others } = standing;
  if (disputed)
    return stands(
      'The charge is disputed. The bank decides about the money; granting credits too could give both.',
    );
  if (captured === 0 && price > 0)
    return stands('Nothing was captured for this payment: no credits are owed for it.');
  if (buys === 0)
    return stands('This payment buys no credits. Grant goodwill credits without naming a payment.');
  const left = grantable(standing);
  if (credits <= left)
    return holds(`${formatCreditCount(left)} can still be granted for this payment.`);
  const refund = others.find((other) => other.refund > 0);
  if (refund && fits({ ...standing, others: others.filter((one) => one.refund === 0) }, credits))
    return stands(
      `${describeOtherRemedy(refund, standing.currency)}: granting ${formatCreditCount(credits)} too would give both.`,
      refund.requestId,
    );
  const grant = others.find((other) => other.gives > 0);
  if (grant && fits({ ...standing, others: others.filter((one) => one.gives === 0) }, credits))
    return stands(
      `${describeOtherRemedy(grant, standing.currency)}: with ${formatCreditCount(credits)} more it would exceed the ${formatCredits(buys)} that it buys.`,
      grant.requestId,
    );
  return stands(
    `${describeDone(standing)}: ${describeLeft(left)}`,
    (refund ?? grant)?.requestId ?? null,
  );
}

const fits = (standing: PaymentStanding, credits: number): boolean =>
  credits <= grantable(standing);

function describeDone({ buys, granted, refunded, currency }: PaymentStanding): string {
  const back = refunded > 0 ? `${formatMoney(refunded, currency)} has been refunded` : null;
  const came =
    granted > 0 ? `${formatCreditCount(granted)} of the ${formatCredits(buys)} have arrived` : null;
  const facts = [back, came].filter((fact) => fact !== null);
  return facts.length === 0
    ? `This payment buys ${formatCreditCount(buys)}`
    : `Of this payment ${facts.join(' and ')}`;
}

const describeLeft = (left: number): string =>
  left === 0
    ? 'no more can be granted for it.'
    : `at most ${formatCredits(left)} more can be granted.`;

/** Minor units that may still go back if none of the credits that came were taken back; 0 or more. */
export function refundableGiven(standing: PaymentStanding): number {
  const { buys, price, captured, refunded, granted } = standing;
  const left = captured - refunded - refundingOf(standing);
  const giving = givingOf(standing);
  if (giving === 0 || buys === 0) return Math.max(0, left);
  // The price of the credits that stay: rounded up, so that they are paid for to the last.
  const stays = price - mulDiv(buys - Math.min(buys, granted + giving), price, buys);
  return Math.max(0, left - stays);
}

/** A refund as far as the credits of its payment are concerned. */
export interface RefundGiven {
  /** Minor units. */
  amount: number;
  /** Credits that it takes back. */
  takeBack: number;
}

/** Credits that would stay beyond what the money kept pays for, if none were taken back; 0 or more. */
export const creditsBeyond = (standing: PaymentStanding, amount: number): number =>
  Math.max(0, standing.granted - owedFor(standing, standing.refunded + amount));

/** The most that a refund can take back beside open refunds: of parts of credits one may be rounded up. */
export const maxClawback = (standing: PaymentStanding, takeBack: number): number => {
  const room = Math.max(0, standing.granted - clawedBackWithMoney(standing));
  return standing.others.length === 0 ? takeBack : Math.min(takeBack, room);
};

/** Whether money may go back beside what has been granted, is being granted and is being taken. */
export function checkRefund(standing: PaymentStanding, refund: RefundGiven): RemedyCheck {
  const { granted, remedied, refunded, currency, others } = standing;
  const { amount, takeBack } = refund;
  const money = formatMoney(Math.max(0, amount), currency);
  const owed = owedFor(standing, refunded + refundingOf(standing) + amount);
  const giving = givingOf(standing);
  if (giving > 0 && granted - takeBack + giving > owed) {
    const grant = others.find(({ gives }) => gives > 0);
    return stands(
      `${grant ? describeOtherRemedy(grant, currency) : ''}: refunding ${money} too would give both.`,
      grant?.requestId,
    );
  }
  const taker =
    others.find(({ takes, refund: back }) => takes > 0 && back === 0) ??
    others.find(({ takes }) => takes > 0);
  if (taker && takeBack > 0 && takeBack + clawbackOperations(standing) > granted) {
    const what = `taking back ${formatCreditCount(takeBack)} with this refund too would take them twice.`;
    return stands(`${describeOtherRemedy(taker, currency)}: ${what}`, taker.requestId);
  }
  const beyond = Math.max(0, granted - clawedBackWithMoney(standing) - owed);
  const must = Math.min(Math.max(0, remedied), beyond);
  if (takeBack < must)
    return stands(
      `${formatCreditCount(remedied)} were granted for this payment: refunding ${money} must take back ${formatCredits(must)} of them, and takes ${formatCredits(takeBack)}. Take back all, or refund less.`,
    );
  return holds(
    others.length === 0
      ? 'No other remedy of this payment conflicts.'
      : 'The other remedies of this payment leave room for this.',
  );
}

/**
 * Whether credits, above 0, may be taken under a payment's name beside all else.
 * @param onlyExcess they are taken because they are more than the payment brings.
 */
export function checkRevocation(
  standing: PaymentStanding,
  credits: number,
  onlyExcess: boolean,
): RemedyCheck {
  const { granted, refunded, currency, others } = standing;
  const kept = onlyExcess ? owedFor(standing, refunded) : 0;
  const room = Math.max(0, granted - kept);
  const left = Math.max(0, room - clawbackOperations(standing));
  if (credits <= left) return holds(`${formatCreditCount(left)} of this payment can be taken.`);
  const other = others.find(({ takes }) => takes > 0);
  if (other && credits <= room)
    return stands(
      `${describeOtherRemedy(other, currency)}: taking ${formatCreditCount(credits)} too would take them twice.`,
      other.requestId,
    );
  return stands(
    kept > 0
      ? `This payment brought ${formatCreditCount(Math.max(0, granted))} and ${formatCredits(kept)} are paid for: at most ${formatCredits(left)} can be taken.`
      : `Of this payment ${formatCreditCount(Math.max(0, granted))} are left: no more can be taken for it.`,
  );
}

/**
 * Whether what a refund takes back, once its money has gone, is still there to be taken. Where nothing has
 * been taken under its name nobody can have taken it before.
 */
export function checkClawback(
  { gained, lost, taken }: PaymentCredits,
  credits: number,
): RemedyCheck {
  const left = Math.max(0, gained - lost - taken);
  if (lost + taken === 0 || credits <= left) return holds('The credits are available.');
  return stands(
    `Of this payment only ${formatCreditCount(left)} are left: the others were taken meanwhile; taking ${formatCredits(credits)} would take them twice.`,
  );
}
