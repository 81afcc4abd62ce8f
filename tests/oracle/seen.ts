import type { BookRecord, Stream } from '#app/domain/book/records.ts';
import type { NaivePolicyVersion, Seen } from '#tests/oracle/naive-types.ts';
import { compareEntries } from '#tests/oracle/order-words.ts';
import { policyAt } from '#tests/oracle/policy-words.ts';

/** Of two records of one type and id, the one read later. */
export function latestVersions(records: BookRecord[]): BookRecord[] {
  const kept: BookRecord[] = [];
  for (const [index, line] of records.entries()) {
    const replaced = records
      .slice(index + 1)
      .some((later) => later.type === line.type && later.record.id === line.record.id);
    if (!replaced) kept.push(line);
  }
  return kept;
}

/** Every id that a record names as its customer, and every customer's own. */
export function customerIds(records: BookRecord[]): string[] {
  const ids = new Set<string>();
  for (const line of records) {
    if (line.type === 'customer') ids.add(line.record.id);
    else if (line.type !== 'watermark') ids.add(line.record.customerId);
  }
  return [...ids];
}

const RECORD_OF_STREAM: Record<Stream, BookRecord['type']> = {
  payments: 'payment',
  invoices: 'invoice',
  ledger: 'ledgerEntry',
  generations: 'generation',
};

/** True where the whole book knows the stream to `t`: by its watermark, else by holding any record of it. */
function knownTo(records: BookRecord[], stream: Stream, t: number): boolean {
  for (const line of records) {
    if (line.type === 'watermark' && line.record.id === stream) return line.record.through >= t;
  }
  return records.some((line) => line.type === RECORD_OF_STREAM[stream]);
}

/** What the rules see of one customer at `asOf`. */
export function see(
  records: BookRecord[],
  customerId: string,
  policies: NaivePolicyVersion[],
  asOf: number,
): Seen {
  const seen: Seen = {
    customerId,
    asOf,
    customer: undefined,
    subscriptions: [],
    payments: [],
    refunds: [],
    invoices: [],
    entries: [],
    generations: [],
    setupAttempts: [],
    policy: policyAt(policies, asOf),
    policies,
    known: (stream, t) => knownTo(records, stream, t),
  };
  for (const line of records) addIfSeen(seen, line);
  seen.entries.sort(compareEntries);
  return seen;
}

/** Adds the record where it is this customer's and has happened. */
function addIfSeen(seen: Seen, line: BookRecord): void {
  const { customerId, asOf } = seen;
  if (line.type === 'watermark') return;
  if (line.type === 'customer') {
    if (line.record.id === customerId && line.record.createdAt <= asOf) seen.customer = line.record;
    return;
  }
  if (line.record.customerId !== customerId) return;
  if (line.type === 'subscription') seen.subscriptions.push(line.record);
  if (line.type === 'payment' && line.record.createdAt <= asOf) seen.payments.push(line.record);
  if (line.type === 'refund' && line.record.createdAt <= asOf) seen.refunds.push(line.record);
  if (line.type === 'invoice' && line.record.createdAt <= asOf) seen.invoices.push(line.record);
  if (line.type === 'ledgerEntry' && line.record.occurredAt <= asOf) seen.entries.push(line.record);
  if (line.type === 'generation' && line.record.startedAt <= asOf) {
    seen.generations.push(line.record);
  }
  if (line.type === 'setupAttempt' && line.record.at <= asOf) seen.setupAttempts.push(line.record);
}
