import type { Bench } from '#scripts/bench/bench.ts';
import { ask, keepAlive, warmP50 } from '#scripts/bench/measure/http-probe.ts';
import type { ProbeRequest } from '#scripts/bench/measure/http-probe.ts';
import { median } from '#scripts/bench/measure/median.ts';
import { entryBack } from '#scripts/bench/measure/picked-customers.ts';
import { runningOnMain } from '#scripts/bench/measure/running.ts';
import type { Running } from '#scripts/bench/measure/running.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

const TIMES = 60;

const repeat = <T>(value: T): T[] => Array.from({ length: TIMES }, () => value);

/** What a page of rows says about the one that follows it. */
interface RowsAnswer {
  page: { older: string | null } | null;
}

const rowsOf = ({ console, largest }: Running, query: Record<string, string>): ProbeRequest => ({
  url: `${console.address}/customers/${largest}/rows?${new URLSearchParams({ region: 'ledger', ...query })}`,
  headers: { cookie: console.cookie },
});

/** A request for the page of rows that follows this one. */
async function after(running: Running, query: Record<string, string>): Promise<ProbeRequest> {
  const agent = keepAlive(1);
  const { body } = await ask(agent, rowsOf(running, query));
  agent.destroy();
  // The resource's own answer; a page without an older one ends the measurement.
  const older = (JSON.parse(body) as RowsAnswer).page?.older;
  if (!older)
    throw new Error(`no older rows after ${JSON.stringify(query)}: ${body.slice(0, 200)}`);
  return rowsOf(running, { older });
}

/** Whether the largest customer, and the far end of its ledger, cost what others do. */
export async function measureSize(bench: Bench): Promise<Result[]> {
  const running = await runningOnMain(bench);
  const row = bench.scale.largest * 0.9;
  const far = await after(running, {
    around: entryBack(running.path, running.largest, row),
  });
  const near = await after(running, {});
  const figures = {
    largest: [] as number[],
    busy: [] as number[],
    far: [] as number[],
    near: [] as number[],
  };
  for (let i = 0; i < 3; i += 1) {
    bench.say(`largest customer and far rows (${i + 1} of 3)`);
    figures.busy.push(await warmP50(running.busy.map(running.page)));
    figures.largest.push(await warmP50(repeat(running.page(running.largest))));
    figures.near.push(await warmP50(repeat(near)));
    figures.far.push(await warmP50(repeat(far)));
  }
  const part = (what: string, above: number, below: number): Result => ({
    goal: 2,
    what,
    measured: `${figure(above)} ms ÷ ${figure(below)} ms`,
    value: above / below,
    unit: '×',
    wanted: 1.3,
  });
  return [
    part('largest customer ÷ busy customer', median(figures.largest), median(figures.busy)),
    part(
      `rows after ${figure(row)} ÷ rows after the first page`,
      median(figures.far),
      median(figures.near),
    ),
  ];
}
