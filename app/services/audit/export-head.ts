import { readHeads, writeHead } from '#app/services/audit/audit-heads.ts';
import type { ExportedHead } from '#app/services/audit/audit-heads.ts';
import type { Deps } from '#app/services/deps.ts';
import { auditEnd } from '#db/queries/audit-events.ts';

/** Where heads are kept, and the secret that signs them. */
export interface HeadsKept {
  path: string;
  secret: string;
}

/**
 * Writes down, outside the database, where the audit log ends now; null where nothing was appended since
 * the last time.
 */
export const exportHead = async (
  { store, now }: Pick<Deps, 'store' | 'now'>,
  { path, secret }: HeadsKept,
): Promise<ExportedHead | null> => {
  const end = await auditEnd(store.read);
  const last = (await readHeads(path, secret)).at(-1)?.head;
  if (end.seq === 0 || (last?.seq === end.seq && last.hash === end.hash)) return null;
  return writeHead(path, secret, end, now());
};
