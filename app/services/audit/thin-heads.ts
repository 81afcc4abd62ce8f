import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import { readHeads } from '#app/services/audit/audit-heads.ts';
import type { HeadsKept } from '#app/services/audit/audit-heads.ts';

/** Days whose heads all stay. */
const KEPT_WHOLE = 2 * DAY;

/**
 * Keeps of each day that is older than two only the last head: a head a minute would make the file grow
 * without end. What cannot be believed stays as it is, and so do restores.
 */
export const thinHeads = async (kept: HeadsKept, now: Instant): Promise<void> => {
  if (!existsSync(kept.path)) return;
  const lines = await readHeads(kept.path, kept);
  const lastOfDay = new Map<string, number>();
  const thin = lines.flatMap(({ line, head, trust }) => {
    if (head === null || trust !== 'signed' || head.restored) return [];
    if (Date.parse(head.at) > now - KEPT_WHOLE) return [];
    const day = `${head.database} ${head.at.slice(0, 10)}`;
    const before = lastOfDay.get(day);
    lastOfDay.set(day, line);
    return before ?? [];
  });
  if (thin.length === 0) return;
  const gone = new Set(thin);
  const texts = (await readFile(kept.path, 'utf8')).split('\n');
  const partial = `${kept.path}.partial`;
  const left = texts.filter((_text, i) => !gone.has(i + 1)).join('\n');
  await writeFile(partial, left, { mode: 0o600, flush: true });
  await rename(partial, kept.path);
};
