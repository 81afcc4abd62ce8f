import type { FlagEventKind } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';
import { evaluateAccounts } from '#app/services/sweep/evaluate-accounts.ts';
import type { Customers, EvaluatedBatch } from '#app/services/sweep/evaluate-accounts.ts';
import type { Deps } from '#app/services/deps.ts';
import { syncFlags } from '#app/services/sweep/sync-flags.ts';
import type { SyncReport } from '#app/services/sweep/sync-flags.ts';
import { listDueCustomers } from '#db/queries/book/accounts.ts';
import { readStreams } from '#db/queries/book/streams.ts';

export interface SweepReport extends SyncReport {
  /** Accounts evaluated. */
  customers: number;
  findings: number;
}

export interface SweepOptions {
  customers: Customers;
  /** Default: now. Settling by another time would write a history that never was. */
  asOf?: Instant | undefined;
  /** Evaluates only: no flag and no account is written. */
  dryRun?: boolean | undefined;
  /** Records read at once; see `evaluateAccounts`. */
  mostRows?: number | undefined;
  /** Ends the sweep after the batch at hand. */
  signal?: AbortSignal | undefined;
  /** Gets each batch before its flags are settled. */
  onEvaluated?: ((batch: EvaluatedBatch) => Promise<void>) | undefined;
}

const NOTHING: SyncReport = { events: {}, skipped: 0, written: 0 };

/**
 * Evaluates accounts as of now and settles their flags, batch by batch; each batch is one write, so
 * that a killed sweep has done its first batches and the rest stays due.
 * @param onProgress called after each batch with the report so far.
 */
export const sweepAccounts = async (
  deps: Deps,
  { customers, asOf, dryRun, mostRows, signal, onEvaluated }: SweepOptions,
  onProgress?: (soFar: Readonly<SweepReport>) => void,
): Promise<SweepReport> => {
  const report: SweepReport = { ...NOTHING, events: {}, customers: 0, findings: 0 };
  for await (const evaluated of evaluateAccounts(deps, { customers, asOf, mostRows })) {
    await onEvaluated?.(evaluated);
    add(report, evaluated, dryRun ? NOTHING : await syncFlags(deps, evaluated));
    onProgress?.(report);
    if (signal?.aborted) break;
  }
  return report;
};

function add(report: SweepReport, { accounts }: EvaluatedBatch, settled: SyncReport): void {
  report.customers += accounts.length;
  for (const { evaluation } of accounts) report.findings += evaluation.findings.length;
  report.skipped += settled.skipped;
  report.written += settled.written;
  for (const [kind, count] of Object.entries(settled.events)) {
    // `Object.entries` forgets the keys' type.
    const event = kind as FlagEventKind;
    report.events[event] = (report.events[event] ?? 0) + count;
  }
}

/** Customers taken on in one call, of each reason to be due. */
const AT_ONCE = 1_000;
/** Few records at a time: a server answers pages between the batches. */
const MOST_ROWS = 4_000;

export interface DueSweep extends SweepReport {
  /** Whether there may be more to do at once. */
  more: boolean;
}

/** Sweeps the customers that are due: changed records, an ended grace or snooze, a stream come in. */
export const sweepDueAccounts = async (deps: Deps, signal?: AbortSignal): Promise<DueSweep> => {
  const streams = await readStreams(deps.store.read);
  const customers = await listDueCustomers(deps.store.read, {
    now: deps.now(),
    streams,
    limit: AT_ONCE,
  });
  const report = await sweepAccounts(deps, { customers, mostRows: MOST_ROWS, signal });
  return { ...report, more: customers.length >= AT_ONCE };
};

/** The whole book, in batches small enough for a server. */
export const sweepWholeBook = async (deps: Deps, signal?: AbortSignal): Promise<SweepReport> =>
  sweepAccounts(deps, { customers: 'all', mostRows: MOST_ROWS, signal });
