import type { Book } from '#app/domain/book/book.ts';
import type { Instant } from '#app/lib/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { Evaluation, RuleContext } from '#app/domain/rules/evaluate.ts';
import type { Deps } from '#app/services/deps.ts';
import {
  evaluateInTurns,
  LARGE,
  loadLargeBook,
  oneLargeBookAtATime,
} from '#app/services/sweep/large-book.ts';
import { createYielder } from '#app/lib/yield-to-event-loop.ts';
import { loadRuleContext } from '#app/services/policy/load-rule-context.ts';
import { findAccounts, listAccounts } from '#db/queries/book/accounts.ts';
import { othersFirst } from '#app/lib/event-loop.ts';
import type { AccountRow } from '#db/queries/book/accounts.ts';
import { loadBooks } from '#db/queries/book/books.ts';
import type { CustomerBatch } from '#db/queries/book/books.ts';
import type { Read } from '#db/store.ts';
import { countAccountsBetween, countRows } from '#db/queries/book/row-counts.ts';

export interface EvaluatedAccount {
  /** As it was before the book was read. */
  account: AccountRow;
  book: Book;
  evaluation: Evaluation;
}
export interface EvaluatedBatch {
  asOf: Instant;
  batch: CustomerBatch;
  accounts: EvaluatedAccount[];
}
export interface EvaluateOptions {
  customers: Customers;
  /** Default: now, read anew for each batch. */
  asOf?: Instant | undefined;
  /** Records read at once: more is faster, fewer leaves a server's other work shorter waits. */
  mostRows?: number | undefined;
}

const MOST_ROWS = 20_000;
/** Records evaluated before other work of the process gets a turn: a few milliseconds. */
const ROWS_IN_ONE_GO = 4_000;

/** Runs all rules over many customers' books, a batch at a time; writes nothing. */
export async function* evaluateAccounts(
  deps: Deps,
  { customers, asOf, mostRows = MOST_ROWS }: EvaluateOptions,
): AsyncGenerator<EvaluatedBatch> {
  let world: RuleContext | null = null;
  let page = 0;
  for await (const batch of accountBatches(deps, customers, mostRows)) {
    // Policy and watermarks are read after the accounts they judge: a change that comes later raises
    // the accounts' revision, or leaves them waiting.
    if (world === null || page !== batch.page) world = await loadRuleContext(deps.store.read);
    page = batch.page;
    const instant = asOf ?? deps.now();
    const accounts = await evaluateBatch(deps.store.read, batch, world, instant);
    yield { asOf: instant, batch, accounts };
  }
}

/** A large customer is a batch of its own, and is read and judged in turns with other work. */
async function evaluateBatch(
  read: Read,
  batch: AccountBatch,
  world: RuleContext,
  asOf: Instant,
): Promise<EvaluatedAccount[]> {
  const [account] = batch.accounts;
  if (account === undefined || batch.accounts.length > 1 || batch.rows < LARGE)
    return evaluateBooks(batch, await loadBooks(read, batch), world, asOf);
  return oneLargeBookAtATime(async () => {
    const turn = createYielder();
    const book = await loadLargeBook(read, account.customerId, turn);
    return [{ account, book, evaluation: await evaluateInTurns(book, world, asOf, turn) }];
  });
}

async function evaluateBooks(
  { accounts }: AccountBatch,
  books: readonly Book[],
  world: RuleContext,
  asOf: Instant,
): Promise<EvaluatedAccount[]> {
  const evaluated: EvaluatedAccount[] = [];
  let rows = 0;
  for (const [i, book] of books.entries()) {
    const account = accounts[i];
    if (account === undefined) throw new Error('a book without an account');
    evaluated.push({ account, book, evaluation: evaluate(book, world, asOf) });
    rows += book.entries.length + book.generations.length;
    if (rows < ROWS_IN_ONE_GO) continue;
    rows = 0;
    await othersFirst();
  }
  return evaluated;
}

/** Whose accounts: every customer's, those whose records changed, or these. */
export type Customers = 'all' | 'dirty' | readonly string[];

/** Accounts that are read at once; `revision` as it was before any of their records were read. */
interface AccountBatch extends CustomerBatch {
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
 * @internal
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
