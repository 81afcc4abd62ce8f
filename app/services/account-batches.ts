import type { Deps } from '#app/services/deps.ts';
import { findAccounts, listAccounts } from '#db/queries/accounts.ts';
import type { AccountRow } from '#db/queries/accounts.ts';
import type { CustomerBatch } from '#db/queries/books.ts';
import { countAccountsBetween, countRows } from '#db/queries/row-counts.ts';

/** Whose accounts: every customer's, those whose records changed, or these. */
export type Customers = 'all' | 'dirty' | readonly string[];

/** Accounts that are read at once; `revision` as it was before any of their records were read. */
export interface AccountBatch extends CustomerBatch {
  accounts: AccountRow[];
  /** Records in all, about. */
  rows: number;
  /** Batches of one page have had their accounts read at the same time. */
  page: number;
}

const ACCOUNTS_AT_ONCE = 1_000;
/** What a customer costs beside ledger entries and generations, in rows. */
const ROWS_OF_ANY = 20;

/**
 * The accounts of `customers` in batches of about `mostRows` records, so that memory stays the same
 * however large the book is; a larger customer is a batch of its own.
 */
export async function* accountBatches(
  { store: { read } }: Pick<Deps, 'store'>,
  customers: Customers,
  mostRows: number,
): AsyncGenerator<AccountBatch> {
  let page = 0;
  for await (const accounts of accountPages(read, customers)) {
    page += 1;
    const range = await isRange(read, customers, accounts);
    const counts = await unknownCounts(read, accounts, range, mostRows);
    let batch: AccountRow[] = [];
    let rows = 0;
    for (const account of accounts) {
      const own = (counts.get(account.customerId) ?? knownCount(account)) + ROWS_OF_ANY;
      if (batch.length > 0 && rows + own > mostRows) {
        yield { ids: batch.map(idOf), range, accounts: batch, rows, page };
        [batch, rows] = [[], 0];
      }
      batch.push(account);
      rows += own;
    }
    if (batch.length > 0) yield { ids: batch.map(idOf), range, accounts: batch, rows, page };
  }
}

type Read = Deps['store']['read'];
const idOf = ({ customerId }: AccountRow): string => customerId;
const knownCount = ({ entries, generations }: AccountRow): number => entries + generations;

async function* accountPages(read: Read, customers: Customers): AsyncGenerator<AccountRow[]> {
  if (typeof customers !== 'string') {
    const ids = [...new Set(customers)];
    for (let at = 0; at < ids.length; at += ACCOUNTS_AT_ONCE) {
      yield await findAccounts(read, ids.slice(at, at + ACCOUNTS_AT_ONCE));
    }
    return;
  }
  const dirtyOnly = customers === 'dirty';
  let after: string | null = null;
  for (;;) {
    const page = await listAccounts(read, { after, limit: ACCOUNTS_AT_ONCE, dirtyOnly });
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.customerId;
    yield page;
  }
}

/** Whether reading all that lies between the first and the last costs less than asking for each. */
async function isRange(
  read: Read,
  customers: Customers,
  accounts: readonly AccountRow[],
): Promise<boolean> {
  const [first, last] = [accounts[0], accounts.at(-1)];
  if (customers !== 'dirty') return customers === 'all';
  if (first === undefined || last === undefined) return false;
  const between = await countAccountsBetween(read, first.customerId, last.customerId);
  return between <= accounts.length * 1.5;
}

/** How many records an account has it knows as of its last sweep: those changed since are counted. */
async function unknownCounts(
  read: Read,
  accounts: readonly AccountRow[],
  range: boolean,
  mostRows: number,
): Promise<Map<string, number>> {
  const unknown = accounts.filter(({ sweptAt, dirty }) => sweptAt === null || dirty);
  if (unknown.length === 0) return new Map();
  return countRows(read, { ids: (range ? accounts : unknown).map(idOf), range }, mostRows);
}
