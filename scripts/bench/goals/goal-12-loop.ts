import { copyFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { BENCH_AS_OF } from '#scripts/bench/book/bench-customer.ts';
import { CACHE, freshDatabase, importFile, removeDatabase } from '#scripts/bench/bench.ts';
import type { Bench } from '#scripts/bench/bench.ts';
import { startConsole } from '#scripts/bench/measure/console-server.ts';
import type { RunningConsole } from '#scripts/bench/measure/console-server.ts';
import { ask, keepAlive } from '#scripts/bench/measure/http-probe.ts';
import { percentile } from '#scripts/bench/measure/median.ts';
import { pickCustomers } from '#scripts/bench/measure/picked-customers.ts';
import type { PickedCustomers } from '#scripts/bench/measure/picked-customers.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';
import { worstOfAll, worstOfPages, worstSearches } from '#tests/server/worst-requests.ts';
import type { WorstRequest } from '#tests/server/worst-requests.ts';

const TOKEN = 'a-token-of-the-bench';
const INGEST_BYTES = 16_000_000;
const CONNECTIONS = 128;

interface World extends PickedCustomers {
  console: RunningConsole;
  url: string;
}

/** A console with a meter, on a copy of the run's book that may be changed. */
async function start(bench: Bench): Promise<World> {
  const { path } = await bench.main();
  const copy = freshDatabase('loop');
  const source = new Database(path);
  source.pragma('wal_checkpoint(truncate)');
  source.close();
  copyFileSync(path, copy.path);
  bench.onEnd(() => removeDatabase(copy.path));
  const settings = { INGEST_TOKEN: TOKEN };
  const console = await startConsole(bench, copy.url, { metered: true, settings });
  return { ...pickCustomers(path, 60), console, url: copy.url };
}

const pageOf = ({ console, busy, largest }: World, turn: number) => ({
  url: `${console.address}/customers/${[largest, ...busy][turn % (busy.length + 1)] ?? largest}`,
  headers: { cookie: console.cookie, accept: 'text/html' },
});

/** Milliseconds of pages that are asked for, one after another, until `work` is done. */
async function pagesBeside(world: World, work: Promise<unknown>): Promise<number[]> {
  const agent = keepAlive(1);
  const times: number[] = [];
  const state = { done: false };
  const ended = work.finally(() => {
    state.done = true;
  });
  // Heard of below.
  ended.catch(() => undefined);
  while (!state.done) {
    const started = performance.now();
    const answer = await ask(agent, pageOf(world, times.length));
    if (answer.status !== 200) throw new Error(`a page answered ${answer.status} beside a load`);
    times.push(performance.now() - started);
  }
  agent.destroy();
  await ended;
  return times;
}

/** New ledger entries of many customers, and of the largest one. */
function lines({ busy, largest }: World, prefix: string): string {
  const parts: string[] = [];
  for (let size = 0, at = 0; size < INGEST_BYTES; at += 1) {
    const line = `${JSON.stringify({
      ...{ type: 'ledgerEntry', id: `le_${prefix}_${at}`, kind: 'usage', credits: -1 },
      customerId: at % 50 === 0 ? largest : (busy[at % busy.length] ?? largest),
      occurredAt: new Date(BENCH_AS_OF - at).toISOString(),
    })}\n`;
    parts.push(line);
    size += line.length;
  }
  return parts.join('');
}

async function deliver({ console }: World, body: string): Promise<void> {
  const answer = await fetch(`${console.address}/ingest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}` },
    body,
  });
  const said = (await answer.json()) as { refused?: number };
  if (!answer.ok || said.refused !== 0) throw new Error(`the ingest answered ${answer.status}`);
}

/** The longest hold of all requests of permitted size, and which one it was. */
async function worstHold(world: World): Promise<{ ms: number; name: string; asked: number }> {
  const agent = keepAlive(1);
  const { console, largest } = world;
  const send = ({ path, method, headers, body, open }: WorstRequest) =>
    ask(agent, {
      url: console.address + path,
      method: method === 'POST' ? 'POST' : 'GET',
      headers: {
        origin: console.address,
        ...(open ? {} : { cookie: console.cookie }),
        ...(headers as Record<string, string>),
      },
      ...(body === undefined ? {} : { body: String(body) }),
    }).catch(() => null);
  let worst = { ms: 0, name: '' };
  let asked = 0;
  for (const requests of [worstOfAll(), worstOfPages(largest), worstSearches()])
    for (const request of requests) {
      if (request.headOnly) continue;
      asked += 1;
      let ms = Infinity;
      // What the machine does beside, and the first run of a page's code, are no hold of the request's.
      for (let tries = 0; tries < 3 && ms > worst.ms; tries += 1)
        ms = Math.min(ms, (await console.held(() => send(request))).wall);
      if (ms > worst.ms) worst = { ms, name: request.name };
    }
  agent.destroy();
  return { ...worst, asked };
}

async function manyAtOnce(world: World, seconds: number): Promise<number[]> {
  const agent = keepAlive(CONNECTIONS);
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  let turn = 0;
  const work = async (): Promise<void> => {
    while (performance.now() < until) {
      const started = performance.now();
      const answer = await ask(agent, pageOf(world, (turn += 1)));
      if (answer.status !== 200) throw new Error(`answered ${answer.status} under load`);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  agent.destroy();
  return times;
}

/** What one request, one delivery or one import may cost everybody else. */
export async function measureLoop(bench: Bench): Promise<Result[]> {
  const world = await start(bench);
  const part = (what: string, measured: string, value: number, wanted: number): Result => ({
    ...{ goal: 12, what, measured, value, unit: 'ms', wanted },
  });
  bench.say(`${CONNECTIONS} connections`);
  await manyAtOnce(world, 2);
  const many = await manyAtOnce(world, bench.small ? 5 : 15);
  bench.say('the worst requests of permitted size');
  const worst = await worstHold(world);
  bench.say('pages beside a delivery of 16 MB');
  let beside: number[] = [];
  const held = await world.console.held(async () => {
    beside = await pagesBeside(world, deliver(world, lines(world, 'a')));
  });
  bench.say('pages beside the import command');
  const file = `${CACHE}/beside.ndjson`;
  writeFileSync(file, lines(world, 'b'));
  const importing = await pagesBeside(world, importFile(world.url, file));
  const pages = (times: number[]): string => `${figure(times.length)} pages`;
  return [
    part('event loop held by one request', `${worst.asked} asked: ${worst.name}`, worst.ms, 50),
    part(
      'event loop held beside a 16 MB ingest',
      `${figure(held.cpu)} ms of the processor`,
      held.wall,
      50,
    ),
    part('pages beside a 16 MB ingest, p95', pages(beside), percentile(beside, 0.95), 300),
    part('pages beside npm run import, p95', pages(importing), percentile(importing, 0.95), 300),
    part(`${CONNECTIONS} connections, p99`, pages(many), percentile(many, 0.99), 1500),
  ];
}
