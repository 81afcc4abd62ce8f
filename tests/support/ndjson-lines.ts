import type { BookRecord } from '#app/domain/book/records.ts';
import { toIso } from '#app/lib/instant.ts';

const INSTANT_FIELDS = new Set([
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

/** The line of an exchange file that holds the record: instants as ISO 8601, nulls left out. */
export function toNdjsonLine({ type, record }: BookRecord): string {
  const line: Record<string, unknown> = { type };
  for (const [field, value] of Object.entries(record)) {
    if (value === null) continue;
    // An absent sequence counts as 0: both spellings of it are exercised.
    if (field === 'sequence' && value === 0) continue;
    line[field] =
      INSTANT_FIELDS.has(field) && typeof value === 'number' ? toIso(value) : (value as unknown);
  }
  return JSON.stringify(line);
}

/** A whole exchange file, a line a record. */
export const toNdjson = (records: BookRecord[]): string =>
  records.map((line) => `${toNdjsonLine(line)}\n`).join('');
