import { accountTotals, dailyClosings } from '#app/domain/book/account-totals.ts';
import type { Book } from '#app/domain/book/book.ts';
import { seenAt } from '#app/domain/book/seen.ts';
import { flagFinding } from '#app/domain/flags/flag-finding.ts';
import type { FlagFinding } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/domain/instant.ts';
import { evaluate } from '#app/domain/rules/evaluate.ts';
import type { World } from '#app/domain/rules/evaluate.ts';
import { addGenerationFacts } from '#app/services/add-generation-facts.ts';
import {
  evaluateInTurns,
  LARGE,
  loadLargeBook,
  oneLargeBookAtATime,
} from '#app/services/large-book.ts';
import { makeTurns } from '#app/services/turns.ts';
import { countRowsOf } from '#db/queries/row-counts.ts';
import { LAST_INSTANT } from '#app/services/row-places.ts';
import { loadBooks } from '#db/queries/books.ts';
import { accountHead } from '#db/queries/customer-page.ts';
import { sumOfNewer } from '#db/queries/ledger-rows.ts';
import type { Store } from '#db/store.ts';

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
export async function customerAccount(
  store: Store,
  customerId: string,
  world: World,
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
  world: World,
  at: Instant,
  large: boolean,
): Promise<CustomerAccount | null> {
  // A small book is judged before anybody else could want a turn.
  const turn = large ? makeTurns() : noTurn;
  const [book] = large
    ? [await loadLargeBook(store.read, customerId, turn)]
    : await loadBooks(store.read, { ids: [customerId], range: false });
  if (book === undefined) return null;
  const evaluation = large
    ? await evaluateInTurns(book, world, at, turn)
    : evaluate(book, world, at);
  await turn();
  const seen: Book = { customerId, ...seenAt(book, at) };
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
