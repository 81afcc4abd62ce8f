import '#app/config/env-file.ts';
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { backup } from '#db/backup/backup.ts';
import { databaseUrl } from '#db/dialect/dialect.ts';

const HELP = `npm run backup -- FILE

Copies the SQLite database of DATABASE_URL to FILE while the console goes on working.
FILE must not exist yet. To restore it: stop the console, then npm run restore -- FILE.
A PostgreSQL database is backed up with pg_dump; see npm run restore -- --help.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h' } },
});

if (values.help) {
  console.log(HELP);
} else if (positionals.length !== 1 || !positionals[0]) {
  console.error(HELP);
  process.exitCode = 1;
} else {
  try {
    const target = resolve(positionals[0]);
    const bytes = backup(databaseUrl(), target);
    console.log(`${target}: ${(bytes / 2 ** 20).toFixed(1)} MiB, checked`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
