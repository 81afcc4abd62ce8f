import { formatCredits } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { RepeatedRequest, RequestContent } from '#app/domain/requests/request.ts';

const NAMES: Record<string, string> = {
  kind: 'Remedy and where it goes',
  customerId: 'Customer',
  reason: 'Reason',
  evidence: 'Evidence',
  flagId: 'Flag',
  paymentId: 'Charge',
  amount: 'Amount',
  currency: 'Currency',
  ground: 'Basis',
  creditChoice: 'Credits of the payment',
  takeBack: 'Credits to take back',
  credits: 'Credits',
  cause: 'Cause',
  generationId: 'Generation',
  hold: 'Hold',
  again: 'Requested again',
};

type Plain = string | number | boolean | null | string[] | RepeatedRequest;

function describeValue(content: RequestContent, key: string): string {
  const value = (content as unknown as Record<string, Plain | undefined>)[key]; // by name: any of its values
  if (value === undefined || value === null) return 'none';
  if (typeof value === 'object' && 'after' in value) return value.because;
  if (typeof value === 'object')
    return value.toSorted((a, b) => (a < b ? -1 : 1)).join(', ') || 'none';
  if (key === 'amount' && content.kind === 'refund' && typeof value === 'number') {
    return formatMoney(value, content.currency);
  }
  if (typeof value === 'number') return formatCredits(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value;
}

/** What is different between what somebody saw and what is asked now, a sentence each. */
export function contentDifferences(seen: RequestContent, now: RequestContent): string[] {
  const keys = new Set([...Object.keys(seen), ...Object.keys(now)]);
  return [...keys].flatMap((key) => {
    const [before, after] = [describeValue(seen, key), describeValue(now, key)];
    return before === after ? [] : [`${NAMES[key] ?? key}: ${after} instead of ${before}.`];
  });
}
