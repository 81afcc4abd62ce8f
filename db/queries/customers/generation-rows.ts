import { and, eq, sql } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { keyset } from '#db/keyset.ts';
import type { Stretch } from '#db/keyset.ts';
import { generation, ledgerEntry, member } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { param } from '#db/param.ts';

/** Entries after `asOf` have not happened. */
export type GenerationStretch = Stretch & { asOf: Instant };

const generations = keyset({
  customerId: generation.customerId,
  at: generation.startedAt,
  id: generation.id,
});

/**
 * Sums over the entries of any kind that name the generation. Only the generation's id is searched by:
 * given the customer and an instant too, SQLite reads the whole ledger of the customer for each row.
 */
const overEntries = (what: ReturnType<typeof sql>) =>
  sql`(select coalesce(sum(${what}) filter (where ${ledgerEntry.customerId} = ${generation.customerId}
      and ${ledgerEntry.occurredAt} <= ${param('asOf', ledgerEntry.occurredAt)}), 0)
    from ${ledgerEntry} where ${ledgerEntry.generationId} = ${generation.id})`.mapWith(Number);

const taken = sql`case when ${ledgerEntry.credits} < 0 then -${ledgerEntry.credits} else 0 end`;
const returned = sql`case when ${ledgerEntry.credits} > 0 then ${ledgerEntry.credits} else 0 end`;

const rowsOf = (read: Read) =>
  read
    .select({
      id: generation.id,
      at: generation.startedAt,
      finishedAt: generation.finishedAt,
      kind: generation.kind,
      model: generation.model,
      tier: generation.tier,
      resolution: generation.resolution,
      durationSeconds: generation.durationSeconds,
      count: generation.count,
      status: generation.status,
      error: generation.error,
      memberId: generation.memberId,
      memberName: member.name,
      charged: overEntries(taken).as('charged'),
      returned: overEntries(returned).as('returned'),
    })
    .from(generation)
    .leftJoin(
      member,
      and(eq(member.id, generation.memberId), eq(member.customerId, generation.customerId)),
    );

export type StoredGenerationRow = Awaited<ReturnType<typeof rowsOf>>[number];

/** The rows before the place, newest first. */
export const olderGenerations = preparedQuery<GenerationStretch, StoredGenerationRow>((read) =>
  rowsOf(read)
    .where(generations.older)
    .orderBy(...generations.newestFirst)
    .limit(generations.most),
);

/** The rows after the place, oldest first. */
export const newerGenerations = preparedQuery<GenerationStretch, StoredGenerationRow>((read) =>
  rowsOf(read)
    .where(generations.newer)
    .orderBy(...generations.oldestFirst)
    .limit(generations.most),
);

/** One generation, as the pages show it. */
export const generationById = preparedQuery<
  { customerId: string; id: string; asOf: Instant },
  StoredGenerationRow
>((read) =>
  rowsOf(read)
    .where(and(generations.mine, eq(generation.id, param('id', generation.id))))
    .limit(1),
);

/** How many lie after the place up to and including `limitAt`. */
export const countNewerGenerations = preparedQuery<Omit<Stretch, 'most'>, { rows: number }>(
  (read) =>
    read
      .select({ rows: sql`count(*)`.mapWith(Number).as('rows') })
      .from(generation)
      .where(generations.newer),
);
