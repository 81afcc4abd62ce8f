import type { Bench } from '#scripts/bench/bench.ts';
import { startConsole } from '#scripts/bench/measure/console-server.ts';
import type { RunningConsole } from '#scripts/bench/measure/console-server.ts';
import { startFloor } from '#scripts/bench/measure/floor.ts';
import type { ProbeRequest } from '#scripts/bench/measure/http-probe.ts';
import { pickCustomers } from '#scripts/bench/measure/picked-customers.ts';
import type { PickedCustomers } from '#scripts/bench/measure/picked-customers.ts';

/** The console and the floor side by side on one database, and whom to visit there. */
export interface Running extends PickedCustomers {
  path: string;
  console: RunningConsole;
  floor: string;
  page(customerId: string): ProbeRequest;
  floorPage(customerId: string): ProbeRequest;
}

const BUSY = 60;
const running = new WeakMap<Bench, Promise<Running>>();

/** Starts both on the run's own book, once. */
export function runningOnMain(bench: Bench): Promise<Running> {
  const started = running.get(bench) ?? start(bench);
  running.set(bench, started);
  return started;
}

async function start(bench: Bench): Promise<Running> {
  const { path, url } = await bench.main();
  bench.say('starting the console and the floor');
  const console = await startConsole(bench, url);
  const floor = await startFloor(bench, path);
  const pages = { console, floor };
  return { path, ...pages, ...pickCustomers(path, BUSY), ...requestsOf(pages) };
}

export const requestsOf = ({ console, floor }: Pick<Running, 'console' | 'floor'>) => ({
  page: (customerId: string): ProbeRequest => ({
    url: `${console.address}/customers/${customerId}`,
    headers: { cookie: console.cookie, accept: 'text/html' },
  }),
  floorPage: (customerId: string): ProbeRequest => ({ url: `${floor}/customers/${customerId}` }),
});
