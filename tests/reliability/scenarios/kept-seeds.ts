import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const path = resolve(import.meta.dirname, '../../seeds.json');

/** Seeds of the simulation that have failed once, oldest first. */
export const keptSeeds = (): number[] =>
  // Written by keepSeeds, or by hand in its form.
  (JSON.parse(readFileSync(path, 'utf8')) as { simulation: number[] }).simulation;

/** Keeps further seeds, once each. */
export const keepSeeds = (failed: readonly number[]): void => {
  const kept = keptSeeds();
  const fresh = [...new Set(failed)].filter((seed) => !kept.includes(seed) && !Number.isNaN(seed));
  if (fresh.length === 0) return;
  const simulation = [...kept, ...fresh];
  writeFileSync(path, `${JSON.stringify({ simulation }, null, 2)}\n`);
};
