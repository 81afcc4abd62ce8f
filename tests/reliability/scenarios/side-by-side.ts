import type { Figure } from '#tests/reliability/scenarios/figure.ts';
import { figureOfChild } from '#tests/reliability/scenarios/figure-of-child.ts';
import { siblingDatabase } from '#tests/reliability/scenarios/sibling-database.ts';

export interface Parts {
  figures: Figure[];
  /** Of all parts together. */
  runs: number;
  faults: number;
  violations: string[];
  seconds: number;
}

/**
 * Parts of a battery at once, each in a process and on a database of its own.
 * @param child the file of the process, without its ending.
 * @param parts the orders of each by the name of its database.
 */
export const sideBySide = async (
  databaseUrl: string,
  child: string,
  parts: Readonly<Record<string, object>>,
): Promise<Parts> => {
  const started = performance.now();
  const figures = await Promise.all(
    Object.entries(parts).map(async ([name, orders]) =>
      figureOfChild(child, { ...orders, databaseUrl: await siblingDatabase(databaseUrl, name) }),
    ),
  );
  return {
    figures,
    runs: figures.reduce((sum, { runs }) => sum + runs, 0),
    faults: figures.reduce((sum, { faults }) => sum + faults, 0),
    violations: figures.flatMap(({ violations }) => violations),
    seconds: (performance.now() - started) / 1_000,
  };
};
