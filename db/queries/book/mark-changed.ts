import type { StreamsKnown } from '#app/domain/book/book.ts';
import { postgresParts } from '#db/postgres.ts';
import { markAllAccountsDirty } from '#db/queries/book/accounts.ts';
import type { Tx } from '#db/select-types.ts';
import { sqliteParts } from '#db/sqlite.ts';

const onConflict = `on conflict (customer_id) do update
  set dirty = excluded.dirty, revision = old.revision + 1`;

/**
 * Tells the sweep that these customers' records changed, and makes the accounts that do not exist yet.
 * As `markAccountsDirty`, for the many customers of an import: `stored` is what `upsertRecords` returned.
 */
export const markChanged = async (tx: Tx, stored: ReadonlySet<string>): Promise<void> => {
  const sqlite = sqliteParts(tx);
  if (sqlite) {
    const mark = sqlite.writes.prepare(
      `insert into account as old (customer_id, dirty, revision) values (?, 1, 1) ${onConflict}`,
    );
    for (const id of stored) mark.run(id);
    return;
  }
  await postgresParts(tx)?.client?.query(
    `insert into account as old (customer_id, dirty, revision)
     select id, true, 1 from unnest($1::text[]) as id ${onConflict}`,
    [[...stored].sort()],
  );
};

/**
 * Marks every account where a stream is known to less than before, or known for the first time. One
 * that is known further than before needs nothing here: what waits for it is due by then.
 */
export const markForStreams = async (
  tx: Tx,
  before: StreamsKnown,
  after: StreamsKnown,
): Promise<void> => {
  const moved = (['ledger', 'invoices'] as const).some((stream) => {
    const [was, is] = [before[stream], after[stream]];
    return was !== is && (was === null || is === null || is < was);
  });
  if (moved) await markAllAccountsDirty(tx);
};
