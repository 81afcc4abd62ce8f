import { DAY, MINUTE } from '#app/lib/instant.ts';
import { describeRule } from '#tests/support/rule-cases.ts';
import { T, customer, entry } from '#tests/factories/account.ts';
import type { Book, BookEntry } from '#app/domain/book/book.ts';

const at = T + DAY;
const asOf = at + 2 * MINUTE;
const reported = (reportedBalance: number | null, entries: BookEntry[]): Partial<Book> => ({
  customer: customer({ reportedBalance, reportedBalanceAt: at }),
  entries,
});
const near = (distance: number): BookEntry =>
  entry({ id: 'le_near', kind: 'usage', credits: -1, occurredAt: at + distance });

describeRule('balance-mismatch', [
  {
    name: 'tells how much too many are shown',
    book: reported(5_077, [entry()]),
    asOf,
    finds: [
      {
        subject: 'customer:org_1',
        severity: 'medium',
        confidence: 'confirmed',
        credits: 77,
        amount: undefined,
        since: at,
        evidence: ['customer:org_1', 'ledgerEntry:le_1'],
      },
    ],
  },
  {
    name: 'tells how many too few are shown',
    book: reported(4_900, [entry()]),
    asOf,
    finds: [{ credits: -100 }],
  },
  { name: 'is silent where they agree', book: reported(5_000, [entry()]), asOf, finds: [] },
  {
    name: 'counts the opening balance',
    book: reported(5_100, [entry({ balanceAfter: 5_100 })]),
    asOf,
    finds: [],
  },
  {
    name: 'is silent before the tolerance has passed',
    book: reported(1, [entry()]),
    asOf: asOf - 1,
    finds: [],
  },
  {
    name: 'compares at the report, not now',
    book: reported(5_000, [entry(), near(3 * MINUTE)]),
    asOf: T + 3 * DAY,
    finds: [],
  },
  {
    name: 'an entry two minutes before silences',
    book: reported(1, [entry(), near(-2 * MINUTE)]),
    asOf,
    finds: [],
  },
  {
    name: 'an entry earlier does not',
    book: reported(1, [entry(), near(-2 * MINUTE - 1)]),
    asOf,
    finds: [{ credits: -4_998 }],
  },
  {
    name: 'an entry two minutes after silences',
    book: reported(1, [entry(), near(2 * MINUTE)]),
    asOf,
    finds: [],
  },
  {
    name: 'an entry later does not',
    book: reported(1, [entry(), near(2 * MINUTE + 1)]),
    asOf: asOf + 1,
    finds: [{ credits: -4_999 }],
  },
  {
    name: 'an entry at the report silences',
    book: reported(1, [entry(), near(0)]),
    asOf,
    finds: [],
  },
  {
    name: 'without entries the balance is 0',
    book: reported(10, []),
    asOf,
    finds: [{ credits: 10, evidence: ['customer:org_1'] }],
  },
  { name: 'no report', book: reported(null, [entry()]), asOf, finds: [] },
  {
    name: 'a report at no known instant',
    book: { customer: customer({ reportedBalance: 1 }), entries: [entry()] },
    asOf,
    finds: [],
  },
  { name: 'no customer record', book: { customer: null, entries: [entry()] }, asOf, finds: [] },
  {
    name: 'a customer created after asOf is not seen',
    book: {
      customer: customer({ reportedBalance: 1, reportedBalanceAt: at, createdAt: asOf + 1 }),
      entries: [entry()],
    },
    asOf,
    finds: [],
  },
]);
