import type { Book } from '#app/domain/book/book.ts';
import type { Instant } from '#app/lib/instant.ts';
import { evaluateInSteps } from '#app/domain/rules/evaluate.ts';
import { createConcurrencyLimit } from '#app/lib/concurrency-limit.ts';
import type { Evaluation, RuleContext } from '#app/domain/rules/evaluate.ts';
import { findAccount } from '#db/queries/book/accounts.ts';
import { loadBookInPages, loadBooks } from '#db/queries/book/books.ts';
import type { Read } from '#db/store.ts';

/*
 * Reading and judging a book of 100,000 records takes a third of a second. A server does it in turns with its
 * other work, so that nobody else waits for it.
 */

/** Ledger entries and generations from which on a book is read and judged in turns. */
export const LARGE = 4_000;

/** Times that a book is read anew because it changed meanwhile. */
const TRIES = 3;

const line = createConcurrencyLimit({ atOnce: 1, waiting: Infinity });

/**
 * Of the large books of this process one is read and judged at a time: each takes some 100 MB, and many may be
 * asked for at once.
 */
export const oneLargeBookAtATime = async <T>(work: () => Promise<T>): Promise<T> => {
  const done = await line.run(async () => ({ answer: await work() }));
  if (done === null) throw new Error('a line without end turns nobody away');
  return done.answer;
};

/** Awaited between two parts of a long work: lets others go first when it is time. */
export type Turn = () => Promise<void>;

/**
 * A large customer's book as it was at one moment, read in pages. A customer whose records keep changing is read
 * in one go at last.
 */
export async function loadLargeBook(read: Read, customerId: string, turn: Turn): Promise<Book> {
  let before = await revisionOf(read, customerId);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const book = await loadBookInPages(read, customerId, turn);
    const after = await revisionOf(read, customerId);
    if (before === after) return book;
    before = after;
  }
  const [book] = await loadBooks(read, { ids: [customerId], range: false });
  if (book === undefined) throw new Error('a batch of one customer has one book');
  return book;
}

/** Raised with every change of the customer's records. */
const revisionOf = async (read: Read, customerId: string): Promise<number | null> =>
  (await findAccount(read, customerId))?.revision ?? null;

/** All rules over a book, rule by rule, in turns with other work. */
export async function evaluateInTurns(
  book: Book,
  world: RuleContext,
  asOf: Instant,
  turn: Turn,
): Promise<Evaluation> {
  const steps = evaluateInSteps(book, world, asOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await turn();
  }
}
