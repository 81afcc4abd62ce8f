import { environment, openReadOnly, sweepAll } from '#scripts/bench/bench.ts';
import type { Bench } from '#scripts/bench/bench.ts';
import { BENCH_AS_OF } from '#scripts/bench/book/bench-customer.ts';
import { runFiveRules } from '#scripts/bench/floors/five-rules.ts';
import { runScript } from '#scripts/bench/measure/child.ts';
import { median } from '#scripts/bench/measure/median.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/**
 * The sweep of the whole book, settling of flags included, beside five rules as SQL: each in a process
 * or on a connection that has just opened the database. Their start is not counted, the command's is told.
 */
export async function measureSweep(bench: Bench): Promise<Result[]> {
  const { path, url, sweep } = await bench.main();
  const command = sweep ?? (await sweepAll(url));
  const sweeps: number[] = [];
  const floors: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    bench.say(`sweep and five rules as SQL (${i + 1} of 3)`);
    const probe = await runScript('scripts/bench/probes/whole-sweep.ts', [], {
      env: environment(url),
    });
    sweeps.push(Number(probe.stdout));
    const database = openReadOnly(path);
    const rules = runFiveRules(database, BENCH_AS_OF);
    database.close();
    for (const { rule, found, ms } of rules) bench.say(`  ${rule}: ${found} in ${figure(ms)} ms`);
    floors.push(rules.reduce((sum, { ms }) => sum + ms, 0));
  }
  const [whole, floor] = [median(sweeps), median(floors)];
  const first = `the whole command ${figure(command.ms)} ms`;
  return [
    {
      goal: 5,
      what: 'whole-book sweep, eighteen rules ÷ five rules as SQL',
      measured: `${figure(whole)} ms ÷ ${figure(floor)} ms (${first})`,
      value: whole / floor,
      unit: '×',
      wanted: 4,
    },
  ];
}
