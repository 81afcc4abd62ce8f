import '#app/config/env-file.ts';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import { env } from '#app/config/env.ts';
import type { Env } from '#app/config/env.ts';
import { createIds } from '#app/lib/ids.ts';
import { createRemedyDeps } from '#app/server/create-integrations.ts';
import { headsOf } from '#app/services/audit/audit-heads.ts';
import type { Deps } from '#app/services/deps.ts';
import { tryRead } from '#app/integrations/try-read.ts';
import { compareRestored } from '#app/services/restore/compare-restored.ts';
import { confirmRestore } from '#app/services/restore/confirm-restore.ts';
import { restoreFile, restoreInPlace } from '#app/services/restore/restore-database.ts';
import type { Restored } from '#app/services/restore/restore-database.ts';
import { dialectOf } from '#db/dialect/dialect.ts';
import { latestRestoration } from '#db/queries/deployment/restorations.ts';
import { openExclusively } from '#db/backup/restore.ts';
import { othersConnected } from '#db/backup/restore-postgres.ts';
import { pathOf } from '#db/sqlite-connection.ts';
import { openStore } from '#db/store.ts';

const HELP = `npm run restore -- FILE [--json] [--damaged]
npm run restore -- --database [--json]
npm run restore -- --confirm --note TEXT [--ledger-checked]

Puts the database of DATABASE_URL back to a backup, so that nothing is sent twice.

  FILE              a backup made by npm run backup (SQLite). Every console must be stopped. The file is
                    checked, brought to this version and put in place; what was there is kept beside it.
  --damaged         the database in place cannot be read, and every console is stopped
  --database        the database is in place already. PostgreSQL: stop every console, restore with
                    pg_restore, then say this before a console is started
  --confirm         lets sending go on
  --note TEXT       what was looked at; kept in the audit log
  --ledger-checked  credits that were given after the backup are in the ledger, or were looked up
  --json            the report as one JSON object

Afterwards refunds, credits, holds and mail are held, and nothing can be asked for or approved, until
finance has confirmed it in the console (Restored) or here. Stripe and the product are compared with both
ways first: what they have under our ids is taken over, and what the backup had forgotten is listed.
Exit status: 0 done, 1 not.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' } },
    ...{ damaged: { type: 'boolean' }, database: { type: 'boolean' } },
    ...{ confirm: { type: 'boolean' }, note: { type: 'string' } },
    'ledger-checked': { type: 'boolean' },
  },
});

const now = Date.now;
const making = (settings: Env) => ({
  ...{ databaseUrl: settings.DATABASE_URL, now, newId: createIds(now) },
  ...{ kept: headsOf(settings.DATABASE_URL, settings), by: userInfo().username },
});

const assertAlone = async (databaseUrl: string): Promise<void> => {
  if (dialectOf(databaseUrl) === 'sqlite') return openExclusively(pathOf(databaseUrl)).release();
  const others = await othersConnected(databaseUrl);
  if (others > 0)
    throw new Error(
      `A console or another program of Redress is connected to the database (${others} connections): stop it first.`,
    );
};

const restore = async (settings: Env, file: string | undefined): Promise<Restored> => {
  if (file !== undefined) {
    if (dialectOf(settings.DATABASE_URL) !== 'sqlite')
      throw new Error(
        'DATABASE_URL names a PostgreSQL database: restore it with pg_restore, then say npm run restore -- --database.',
      );
    return restoreFile({ ...making(settings), file, damaged: values.damaged ?? false });
  }
  await assertAlone(settings.DATABASE_URL);
  return restoreInPlace(making(settings));
};

const withStore = async <T>(settings: Env, work: (deps: Deps) => Promise<T>): Promise<T> => {
  const store = await openStore(settings.DATABASE_URL);
  try {
    return await work({ store, now, newId: createIds(now) });
  } finally {
    await store.close();
  }
};

/** What is known of what the backup had forgotten, and why no more. */
const compare = (settings: Env, { restoration }: Restored) =>
  withStore(
    settings,
    async (deps): Promise<{ forgotten: MissingFromBackup[]; missing: string | null }> => {
      const { forgotten } = restoration;
      const money = createRemedyDeps(settings, deps);
      if (money === null) return { forgotten, missing: 'no Stripe is set' };
      const read = await tryRead(() => compareRestored(money, restoration));
      return read.kind === 'found'
        ? { forgotten: read.value, missing: null }
        : { forgotten, missing: read.kind === 'unreadable' ? read.words : 'nothing was read' };
    },
  );

const report = (
  done: Restored,
  forgotten: readonly MissingFromBackup[],
  missing: string | null,
): string =>
  [
    done.aside === null ? 'Restored.' : `Restored. What was there is kept as ${done.aside}.`,
    forgotten.length === 0
      ? 'Nothing known elsewhere is missing from the backup.'
      : `Missing from the backup (${forgotten.length}):`,
    ...forgotten.map(({ words }) => `  ${words}`),
    ...(missing === null
      ? []
      : [
          `Stripe and the product were not compared with (${missing}): a console does so when it runs.`,
        ]),
    'Nothing is sent until this is confirmed: start the console, look at Restored, and let finance confirm',
    'it there, or say npm run restore -- --confirm --note "what was looked at".',
  ].join('\n');

const confirm = (settings: Env): Promise<string> =>
  withStore(settings, async (deps) => {
    const latest = await latestRestoration(deps.store.read);
    if (latest === null || latest.confirmedAt !== null)
      throw new Error('There is no restore to be confirmed.');
    const money = createRemedyDeps(settings, deps);
    if (money !== null && latest.comparedAt === null) await compareRestored(money, latest);
    const answer = await confirmRestore(deps, {
      ...{ id: latest.id, actorId: null, by: userInfo().username, note: values.note ?? '' },
      ...{ ledgerChecked: values['ledger-checked'] ?? false, canCompare: money !== null },
    });
    if (answer.kind === 'refused') throw new Error(answer.refusal.says);
    return 'Confirmed: sending goes on.';
  });

const main = async (): Promise<void> => {
  process.umask(0o077);
  const [file] = positionals;
  const wanted = [file !== undefined, values.database === true, values.confirm === true];
  if (values.help) return console.log(HELP);
  if (positionals.length > 1 || wanted.filter(Boolean).length !== 1) throw new Error(HELP);
  const settings = env();
  if (values.confirm) return console.log(await confirm(settings));
  const done = await restore(settings, file);
  const { forgotten, missing } = await compare(settings, done);
  const { backupAt, at } = done.restoration;
  console.log(
    values.json
      ? JSON.stringify({ at, backupAt, aside: done.aside, notCompared: missing, forgotten })
      : report(done, forgotten, missing),
  );
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
