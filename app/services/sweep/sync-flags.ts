import { accountTotals, dailyClosings } from '#app/domain/book/account-totals.ts';
import type { AccountTotals } from '#app/domain/book/account-totals.ts';
import { closingLabel } from '#app/domain/flags/labels.ts';
import { flagFinding } from '#app/domain/flags/flag-finding.ts';
import { flagKey } from '#app/domain/flags/flag.ts';
import type { Flag, FlagEventKind, FlagFinding } from '#app/domain/flags/flag.ts';
import { diffFlags } from '#app/domain/flags/diff-flags.ts';
import type { FlagChange } from '#app/domain/flags/diff-flags.ts';
import type { Instant } from '#app/lib/instant.ts';
import { addGenerationFacts } from '#app/services/sweep/add-generation-facts.ts';
import type { Deps } from '#app/services/deps.ts';
import type { EvaluatedAccount, EvaluatedBatch } from '#app/services/sweep/evaluate-accounts.ts';
import { createYielder } from '#app/lib/yield-to-event-loop.ts';
import { findAccounts } from '#db/queries/book/accounts.ts';
import type { AccountRow } from '#db/queries/book/accounts.ts';
import {
  activeFlags,
  activeFlagsInWrite,
  flagsByIdentity,
  insertFlagEvents,
  insertFlags,
  updateFlag,
} from '#db/queries/flags/flags.ts';
import type { FlagEventRow } from '#db/queries/flags/flags.ts';
import { saveAccounts } from '#db/queries/book/save-accounts.ts';
import type { Tx } from '#db/store.ts';

/** What a settling has done: flag events by kind, and accounts left to a later sweep. */
export interface SyncReport {
  events: Partial<Record<FlagEventKind, number>>;
  /** Their records changed, or a later sweep was quicker, after they were read. */
  skipped: number;
  /** Accounts whose row was written. */
  written: number;
}

interface Judged extends EvaluatedAccount {
  findings: FlagFinding[];
  totals: AccountTotals;
  daily: [number, number][];
}

/**
 * Makes flags and accounts agree with an evaluation, in one write that holds nothing but what changed;
 * none where nothing did. Several sweeps may run at once: an account is written only while its records
 * are at the revision that was evaluated and no sweep of a later instant has settled it.
 */
export const syncFlags = async (deps: Deps, evaluated: EvaluatedBatch): Promise<SyncReport> => {
  const { asOf, batch } = evaluated;
  const judged = await judge(deps, evaluated);
  const flags = byCustomer(await activeFlags(deps.store.read, batch));
  const changed = judged.filter(
    (one) =>
      differs(one) ||
      diffFlags(flags.get(one.book.customerId) ?? [], one.findings, asOf, () => '').length > 0,
  );
  if (changed.length === 0) return { events: {}, skipped: 0, written: 0 };
  return deps.store.write((tx) => write(deps, tx, changed, asOf));
};

async function judge(deps: Deps, { accounts, asOf }: EvaluatedBatch): Promise<Judged[]> {
  const turn = createYielder();
  const judged: Judged[] = [];
  for (const one of accounts) {
    const findings: FlagFinding[] = [];
    for (const finding of one.evaluation.findings) {
      findings.push(flagFinding(finding, one.book, asOf));
      await turn();
    }
    const [totals, daily] = [accountTotals(one.book), dailyClosings(one.book)];
    judged.push({ ...one, findings, totals, daily });
    await turn();
  }
  await addGenerationFacts(
    deps,
    judged.flatMap(({ findings }) => findings),
  );
  return judged;
}

