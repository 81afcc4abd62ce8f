import { and, asc, like, sql } from 'drizzle-orm';
import { foldName } from '#app/domain/search/fold-name.ts';
import { dialect } from '#db/dialect/dialect.ts';
import { fastAll, preparedQuery } from '#db/prepared-query.ts';
import { nameKey } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { encodeText } from '#db/dialect/text-encoding.ts';

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

/**
 * The full-text query for runs of three characters that together are all of `stored`; null where it is
 * shorter. The runs between them would hardly rule out another row, and each costs a walk along all the
 * rows that have it: four times as much for the beginning of an e-mail.
 */
const trigramQuery = (stored: string): string | null => {
  const letters = [...stored];
  const last = letters.length - 3;
  const trigrams = letters
    .slice(2)
    .flatMap((_, at) => (at === last || at % 3 === 0 ? letters.slice(at, at + 3).join('') : []));
  const quoted = [...new Set(trigrams)].map((trigram) => `"${trigram.replaceAll('"', '""')}"`);
  return quoted.length ? quoted.slice(0, MOST_TRIGRAMS).join(' AND ') : null;
};

const contains = sql`instr(${nameKey.folded}, ${sql.placeholder('stored')}) > 0`;

/** For fragments too short for the index. */
const inAllNames = preparedQuery<{ stored: string; limit: number }, FoundName>((read) =>
  read
    .select(FIELDS)
    .from(nameKey)
    .where(contains)
    .orderBy(asc(nameKey.row))
    .limit(sql.placeholder('limit')),
);

/** A join in the index's own order stops at the limit; `row in (select …)` would find all hits first. */
const inNameIndex = preparedQuery<{ query: string; stored: string; limit: number }, FoundName>(
  (read) =>
    read
      .select(FIELDS)
      .from(nameKey)
      .innerJoin(sql`name_index`, sql`name_index.rowid = ${nameKey.row}`)
      .where(and(sql`name_index match ${sql.placeholder('query')}`, contains))
      .orderBy(sql`name_index.rowid`)
      .limit(sql.placeholder('limit')),
);

const onSqlite = (read: Read, stored: string, limit: number): Promise<FoundName[]> => {
  const query = trigramQuery(stored);
  return query === null
    ? inAllNames(read, { stored, limit })
    : inNameIndex(read, { query, stored, limit });
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
  const stored = encodeText(foldName(fragment.trim()));
  if (stored === '') return [];
  return dialect === 'sqlite' ? onSqlite(read, stored, limit) : onPostgres(read, stored, limit);
};
