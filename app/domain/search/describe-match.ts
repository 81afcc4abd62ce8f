import { clipText } from '#app/lib/clip-text.ts';
import { formatCreditCount } from '#app/domain/money/credits.ts';
import { formatMoney } from '#app/domain/money/money.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { FoundRecord, FoundType, Mention } from '#app/domain/search/result.ts';

const NAMES: Record<FoundType, string> = {
  customer: 'customer',
  member: 'member',
  subscription: 'subscription',
  payment: 'payment',
  refund: 'refund',
  invoice: 'invoice',
  ledgerEntry: 'ledger entry',
  generation: 'generation',
  setupAttempt: 'card setup',
};
const LONGEST = 120;
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const DAY_AND_YEAR = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A text from outside, cut to what a line of results can show. */
export const shortened = (text: string): string => clipText(text, LONGEST);

/** The day in UTC; the year only where it is not the current one. */
const dayOf = (at: Instant, now: Instant): string =>
  new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
    ? DAY.format(at)
    : DAY_AND_YEAR.format(at);

/** What a result is, in a few words: `payment $49.00, 3 May, ·4242`. */
export function describeMatch(record: FoundRecord, now: Instant): string {
  const day = record.at === null ? null : dayOf(record.at, now);
  const amount =
    record.figure === null || record.currency === null
      ? null
      : formatMoney(record.figure, record.currency);
  const parts = PARTS[record.type]({ ...record, amount, day }).filter(
    (part) => part !== null && part !== '',
  );
  return shortened(parts.join(', '));
}

interface Told extends FoundRecord {
  amount: string | null;
  day: string | null;
}
type Parts = (string | null)[];

const words = (status: string | null): string | null => status?.replaceAll('_', ' ') ?? null;

const PARTS: Record<FoundType, (notified: Told) => Parts> = {
  customer: ({ detail }) => [detail],
  member: ({ label, detail }) => [`member ${label ?? ''}`, detail],
  payment: ({ amount, day, label, detail }) => [
    `payment ${amount ?? ''}`,
    day,
    detail && `·${detail}`,
    label === 'succeeded' ? null : words(label),
  ],
  refund: ({ amount, day, label, detail }) => [
    `refund ${amount ?? ''}`,
    day,
    words(label),
    detail && `bank reference ${detail}`,
  ],
  invoice: ({ amount, day, label, detail }) => [
    `invoice ${label ?? 'without a number'}`,
    amount,
    day,
    detail,
  ],
  subscription: ({ label, detail }) => [`subscription ${label ?? ''}`, words(detail)],
  ledgerEntry: ({ label, figure, day }) => [
    `ledger entry: ${label ?? ''} of ${formatCreditCount(figure ?? 0)}`,
    day,
  ],
  generation: ({ label, detail, day }) => [`${label ?? ''} generation`, detail, day],
  setupAttempt: ({ label, day }) => [`card setup ${label ?? ''}`, day],
};

/** Why a customer is found by an id that no record of the book has. */
export const describeMention = ({ type, byType, byId }: Mention): string =>
  shortened(`${NAMES[type]} not in the data, named by ${NAMES[byType]} ${byId}`);
