import type { Book } from '#app/domain/book/book.ts';
import type { Instant } from '#app/domain/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { Evaluation, World } from '#app/domain/rules/evaluate.ts';
import { accountBatches } from '#app/services/account-batches.ts';
import type { AccountBatch, Customers } from '#app/services/account-batches.ts';
import type { Deps } from '#app/services/deps.ts';
import {
  evaluateInTurns,
  LARGE,
  loadLargeBook,
  oneLargeBookAtATime,
} from '#app/services/large-book.ts';
import { makeTurns } from '#app/services/turns.ts';
import { readWorld } from '#app/services/read-world.ts';
import type { AccountRow } from '#db/queries/accounts.ts';
import { othersFirst } from '#db/event-loop.ts';
import { loadBooks } from '#db/queries/books.ts';
import type { CustomerBatch } from '#db/queries/books.ts';
import type { Read } from '#db/store.ts';

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
  let world: World | null = null;
  let page = 0;
  for await (const batch of accountBatches(deps, customers, mostRows)) {
    // Policy and watermarks are read after the accounts they judge: a change that comes later raises
    // the accounts' revision, or leaves them waiting.
    if (world === null || page !== batch.page) world = await readWorld(deps.store.read);
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
  world: World,
  asOf: Instant,
): Promise<EvaluatedAccount[]> {
  const [account] = batch.accounts;
  if (account === undefined || batch.accounts.length > 1 || batch.rows < LARGE)
    return evaluateBooks(batch, await loadBooks(read, batch), world, asOf);
  return oneLargeBookAtATime(async () => {
    const turn = makeTurns();
    const book = await loadLargeBook(read, account.customerId, turn);
    return [{ account, book, evaluation: await evaluateInTurns(book, world, asOf, turn) }];
  });
}

async function evaluateBooks(
  { accounts }: AccountBatch,
  books: readonly Book[],
  world: World,
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
