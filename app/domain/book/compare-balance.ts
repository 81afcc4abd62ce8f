import { MINUTE } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';

/** Whether the balance that the product shows is that of the ledger at the same instant. */
export type Agreement =
  | { kind: 'agrees' }
  /** Credits that are shown beyond the ledger’s. */
  | { kind: 'differs'; by: number }
  | { kind: 'unclear'; why: string };

interface Compared {
  reported: number;
  /** Null: the product does not say when. */
  reportedAt: Instant | null;
  /** By the ledger at `reportedAt`. */
  ledgerThen: number;
  now: Instant;
  /** How far report and ledger may lie apart in time, in milliseconds. */
  tolerance: number;
  /** Whether an entry lies within the tolerance, on either side. */
  movedAround: boolean;
  /** Up to when the ledger is known: Infinity: throughout; null: not at all. */
  ledgerThrough: Instant | null;
}

const unclear = (why: string): Agreement => ({ kind: 'unclear', why });

/** Like with like: the report against the ledger of its own instant, or why nobody can tell. Pure. */
export function compareBalance(compared: Compared): Agreement {
  const { reported, reportedAt, ledgerThen, now, tolerance, ledgerThrough } = compared;
  if (reportedAt === null) return unclear('it is not told when');
  if (ledgerThrough === null || ledgerThrough < reportedAt)
    return unclear('the ledger is not known that far yet');
  if (reported === ledgerThen) return { kind: 'agrees' };
  const minutes = Math.max(1, Math.round(tolerance / MINUTE));
  if (now < reportedAt + tolerance) return unclear('it has only just been told');
  if (compared.movedAround) return unclear(`credits moved within ${minutes} min of it`);
  return { kind: 'differs', by: reported - ledgerThen };
}
