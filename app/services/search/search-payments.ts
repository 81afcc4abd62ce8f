import type { FoundRecord } from '#app/domain/search/result.ts';
import { decimalsOf } from '#app/domain/money/money.ts';
import type { PaymentClues } from '#app/domain/search/payment-clues.ts';
import type { SearchQuery } from '#app/domain/search/parse-query.ts';
import type { AmountClue } from '#app/domain/search/read-amount.ts';
import type { DayClue } from '#app/domain/search/read-day.ts';
import { hitOf, SCORE } from '#app/domain/search/rank.ts';
import type { SearchHit } from '#app/domain/search/rank.ts';
import type { Deps } from '#app/services/deps.ts';
import { peopleNamed } from '#db/queries/search/search-people.ts';
import { paymentsWith } from '#db/queries/search/search-payments.ts';

const MOST_WAYS = 12;
/** Customers whose payments are looked through when a name stands beside an amount. */
const MOST_CUSTOMERS = 5;

interface Way {
  amount: AmountClue | null;
  day: DayClue | null;
  last4: string | null;
}

/** The payments that what a card statement shows may mean, at most `most` for each way to read it. */
export async function findPayments(
  deps: Pick<Deps, 'store' | 'now'>,
  { clues, within }: SearchQuery,
  most: number,
): Promise<SearchHit[]> {
  if (clues.length === 0) return [];
  const { read } = deps.store;
  const people = within === null ? [] : await peopleNamed(read, within, 2 * MOST_CUSTOMERS);
  const customerIds = [...new Set(people.map(({ customerId }) => customerId))];
  const nobody = people.length === 0;
  const found = await Promise.all(
    clues
      .flatMap(waysOf)
      .slice(0, MOST_WAYS)
      .map(async ({ amount, day, last4 }) => {
        const rows = await paymentsWith(
          read,
          {
            amount: amount?.minor,
            currencies: amount?.currencies ?? undefined,
            from: day?.from,
            to: day?.to,
            last4: last4 ?? undefined,
            customerIds: nobody ? undefined : customerIds.slice(0, MOST_CUSTOMERS),
          },
          most,
        );
        const unread = [amount, day, last4, nobody ? null : within].filter((clue) => clue === null);
        const score = SCORE.line - 10 * Math.max(0, unread.length - 1);
        return rows
          .filter((row) => fits(row, amount))
          .map((row) => hitOf(row, isElsewhere(row, day) ? score - 1 : score, deps.now()));
      }),
  );
  return found.flat();
}

/** Alternatives of amount and day, each with each. */
const waysOf = ({ amounts, days, last4 }: PaymentClues): Way[] =>
  (amounts.length > 0 ? amounts : [null]).flatMap((amount) =>
    (days.length > 0 ? days : [null]).map((day) => ({ amount, day, last4 })),
  );

/** `49` is $49.00 or ¥49: 49 minor units of a currency with decimals are neither. */
const fits = ({ currency }: FoundRecord, amount: AmountClue | null): boolean =>
  amount === null || currency === null || decimalsOf(currency) === amount.decimals;

/** Outside the day in UTC, though inside it in some time zone. */
const isElsewhere = ({ at }: FoundRecord, day: DayClue | null): boolean =>
  day !== null && at !== null && (at < day.utc || at >= day.utc + 86_400_000);
