import type { RecordByType, RecordType } from '#app/domain/book/records.ts';
import type { Account } from '#scripts/demo-book/account.ts';
import { makeCompany, watermarks } from '#scripts/demo-book/company.ts';
import type { CompanySpec } from '#scripts/demo-book/company.ts';

const INSTANTS: ReadonlySet<string> = new Set([
  'createdAt',
  'reportedBalanceAt',
  'currentPeriodStart',
  'currentPeriodEnd',
  'cancelAt',
  'endedAt',
  'capturedAt',
  'refundedAt',
  'periodStart',
  'finalizedAt',
  'occurredAt',
  'startedAt',
  'finishedAt',
  'at',
  'through',
]);

/** A record as a line of the book format: instants in ISO 8601, what is absent left out. */
const bookLine = <T extends RecordType>(type: T, record: RecordByType[T]): string => {
  const line: Record<string, unknown> = { type };
  for (const [field, value] of Object.entries(record)) {
    if (value === null) continue;
    line[field] =
      typeof value === 'number' && INSTANTS.has(field) ? new Date(value).toISOString() : value;
  }
  return JSON.stringify(line);
};

/**
 * An account's records, the customer first, as lines without their line ends.
 * @internal
 */
export const accountLines = function* (account: Account): Generator<string> {
  if (account.customer !== null) yield bookLine('customer', account.customer);
  for (const member of account.members) yield bookLine('member', member);
  for (const each of account.subscriptions) yield bookLine('subscription', each);
  for (const each of account.payments) yield bookLine('payment', each);
  for (const each of account.refunds) yield bookLine('refund', each);
  for (const each of account.invoices) yield bookLine('invoice', each);
  for (const each of account.generations) yield bookLine('generation', each);
  for (const each of account.entries) yield bookLine('ledgerEntry', each);
  for (const each of account.setupAttempts) yield bookLine('setupAttempt', each);
};

/**
 * The demo book, line by line without line ends: the same `now`, seed and number of customers give the
 * same lines.
 */
export const demoBookLines = function* (spec: CompanySpec): Generator<string> {
  for (const { account } of makeCompany(spec)) yield* accountLines(account);
  for (const each of watermarks(spec.now)) yield bookLine('watermark', each);
};
