import type { Bench } from '#scripts/bench/bench.ts';
import { openReadOnly } from '#scripts/bench/bench.ts';
import { prepareFloor, queryFloor } from '#scripts/bench/floors/floor-page.ts';
import { warmP50 } from '#scripts/bench/measure/http-probe.ts';
import { median } from '#scripts/bench/measure/median.ts';
import { runningOnMain } from '#scripts/bench/measure/running.ts';
import type { Running } from '#scripts/bench/measure/running.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/** Milliseconds that the floor's queries take by themselves, p50. */
function queriesAlone({ path, busy }: Running): number {
  const database = openReadOnly(path);
  const queries = prepareFloor(database);
  const times = [...busy, ...busy].map((id) => {
    const started = performance.now();
    queryFloor(queries, id);
    return performance.now() - started;
  });
  database.close();
  return median(times.slice(busy.length));
}

/** A busy customer's page, signed in, with flags, chart and balance, one request at a time. */
export async function measurePage(bench: Bench): Promise<Result[]> {
  const running = await runningOnMain(bench);
  const pages: number[] = [];
  const floors: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    bench.say(`customer page and its floor (${i + 1} of 3)`);
    floors.push(await warmP50(running.busy.map(running.floorPage)));
    pages.push(await warmP50(running.busy.map(running.page)));
  }
  const [page, floor] = [median(pages), median(floors)];
  return [
    {
      goal: 1,
      what: 'customer page ÷ HTML floor, server p50',
      measured: `${figure(page)} ms ÷ ${figure(floor)} ms (queries alone ${figure(queriesAlone(running))} ms)`,
      value: page / floor,
      unit: '×',
      wanted: 4.2,
    },
  ];
}
