import '#app/config/env-file.ts';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { readInstant } from '#app/domain/book/parse-instant.ts';
import { env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import { headsOf } from '#app/services/audit/audit-heads.ts';
import { eraseCustomer } from '#app/services/audit/erase-customer.ts';
import { purgeAudit } from '#app/services/audit/purge-audit.ts';
import type { PurgeAnswer } from '#app/services/audit/purge-audit.ts';
import { openStore } from '#db/store.ts';

const HELP = `npm run audit-retention -- --purge-before ISO | --erase CUSTOMER [--heads FILE]

What has to leave the audit log of DATABASE_URL, without breaking its chain.

  --purge-before ISO  removes the rows at its beginning that are older than that instant, such as
                      2025-01-01T00:00:00Z. Refused where npm run verify-audit finds anything wrong.
  --erase CUSTOMER    erases what the log says of a customer (by id): who, for which ticket, with which
                      words. That something was done, when and by whom stays.
  --heads FILE        the exported heads, if not DATABASE.audit-heads.ndjson beside the database

Both write a row into the log that says so, signed with SESSION_SECRET; npm run verify-audit passes
afterwards. What is removed here is still in backups that were made before, and, with SQLite, in unused
pages of the file until they are written over.
Exit status: 0 done, 1 not.`;

const describePurge = (answer: PurgeAnswer): string => {
  if (answer.kind === 'nothing') return 'Nothing in the log is as old as that.';
  if (answer.kind === 'refused')
    return `${answer.why} See npm run verify-audit. Nothing was removed.`;
  return `Removed ${answer.rows.toLocaleString('en')} rows, up to row ${answer.through}.`;
};

const run = async (what: { before: number } | { customerId: string }, heads?: string) => {
  const { DATABASE_URL, ...keys } = env();
  const kept = headsOf(DATABASE_URL, keys, heads);
  const store = await openStore(DATABASE_URL);
  const deps = { store, now: Date.now, newId: createIds(Date.now) };
  const by = userInfo().username;
  try {
    if ('before' in what) {
      const answer = await purgeAudit(deps, kept, { ...what, by });
      console.log(describePurge(answer));
      return answer.kind !== 'refused';
    }
    const { rows, left } = await eraseCustomer(deps, kept, { ...what, by });
    console.log(`Erased the customer in ${rows.toLocaleString('en')} rows.`);
    if (left > 0)
      console.log(
        `${left.toLocaleString('en')} older rows name the customer until they are purged.`,
      );
    return true;
  } finally {
    await store.close();
  }
};

const fail = (words: string): void => {
  console.error(words);
  process.exitCode = 1;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      'purge-before': { type: 'string' },
      erase: { type: 'string' },
      heads: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { 'purge-before': iso, erase: customerId, heads, help } = values;
  if (help) return console.log(HELP);
  if ((iso === undefined) === (customerId === undefined)) return fail(HELP);
  const before = iso === undefined ? null : readInstant(iso);
  if (iso !== undefined && before === null) return fail(`${iso} is no instant.`);
  const what = customerId === undefined ? { before: before ?? 0 } : { customerId };
  if (!(await run(what, heads))) process.exitCode = 1;
};

try {
  await main();
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
