import { parseArgs } from 'node:util';
import { Bench } from '#scripts/bench/bench.ts';
import { FULL, fraction } from '#scripts/bench/book/scale.ts';
import { GOALS } from '#scripts/bench/goals.ts';
import { writeTable } from '#scripts/bench/table.ts';
import type { Result } from '#scripts/bench/table.ts';

const HELP = `npm run bench -- [--small] [--only 1,5] [--keep] [--help]

Measures the program against floors that it builds itself in the same run, over a book that it makes,
and prints one table of medians and ratios. Trust the ratios: milliseconds are the machine's.

  --small      a tenth of the book and fewer repetitions: under three minutes
  --only LIST  only these goals, by number
  --keep       uses the imported and swept databases of an earlier run
  --help       this text

The book: 20,000 customers, 2,000,000 ledger entries (the largest customer 100,000, the median 31),
400,000 payments, 1,500,000 generations. It is written under .cache/bench once and used again.
Goals 1 to 4, 8, 9, 11 and 12 build for production first where that has not been done; 3, 4 and 10 need
Chromium (CHROMIUM_PATH, else /usr/bin/chromium).`;

const { values } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** The goals asked for, in their order; throws where one is not a goal's number. */
function chosenGoals(only: string | undefined): typeof GOALS {
  if (only === undefined) return GOALS;
  const numbers = only.split(',').map(Number);
  const unknown = numbers.find((number) => !GOALS.some((goal) => goal.number === number));
  if (unknown !== undefined) throw new Error(`--only takes numbers of goals, 1 to 12: ${only}`);
  return GOALS.filter((goal) => numbers.includes(goal.number));
}

async function main(): Promise<number> {
  const goals = chosenGoals(values.only);
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s`;
  const scale = values.small ? fraction(10, 'small') : FULL;
  const bench = new Bench(scale, values.small, values.keep, (what) =>
    console.error(`${seconds()}  ${what}`),
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void bench.end().then(() => process.exit(1)));
  }
  const results: Result[] = [];
  const failed: string[] = [];
  for (const { number, measure } of goals) {
    try {
      results.push(...(await measure(bench)));
    } catch (error) {
      failed.push(`${number}: ${error instanceof Error ? error.message : String(error)}`);
      bench.say(`goal ${number} could not be measured`);
    }
  }
  await bench.end();
  results.sort((a, b) => a.goal - b.goal);
  console.log(`\n${writeTable(results)}`);
  for (const line of failed) console.log(`Not measured, goal ${line}`);
  const book = `${scale.entries.toLocaleString('en-US')} ledger entries`;
  console.log(`\nBook of ${book}; ${seconds().trim()} in all.`);
  return failed.length === 0 ? 0 : 1;
}

try {
  if (values.help) console.log(HELP);
  // A browser or a pipe that is still closing must not keep the command from ending.
  else process.exit(await main());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
