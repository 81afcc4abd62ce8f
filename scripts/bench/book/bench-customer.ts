import { DAY, HOUR, MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { Random } from '#scripts/bench/book/random.ts';

/** The instant at which the measured book stands. */
export const BENCH_AS_OF: Instant = Date.UTC(2026, 10, 2, 12);

/** What one customer is made from, and the lines that it has become so far. */
export interface Draft {
  random: Random;
  id: string;
  index: number;
  name: string;
  from: Instant;
  counts: { entries: number; payments: number; generations: number };
  lines: string[];
  /** Ledger entries in the making: sorted, summed and written at the end. */
  entries: DraftEntry[];
}

interface DraftEntry {
  at: Instant;
  kind: string;
  credits: number;
  paymentId?: string;
  generationId?: string;
}

const FIRST = [
  'Northern',
  'Quiet',
  'Copper',
  'Lövely',
  'Paper',
  'Bright',
  'Hollow',
  'Seven',
] as const;
const SECOND = ['Studio', 'Pictures', 'Works', 'Foundry', 'Atelier', 'Press', 'Frames'] as const;

export function draftCustomer(index: number, counts: Draft['counts'], prefix: string): Draft {
  const random = new Random(index + 1);
  const name = `${random.pick(FIRST)} ${random.pick(SECOND)} ${index}`;
  // Larger customers have been here for longer.
  const days = counts.entries > 300 ? 365 : random.between(30, 365);
  return {
    random,
    id: `${prefix}${String(index).padStart(6, '0')}`,
    index,
    name,
    from: BENCH_AS_OF - days * DAY,
    counts,
    lines: [],
    entries: [],
  };
}

/** An instant between the customer's first day and shortly before the book's. */
export const anyTime = ({ random, from }: Draft): Instant =>
  random.between(from + HOUR, BENCH_AS_OF - 20 * MINUTE);

export const addLine = (draft: Draft, type: string, record: Record<string, unknown>): void => {
  draft.lines.push(JSON.stringify({ type, ...record }));
};

export const iso = (instant: Instant): string => new Date(instant).toISOString();
