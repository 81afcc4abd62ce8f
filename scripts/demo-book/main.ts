import { parseArgs } from 'node:util';
import { DEMO_CASES } from '#scripts/demo-book/cases/cases.ts';
import { DEFAULT_CUSTOMERS, DEFAULT_SEED } from '#scripts/demo-book/company.ts';
import { writeDemoBook } from '#scripts/demo-book/write-demo-book.ts';

const HELP = `npm run demo-book -- [options]

Writes the book of a company that does not exist: the same options give the same bytes.

  --now ISO        the instant at which the book ends (default: now)
  --seed TEXT      another seed, another company (default: ${DEFAULT_SEED})
  --customers N    how many customers (default: ${DEFAULT_CUSTOMERS})
  --out FILE       where to (default: demo-book.ndjson.gz); .gz compresses
  --cases          lists the customers that have a story, and writes nothing
  --help           this text
`;

const refuse = (why: string): never => {
  process.stderr.write(`${why}\n\n${HELP}`);
  process.exit(1);
};

const options = () => {
  try {
    const { values } = parseArgs({
      options: {
        now: { type: 'string' },
        seed: { type: 'string', default: DEFAULT_SEED },
        customers: { type: 'string', default: String(DEFAULT_CUSTOMERS) },
        out: { type: 'string', default: 'demo-book.ndjson.gz' },
        cases: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
};

const { now: nowText, seed, customers: customersText, out, cases, help } = options();
if (help) {
  process.stdout.write(HELP);
} else if (cases) {
  for (const each of DEMO_CASES) {
    process.stdout.write(`${each.customerId}\t${each.name}\t${each.story}\n`);
  }
} else {
  const now = nowText === undefined ? Date.now() : Date.parse(nowText);
  if (Number.isNaN(now)) refuse('--now is not an instant like 2026-05-03T09:00:00Z');
  const customers = Number(customersText);
  if (!Number.isSafeInteger(customers) || customers < 0)
    refuse('--customers is not a whole number');
  const { lines } = await writeDemoBook({ now, seed, customers, out });
  process.stderr.write(`${lines} records written to ${out}\n`);
}
