import type { Bench } from '#scripts/bench/bench.ts';
import { openReadOnly } from '#scripts/bench/bench.ts';
import { timeEach } from '#scripts/bench/measure/http-probe.ts';
import { median, percentile } from '#scripts/bench/measure/median.ts';
import { runningOnMain } from '#scripts/bench/measure/running.ts';
import type { Running } from '#scripts/bench/measure/running.ts';
import { figure } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

/** What people paste and type, spread over the whole book. */
function searches(path: string, per: number): { exact: string[]; substring: string[] } {
  const database = openReadOnly(path);
  const some = (table: string, column: string): string[] => {
    const step = `(select max(1, count(*) / ${per}) from ${table})`;
    const sql = `select ${column} from ${table} where rowid % ${step} = 0 limit ${per}`;
    // Ids, e-mails and names are text.
    return database.prepare(sql).pluck().all() as string[];
  };
  const texts = {
    exact: [
      ...some('payment', 'id'),
      ...some('customer', 'id'),
      ...some('customer', 'email').map((email) => email.slice(0, 14)),
      ...some('invoice', 'number'),
    ],
    // The middle of a name, as one remembers it.
    substring: some('customer', 'name').map((name) => name.slice(2, 12)),
  };
  database.close();
  return texts;
}

/** People are held to 300 suggestions a minute, so several of them search. */
const STAFF = ['agent2', 'lead', 'finance', 'finance2', 'auditor', 'admin'];
const A_PERSON = 280;

async function p95({ console }: Running, texts: string[], sessions: string[]): Promise<number> {
  const requests = texts.map((q, index) => ({
    url: `${console.address}/search/suggestions`,
    method: 'POST' as const,
    headers: {
      cookie: sessions[index % sessions.length] ?? '',
      origin: console.address,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ q }).toString(),
  }));
  return percentile(await timeEach(requests), 0.95);
}

/** Search as the box in the header asks it, over HTTP, signed in. */
export async function measureSearch(bench: Bench): Promise<Result[]> {
  const running = await runningOnMain(bench);
  const sessions = await Promise.all(
    STAFF.map((name) => running.console.signIn(`${name}@demo.test`)),
  );
  // Warming up and three runs of both kinds.
  const per = Math.floor((STAFF.length * A_PERSON) / (4 * 5));
  const { exact, substring } = searches(running.path, per);
  const figures = { exact: [] as number[], substring: [] as number[] };
  for (let i = 0; i < 4; i += 1) {
    bench.say(i === 0 ? 'search, warming up' : `search (${i} of 3)`);
    const run = {
      exact: await p95(running, exact, sessions),
      substring: await p95(running, substring, sessions),
    };
    if (i === 0) continue;
    figures.exact.push(run.exact);
    figures.substring.push(run.substring);
  }
  const part = (what: string, values: number[], count: number, wanted: number): Result => ({
    goal: 8,
    what,
    measured: `${figure(count)} searches a run`,
    value: median(values),
    unit: 'ms',
    wanted,
  });
  return [
    part('search over HTTP, p95: exact or prefix', figures.exact, exact.length, 5),
    part('search over HTTP, p95: part of a name', figures.substring, substring.length, 15),
  ];
}
