import { freshDatabase, importFile, removeDatabase, sweepAll } from '#scripts/bench/bench.ts';
import type { Bench } from '#scripts/bench/bench.ts';
import { throughput } from '#scripts/bench/measure/http-probe.ts';
import { runningOnMain } from '#scripts/bench/measure/running.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/** Resident memory, by the kernel's own count: the whole process, tools of the runtime included. */
export async function measureMemory(bench: Bench): Promise<Result[]> {
  const { url, sweep: swept, import: imported, lines } = await bench.main();
  const sweep = swept ?? (await sweepAll(url));
  const running = await runningOnMain(bench);
  const seconds = bench.small ? 20 : 120;
  bench.say(`eight at once for ${seconds} s`);
  let turn = 0;
  const ids = [...running.busy, running.largest];
  const next = () => running.page(ids[(turn += 1) % ids.length] ?? running.largest);
  const perSecond = await throughput(next, 8, seconds);
  const part = (what: string, measured: string, value: number, wanted: number): Result => ({
    goal: 9,
    what: `memory: ${what}`,
    measured,
    value,
    unit: 'MiB',
    wanted,
  });
  const server = running.console.residentMiB();
  const load = imported ?? (await importOnce(bench));
  return [
    part(`server after ${seconds} s at 8 at once`, `${figure(perSecond)} pages/s`, server, 250),
    part('import, peak', `${figure(lines)} lines`, load.peakMiB, 300),
    part('sweep, peak', 'whole book', sweep.peakMiB, 600),
  ];
}

async function importOnce(bench: Bench) {
  const { path: file } = await bench.written(bench.scale);
  const { path, url } = freshDatabase('import-memory');
  const run = await importFile(url, file);
  removeDatabase(path);
  return run;
}
