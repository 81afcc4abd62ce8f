import type { FlagEventKind } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { Customers } from '#app/services/account-batches.ts';
import type { Deps } from '#app/services/deps.ts';
import { evaluateAccounts } from '#app/services/evaluate-accounts.ts';
import type { EvaluatedBatch } from '#app/services/evaluate-accounts.ts';
import { settleAccounts } from '#app/services/settle-accounts.ts';
import type { Settled } from '#app/services/settle-accounts.ts';

export interface SweepReport extends Settled {
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

const NOTHING: Settled = { events: {}, skipped: 0, written: 0 };

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
    add(report, evaluated, dryRun ? NOTHING : await settleAccounts(deps, evaluated));
    onProgress?.(report);
    if (signal?.aborted) break;
  }
  return report;
};

function add(report: SweepReport, { accounts }: EvaluatedBatch, settled: Settled): void {
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
