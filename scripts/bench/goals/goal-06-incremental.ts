import { copyFileSync } from 'node:fs';
import { removeDatabase } from '#scripts/bench/bench.ts';
import type { Bench } from '#scripts/bench/bench.ts';
import { fraction, times } from '#scripts/bench/book/scale.ts';
import type { Scale } from '#scripts/bench/book/scale.ts';
import { runScript } from '#scripts/bench/measure/child.ts';
import { median } from '#scripts/bench/measure/median.ts';
import type { IncrementalFigures } from '#scripts/bench/probes/incremental.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/** Runs the probe on a copy, so that the book stays as it was. */
async function probe(bench: Bench, scale: Scale): Promise<IncrementalFigures> {
  const { path } = await bench.loaded(scale);
  const copy = `${path}.probe`;
  removeDatabase(copy);
  copyFileSync(path, copy);
  bench.say(`new records into the ${scale.name} book`);
  const { stdout } = await runScript('scripts/bench/probes/incremental.ts', [], {
    env: { DATABASE_URL: `file:${copy}` },
  });
  removeDatabase(copy);
  // The probe's one line, of the type that it declares.
  return JSON.parse(stdout) as IncrementalFigures;
}

/** From new records to settled flags, in a book and in one twenty times as large. */
export async function measureIncremental(bench: Bench): Promise<Result[]> {
  const scales = bench.small
    ? { large: times(bench.scale, 2, 'small-double'), little: fraction(100, 'hundredth') }
    : { large: times(bench.scale, 2, 'double'), little: fraction(10, 'small') };
  const large: IncrementalFigures[] = [];
  const little: IncrementalFigures[] = [];
  // Each probe is a median of hundreds already.
  for (let i = 0; i < (bench.small ? 1 : 3); i += 1) {
    little.push(await probe(bench, scales.little));
    large.push(await probe(bench, scales.large));
  }
  const above = median(large.map(({ checkMs }) => checkMs));
  const below = median(little.map(({ checkMs }) => checkMs));
  const batch = median(large.map(({ batchMs }) => batchMs));
  const entries = (scale: Scale) => figure(scale.entries);
  return [
    {
      goal: 6,
      what: `checks of one event, ${entries(scales.large)} entries ÷ ${entries(scales.little)}`,
      measured: `${figure(above)} ms ÷ ${figure(below)} ms`,
      value: above / below,
      unit: '×',
      wanted: 2,
    },
    {
      goal: 6,
      what: '1,000 new records of 500 customers until flags are settled',
      measured: `${figure(batch)} ms in the larger book, import included`,
      value: batch / 1000,
      unit: 's',
      wanted: 1,
    },
  ];
}
