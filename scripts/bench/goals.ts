import type { Bench } from '#scripts/bench/bench.ts';
import { measurePage } from '#scripts/bench/goals/goal-01-page.ts';
import { measureSize } from '#scripts/bench/goals/goal-02-size.ts';
import { measureBrowser, measureScript } from '#scripts/bench/goals/goal-03-browser.ts';
import { measureSweep } from '#scripts/bench/goals/goal-05-sweep.ts';
import { measureIncremental } from '#scripts/bench/goals/goal-06-incremental.ts';
import { measureImport } from '#scripts/bench/goals/goal-07-import.ts';
import { measureSearch } from '#scripts/bench/goals/goal-08-search.ts';
import { measureMemory } from '#scripts/bench/goals/goal-09-memory.ts';
import { measureGrid } from '#scripts/bench/goals/goal-10-grid.ts';
import { measurePostgres } from '#scripts/bench/goals/goal-11-postgres.ts';
import { measureLoop } from '#scripts/bench/goals/goal-12-loop.ts';
import type { Result } from '#scripts/bench/table.ts';

interface Goal {
  number: number;
  measure(bench: Bench): Promise<Result[]>;
}

/**
 * In the order in which they are measured: import and sweep before a server shares the machine with
 * them, memory last of what the server is asked.
 */
export const GOALS: Goal[] = [
  { number: 7, measure: measureImport },
  { number: 5, measure: measureSweep },
  { number: 6, measure: measureIncremental },
  { number: 10, measure: measureGrid },
  { number: 1, measure: measurePage },
  { number: 2, measure: measureSize },
  { number: 3, measure: measureBrowser },
  { number: 4, measure: measureScript },
  { number: 8, measure: measureSearch },
  { number: 9, measure: measureMemory },
  { number: 11, measure: measurePostgres },
  { number: 12, measure: measureLoop },
];
