import { formatCreditCount } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { RequestState } from '#app/domain/requests/request.ts';

/** Another open remedy of the same payment or generation: what it is about to do, each 0 or more. */
export interface OtherRemedy {
  requestId: string;
  state: RequestState;
  /** Minor units that are not counted as refunded yet. */
  refund: number;
  /** Credits that are not in the ledger yet, given and taken. */
  gives: number;
  takes: number;
}

export const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const STAGES: Partial<Record<RequestState, string>> = {
  requested: 'is waiting for approval',
  sent_back: 'was sent back and is still open',
  approved: 'is approved',
  sending: 'is sending',
  needs_review: 'is under review, because its outcome is unknown',
};

const stageOf = ({ state }: OtherRemedy): string => STAGES[state] ?? 'is not finished';

/** `A refund of $49.00 for this payment is waiting for approval` */
export function describeOtherRemedy(other: OtherRemedy, currency: string): string {
  const { refund, gives, takes } = other;
  if (refund > 0) {
    const taken = takes > 0 ? ` that takes back ${formatCreditCount(takes)}` : ' for this payment';
    return `A refund of ${formatMoney(refund, currency)}${taken} ${stageOf(other)}`;
  }
  if (gives > 0 && other.state === 'failed')
    return `${formatCreditCount(gives)} taken for a refund that came back are being returned`;
  return gives > 0
    ? `A grant of ${formatCreditCount(gives)} for this payment ${stageOf(other)}`
    : `Taking ${formatCreditCount(takes)} of this payment ${stageOf(other)}`;
}

/** `A return of 24 credits for this generation is waiting for approval` */
export const describeOtherGenerationRemedy = (other: OtherRemedy): string =>
  other.gives > 0
    ? `A return of ${formatCreditCount(other.gives)} for this generation ${stageOf(other)}`
    : `Taking ${formatCreditCount(other.takes)} of this generation ${stageOf(other)}`;
