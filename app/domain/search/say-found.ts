import { creditsInWords } from '#app/domain/credits.ts';
import { formatMoney } from '#app/domain/money.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { FoundRecord, FoundType, Mention } from '#app/domain/search/found.ts';

const NAMES: Record<FoundType, string> = {
  customer: 'customer',
  member: 'member',
  subscription: 'subscription',
  payment: 'payment',
  refund: 'refund',
  invoice: 'invoice',
  ledgerEntry: 'ledger entry',
  generation: 'generation',
  setupAttempt: 'card set-up',
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
export const shortened = (text: string): string => {
  const letters = Array.from(text.slice(0, 2 * LONGEST + 2));
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : text;
};

/** The day in UTC; the year only where it is not the current one. */
const dayOf = (at: Instant, now: Instant): string =>
  new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear()
    ? DAY.format(at)
    : DAY_AND_YEAR.format(at);

/** What a result is, in a few words: `payment $49.00, 3 May, ·4242`. */
export function sayFound(record: FoundRecord, now: Instant): string {
  const day = record.at === null ? null : dayOf(record.at, now);
  const amount =
    record.figure === null || record.currency === null
      ? null
      : formatMoney(record.figure, record.currency);
  const parts = partsOf(record, amount, day).filter((part) => part !== null && part !== '');
  return shortened(parts.join(', '));
}

function partsOf(
  { type, label, detail, figure }: FoundRecord,
  amount: string | null,
  day: string | null,
): (string | null)[] {
  switch (type) {
    case 'customer':
      return [detail];
    case 'member':
      return [`member ${label ?? ''}`, detail];
    case 'payment':
      return [
        `payment ${amount ?? ''}`,
        day,
        detail && `·${detail}`,
        label === 'succeeded' ? null : (label?.replaceAll('_', ' ') ?? null),
      ];
    case 'refund':
      return [`refund ${amount ?? ''}`, day, label, detail && `bank reference ${detail}`];
    case 'invoice':
      return [`invoice ${label ?? 'without a number'}`, amount, day, detail];
    case 'subscription':
      return [`subscription ${label ?? ''}`, detail?.replaceAll('_', ' ') ?? null];
    case 'ledgerEntry':
      return [`ledger entry: ${label ?? ''} of ${creditsInWords(figure ?? 0)}`, day];
    case 'generation':
      return [`${label ?? ''} generation`, detail, day];
    case 'setupAttempt':
      return [`card set-up ${label ?? ''}`, day];
  }
}

/** Why a customer is found by an id that no record of the book has. */
export const sayMention = ({ type, byType, byId }: Mention): string =>
  shortened(`${NAMES[type]} not in the book, named by ${NAMES[byType]} ${byId}`);
