import type { FlagEventKind } from '#app/domain/flags/flag.ts';
import type { Customers } from '#app/services/account-batches.ts';
import type { Deps } from '#app/services/deps.ts';
import { evaluateAccounts } from '#app/services/evaluate-accounts.ts';
import { settleAccounts } from '#app/services/settle-accounts.ts';

export interface SweepReport {
  /** Accounts evaluated. */
  customers: number;
  findings: number;
  /** What happened to flags. */
  events: Partial<Record<FlagEventKind, number>>;
  /** Accounts whose records changed meanwhile: they stay dirty. */
  skipped: number;
  /** Accounts whose row was written. */
  written: number;
}

export interface SweepOptions {
  customers: Customers;
  /** Records read at once; see `evaluateAccounts`. */
  mostRows?: number;
  /** Ends the sweep after the batch at hand. */
  signal?: AbortSignal;
}

/**
 * Evaluates accounts as of now and settles their flags, batch by batch; each batch is one write, so
 * that a killed sweep has done its first batches and the rest stays due.
 * @param onProgress called after each batch with the report so far.
 */
export const sweepAccounts = async (
  deps: Deps,
  { customers, mostRows, signal }: SweepOptions,
  onProgress?: (soFar: Readonly<SweepReport>) => void,
): Promise<SweepReport> => {
  const report: SweepReport = { customers: 0, findings: 0, events: {}, skipped: 0, written: 0 };
  for await (const evaluated of evaluateAccounts(deps, { customers, mostRows })) {
    const settled = await settleAccounts(deps, evaluated);
    report.customers += evaluated.accounts.length;
    for (const { evaluation } of evaluated.accounts) report.findings += evaluation.findings.length;
    for (const [kind, count] of Object.entries(settled.events)) {
      // `Object.entries` forgets the keys' type.
      const event = kind as FlagEventKind;
      report.events[event] = (report.events[event] ?? 0) + count;
    }
    report.skipped += settled.skipped;
    report.written += settled.written;
    onProgress?.(report);
    if (signal?.aborted) break;
  }
  return report;
};