async function write(deps: Deps, tx: Tx, changed: Judged[], asOf: Instant): Promise<SyncReport> {
  const now = await findAccounts(
    tx,
    changed.map(({ book }) => book.customerId),
  );
  const current = new Map(now.map((row) => [row.customerId, row]));
  const kept = changed.filter((one) =>
    isCurrent(one.account, current.get(one.book.customerId), asOf),
  );
  const seen = new Map(kept.map((one) => [one.book.customerId, one]));
  const findings = kept.flatMap((one) => one.findings);
  const existing = await existingFlags(tx, [...seen.keys()], findings);
  const why = (flag: Flag): string => {
    const one = seen.get(flag.customerId);
    // Flags of other customers are here only because they were found, so they are not closed.
    return one ? closingLabel(flag, one.book, one.evaluation.undecided) : '';
  };
  const events = await writeFlagChanges(deps, tx, diffFlags(existing, findings, asOf, why), asOf);
  await saveAccounts(
    tx,
    kept.map((one) => closedFlagRow(one, asOf)),
  );
  return { events, skipped: changed.length - kept.length, written: kept.length };
}

function byCustomer(flags: readonly Flag[]): Map<string, Flag[]> {
  const grouped = new Map<string, Flag[]>();
  for (const flag of flags) {
    const known = grouped.get(flag.customerId);
    if (known) known.push(flag);
    else grouped.set(flag.customerId, [flag]);
  }
  return grouped;
}

function isCurrent(read: AccountRow, now: AccountRow | undefined, asOf: Instant): boolean {
  return now?.revision === read.revision && (now.sweptAt === null || now.sweptAt <= asOf);
}

/** The active flags of these customers, and whatever flags their findings have elsewhere. */
async function existingFlags(
  tx: Tx,
  customerIds: string[],
  findings: readonly FlagFinding[],
): Promise<Flag[]> {
  const active = await activeFlagsInWrite(tx, customerIds);
  const known = new Set(active.map(flagKey));
  const unknown = findings.filter((finding) => !known.has(flagKey(finding)));
  return [...active, ...(await flagsByIdentity(tx, unknown))];
}

function differs({ account, totals, evaluation }: Judged): boolean {
  return (
    account.dirty ||
    account.sweptAt === null ||
    account.nextCheck !== evaluation.nextCheck ||
    account.waitsForLedger !== evaluation.waits.ledger ||
    account.waitsForInvoices !== evaluation.waits.invoices ||
    account.unpriced !== evaluation.unpriced ||
    account.opening !== totals.opening ||
    account.total !== totals.total ||
    account.entries !== totals.entries ||
    account.payments !== totals.payments ||
    account.generations !== totals.generations
  );
}

const closedFlagRow = ({ account, totals, daily, evaluation }: Judged, asOf: Instant) => ({
  customerId: account.customerId,
  revision: account.revision,
  dirty: false,
  sweptAt: asOf,
  nextCheck: evaluation.nextCheck,
  waitsForLedger: evaluation.waits.ledger,
  waitsForInvoices: evaluation.waits.invoices,
  ...totals,
  daily,
  unpriced: evaluation.unpriced,
});

/** Writes what a sweep makes of flags, with their history; answers how many events of each kind. */
const writeFlagChanges = async (
  { newId }: Pick<Deps, 'newId'>,
  tx: Tx,
  changes: readonly FlagChange[],
  at: Instant,
): Promise<Partial<Record<FlagEventKind, number>>> => {
  const fresh: Flag[] = [];
  const events: FlagEventRow[] = [];
  const record = (flagId: string, kind: FlagEventKind, more: Partial<FlagEventRow>): void => {
    const none = { actorId: null, reason: null, ticket: null, detail: null };
    events.push({ ...none, id: newId('fev'), flagId, at, kind, ...more });
  };
  for (const change of changes) {
    if (change.kind === 'open') {
      const flag = { ...change.flag, id: newId('flg') };
      fresh.push(flag);
      record(flag.id, 'opened', {});
      continue;
    }
    const { before, after, event, detail } = change;
    // Read in this same serializable write, so nobody can have changed it in between.
    if (!(await updateFlag(tx, before, after))) throw new Error('a flag changed within a write');
    if (event)
      record(before.id, event, { detail, reason: event === 'closed' ? after.reason : null });
  }
  await insertFlags(tx, fresh);
  await insertFlagEvents(tx, events);
  return tally(events);
};

function tally(events: readonly FlagEventRow[]): Partial<Record<FlagEventKind, number>> {
  const counts: Partial<Record<FlagEventKind, number>> = {};
  for (const { kind } of events) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
