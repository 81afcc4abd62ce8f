import { accountTotals, dailyClosings } from '#app/domain/book/account-totals.ts';
import type { Book } from '#app/domain/book/book.ts';
import { bookAsOf } from '#app/domain/book/as-of.ts';
import { flagFinding } from '#app/domain/flags/flag-finding.ts';
import type { FlagFinding } from '#app/domain/flags/flag.ts';
import { LAST_INSTANT } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { RuleContext } from '#app/domain/rules/evaluate.ts';
import { addGenerationFacts } from '#app/services/sweep/add-generation-facts.ts';
import {
  evaluateInTurns,
  LARGE,
  loadLargeBook,
  oneLargeBookAtATime,
} from '#app/services/sweep/large-book.ts';
import { createYielder } from '#app/lib/yield-to-event-loop.ts';
import { countRowsOf } from '#db/queries/book/row-counts.ts';
import { loadBooks } from '#db/queries/book/books.ts';
import { accountHead } from '#db/queries/customers/customer-page.ts';
import { sumOfNewer } from '#db/queries/customers/ledger-rows.ts';
import type { Store } from '#db/store-types.ts';

type KeptAccount = Awaited<ReturnType<typeof accountHead>>[number];

const noTurn = async (): Promise<void> => undefined;

/** The figures of an account at an instant, kept by the sweep or worked out from the whole book. */
export interface CustomerAccount {
  /** Credits at the instant. */
  balance: number;
  opening: number;
  /** [days since 1970, credits at its end], oldest first. */
  daily: [number, number][];
  entries: number;
  payments: number;
  generations: number;
  unpriced: number;
  waitsForLedger: Instant | null;
  waitsForInvoices: Instant | null;
  /** What the rules find now; null: the stored flags say it. */
  findings: FlagFinding[] | null;
}

/**
 * The account of a customer; null where no record mentions the id. The sweep's figures stand while
 * nothing has changed and no grace has ended since; else, and for the past, the rules run over the
 * whole book, as the sweep would run them, and nothing is written.
 */
export async function loadAccount(
  store: Store,
  customerId: string,
  world: RuleContext,
  now: Instant,
  asOf: Instant | null,
): Promise<CustomerAccount | null> {
  const [kept] = await accountHead(store.read, { customerId });
  if (kept === undefined) return null;
  const fresh = !kept.dirty && kept.sweptAt !== null && (kept.nextCheck ?? Infinity) > now;
  if (!fresh || asOf !== null) {
    const large = await isLarge(store, customerId, kept);
    const work = () => evaluated(store, customerId, world, asOf ?? now, large);
    return large ? oneLargeBookAtATime(work) : work();
  }
  const end = { at: now + 1, sequence: Number.MIN_SAFE_INTEGER, id: '' };
  const [later] = await sumOfNewer(store.read, { customerId, ...end, limitAt: LAST_INSTANT });
  return {
    ...kept,
    balance: kept.total - (later?.credits ?? 0),
    entries: kept.entries - (later?.entries ?? 0),
    daily: kept.daily ?? [],
    findings: null,
  };
}

/** By what the last sweep counted; records that came since are counted now. */
async function isLarge(
  { read }: Store,
  customerId: string,
  { sweptAt, dirty, entries, generations }: KeptAccount,
): Promise<boolean> {
  const rows =
    sweptAt === null || dirty ? await countRowsOf(read, customerId, LARGE) : entries + generations;
  return rows >= LARGE;
}

async function evaluated(
  store: Store,
  customerId: string,
  world: RuleContext,
  at: Instant,
  large: boolean,
): Promise<CustomerAccount | null> {
  // A small book is judged before anybody else could want a turn.
  const turn = large ? createYielder() : noTurn;
  const [book] = large
    ? [await loadLargeBook(store.read, customerId, turn)]
    : await loadBooks(store.read, { ids: [customerId], range: false });
  if (book === undefined) return null;
  const evaluation = large
    ? await evaluateInTurns(book, world, at, turn)
    : evaluate(book, world, at);
  await turn();
  const seen: Book = { customerId, ...bookAsOf(book, at) };
  await turn();
  const { total, ...totals } = accountTotals(seen);
  await turn();
  const daily = dailyClosings(seen);
  await turn();
  const findings: FlagFinding[] = [];
  for (const finding of evaluation.findings) {
    findings.push(flagFinding(finding, book, at));
    await turn();
  }
  await addGenerationFacts({ store }, findings);
  await turn();
  return {
    ...totals,
    balance: total,
    daily,
    unpriced: evaluation.unpriced,
    waitsForLedger: evaluation.waits.ledger,
    waitsForInvoices: evaluation.waits.invoices,
    findings,
  };
}
