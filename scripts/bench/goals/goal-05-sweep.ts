import { openReadOnly, sweepAll } from '#scripts/bench/bench.ts';
import type { Bench } from '#scripts/bench/bench.ts';
import { BENCH_AS_OF } from '#scripts/bench/book/bench-customer.ts';
import { runFiveRules } from '#scripts/bench/floors/five-rules.ts';
import { median } from '#scripts/bench/measure/median.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/**
 * The sweep command over the whole book, its start and the settling of flags included, beside five
 * rules as SQL in an open database.
 */
export async function measureSweep(bench: Bench): Promise<Result[]> {
  const { path, url } = await bench.main();
  const sweeps: number[] = [];
  const floors: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    bench.say(`sweep and five rules as SQL (${i + 1} of 3)`);
    sweeps.push((await sweepAll(url)).ms);
    const database = openReadOnly(path);
    const rules = runFiveRules(database, BENCH_AS_OF);
    database.close();
    for (const { rule, found, ms } of rules) bench.say(`  ${rule}: ${found} in ${figure(ms)} ms`);
    floors.push(rules.reduce((sum, { ms }) => sum + ms, 0));
  }
  const [sweep, floor] = [median(sweeps), median(floors)];
  return [
    {
      goal: 5,
      what: 'whole-book sweep, eighteen rules ÷ five rules as SQL',
      measured: `${figure(sweep)} ms ÷ ${figure(floor)} ms`,
      value: sweep / floor,
      unit: '×',
      wanted: 4,
    },
  ];
}
