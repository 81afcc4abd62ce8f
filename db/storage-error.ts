import { causes } from '#db/errors.ts';

/** Why a database cannot be worked with at the moment, although nothing is wrong with what was asked. */
export type StorageError = 'full' | 'locked' | 'moved' | 'read_only' | 'failing';

/** SQLite's codes, PostgreSQL's SQLSTATEs and the system's, by how they begin. */
const CODES: readonly [RegExp, StorageError][] = [
  [/^(SQLITE_FULL|53100|ENOSPC|EDQUOT)$/, 'full'],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|55P03)/, 'locked'],
  [/^SQLITE_READONLY_DBMOVED$/, 'moved'],
  [/^(SQLITE_READONLY|25006$|EROFS$)/, 'read_only'],
  [/^(SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB)|58030$|53[23]00$|57P0[123]$|08)/, 'failing'],
];

/** The trouble that an error tells of; null: it tells of something else. */
export const storageErrorOf = (error: unknown): StorageError | null => {
  for (const { code } of causes(error)) {
    if (typeof code !== 'string') continue;
    const found = CODES.find(([pattern]) => pattern.test(code));
    if (found) return found[1];
  }
  return null;
};
