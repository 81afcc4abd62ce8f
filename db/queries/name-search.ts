import { and, asc, like, sql } from 'drizzle-orm';
import { foldName } from '#app/domain/search/fold-name.ts';
import { dialect } from '#db/dialect.ts';
import { fastAll } from '#db/hot-query.ts';
import { nameKey } from '#db/schema.ts';
import type { Read } from '#db/select-types.ts';
import { toStored } from '#db/stored-text.ts';

export interface FoundName {
  type: 'customer' | 'member';
  recordId: string;
  customerId: string;
  /** Name and e-mail on a line each, folded. */
  folded: string;
}

const FIELDS = {
  type: nameKey.type,
  recordId: nameKey.recordId,
  customerId: nameKey.customerId,
  folded: nameKey.folded,
};

/** More say nothing new: every hit is checked against the whole fragment. */
const MOST_TRIGRAMS = 24;

/** The full-text query for all runs of three characters in `stored`; null where it is shorter. */
const trigramQuery = (stored: string): string | null => {
  const letters = [...stored];
  const trigrams = letters.slice(2).map((_, at) => letters.slice(at, at + 3).join(''));
  const quoted = [...new Set(trigrams)].map((trigram) => `"${trigram.replaceAll('"', '""')}"`);
  return quoted.length ? quoted.slice(0, MOST_TRIGRAMS).join(' AND ') : null;
};

const onSqlite = (read: Read, stored: string, limit: number): Promise<FoundName[]> => {
  const contains = sql`instr(${nameKey.folded}, ${stored}) > 0`;
  const query = trigramQuery(stored);
  const from = read.select(FIELDS).from(nameKey);
  if (query === null) {
    return fastAll(read, from.where(contains).orderBy(asc(nameKey.row)).limit(limit));
  }
  // A join in the index's own order stops at the limit; `row in (select …)` would find all hits first.
  return fastAll(
    read,
    from
      .innerJoin(sql`name_index`, sql`name_index.rowid = ${nameKey.row}`)
      .where(and(sql`name_index match ${query}`, contains))
      .orderBy(sql`name_index.rowid`)
      .limit(limit),
  );
};

const onPostgres = (read: Read, stored: string, limit: number): Promise<FoundName[]> =>
  fastAll(
    read,
    read
      .select(FIELDS)
      .from(nameKey)
      .where(like(nameKey.folded, `%${stored.replace(/[\\%_]/g, '\\$&')}%`))
      .orderBy(asc(nameKey.row))
      .limit(limit),
  );

/**
 * Customers and members whose name or e-mail contains `fragment`, whatever its case and accents; at
 * most `limit`, oldest row first. A fragment of three characters or more is looked up in an index.
 */
export const searchNames = async (
  read: Read,
  fragment: string,
  limit: number,
): Promise<FoundName[]> => {
  const stored = toStored(foldName(fragment.trim()));
  if (stored === '') return [];
  return dialect === 'sqlite' ? onSqlite(read, stored, limit) : onPostgres(read, stored, limit);
};
