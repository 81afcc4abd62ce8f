import { existsSync, rmSync } from 'node:fs';
import { toIso } from '#app/lib/instant.ts';
import type { MissingFromBackup } from '#app/domain/restore/missing-from-backup.ts';
import type { Restoration } from '#app/domain/restore/restoration.ts';
import { writeHead } from '#app/services/audit/audit-heads.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';
import { verifyAudit } from '#app/services/audit/verify-audit.ts';
import type { Deps } from '#app/services/deps.ts';
import { holdSending } from '#app/services/restore/hold-sending.ts';
import { describeDifferences } from '#app/services/restore/describe-differences.ts';
import { migrate } from '#db/migrate/migrate.ts';
import { databaseName } from '#db/queries/deployment/deployment.ts';
import { changeRestoration, latestRestoration } from '#db/queries/deployment/restorations.ts';
import {
  copyBackup,
  nameFile,
  nameOfFile,
  readFileOf,
  replaceFile,
  openExclusively,
} from '#db/backup/restore.ts';
import type { Alone } from '#db/backup/restore.ts';
import { differencesOf } from '#db/backup/restore-differences.ts';
import { pathOf } from '#db/sqlite-connection.ts';
import { openStore } from '#db/store.ts';
import type { Store } from '#db/store-types.ts';
export interface Restored {
  restoration: Restoration;
  /** Where the database that was there before is kept; null: there was none. */
  aside: string | null;
}

type Making = Pick<Deps, 'now' | 'newId'> & {
  databaseUrl: string;
  kept: HeadsKept;
  /** Whoever restores, as this machine knows them. */
  by: string;
};

/** Throws where the log of a backup contradicts itself or the ends of it that were written down then. */
const checkLog = async (store: Store, kept: HeadsKept): Promise<void> => {
  const { firstBad, problems } = await verifyAudit(store, kept, { mayEndEarly: true });
  if (firstBad !== null)
    throw new Error(
      `Its audit log is not as it was written: row ${firstBad.seq}: ${firstBad.why}.`,
    );
  if (problems.length > 0) throw new Error(problems.join(' '));
};

/** Holds sending in a database that is in its place, and writes down where its log goes on from. */
const hold = async (
  deps: Pick<Making, 'now' | 'newId' | 'by'>,
  store: Store,
  forgotten: MissingFromBackup[],
): Promise<Restoration> => {
  const given = { kind: 'restored', by: deps.by, forgotten } as const;
  const restoration = await store.write((tx) => holdSending(deps, tx, given));
  return { ...restoration, forgotten: (await latestRestoration(store.read))?.forgotten ?? [] };
};

const writeDown = async (
  { kept, now }: Pick<Making, 'kept' | 'now'>,
  database: string,
  { logSeq: seq, logHash: hash }: Restoration,
): Promise<void> => {
  await writeHead(kept, { seq, hash, database, at: now(), restored: true });
};

/**
 * Puts a backup in the place of the SQLite database of `databaseUrl`, checked, with sending held; what was
 * there is kept beside it. Throws, and changes nothing, where a console runs on it or anything is wrong with
 * the backup. `damaged`: the database cannot be read, and the person has stopped every console.
 */
export const restoreFile = async (
  making: Making & { file: string; damaged: boolean },
): Promise<Restored> => {
  const { databaseUrl, file, damaged, kept, now } = making;
  const path = pathOf(databaseUrl);
  const partial = `${path}.restoring`;
  const replaces = existsSync(path);
  const alone = replaces && !damaged ? openExclusively(path) : null;
  try {
    copyBackup(file, partial);
    const forgotten = await prepare(partial, file, alone);
    const store = await openStore(`file:${partial}`);
    const { restoration, database } = await (async () => {
      try {
        await checkLog(store, kept);
        const held = await hold(making, store, forgotten);
        return { restoration: held, database: await databaseName(store.read) };
      } finally {
        await store.close();
      }
    })();
    const aside = `${path}.replaced-${toIso(now()).replaceAll(/[:.]/g, '-')}`;
    replaceFile(path, partial, aside);
    await writeDown(making, database, restoration);
    return { restoration, aside: replaces ? aside : null };
  } finally {
    alone?.release();
    for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${partial}${end}`, { force: true });
  }
};

/** Brings a copy of the backup to this program’s schema; answers what the replaced database had beyond it. */
async function prepare(
  partial: string,
  file: string,
  alone: Alone | null,
): Promise<MissingFromBackup[]> {
  const own = readFileOf(partial, nameOfFile);
  const replaced = alone === null ? null : nameOfFile(alone.connection);
  if (own !== null && replaced !== null && own !== replaced)
    throw new Error(`${file} is a backup of another database: set DATABASE_URL to where that was.`);
  await migrate(`file:${partial}`);
  if (own === null && replaced !== null) nameFile(partial, replaced);
  const differences =
    alone === null
      ? null
      : readFileOf(partial, (backup) => differencesOf(alone.connection, backup));
  return differences === null ? [] : describeDifferences(differences);
}

/**
 * The same for a database that was put in its place already: by pg_restore, or by hand. The caller has seen to
 * it that nobody is at work on it.
 */
export const restoreInPlace = async (making: Making): Promise<Restored> => {
  await migrate(making.databaseUrl);
  const store = await openStore(making.databaseUrl);
  try {
    const latest = await latestRestoration(store.read);
    if (latest !== null && latest.confirmedAt === null) {
      // A copy taken during a hold brings the hold along, but not what has happened outside since.
      await store.write((tx) => changeRestoration(tx, latest.id, { comparedAt: null }));
      return { restoration: { ...latest, comparedAt: null }, aside: null };
    }
    await checkLog(store, making.kept);
    const restoration = await hold(making, store, []);
    await writeDown(making, await databaseName(store.read), restoration);
    return { restoration, aside: null };
  } finally {
    await store.close();
  }
};
