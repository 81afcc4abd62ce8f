import type { Generation } from '#app/domain/book/records.ts';
import type { Instant } from '#app/lib/instant.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import type { PolicyVersion } from '#app/domain/policy/policy.ts';
import { priceOf } from '#app/domain/money/rate-card.ts';
import { BEFORE, paginate, shorten, encodeCursor } from '#app/services/customers/row-cursor.ts';
import type { RowPage, Scope, Start } from '#app/services/customers/row-cursor.ts';
import {
  countNewerGenerations,
  generationById,
  newerGenerations,
  olderGenerations,
} from '#db/queries/customers/generation-rows.ts';
import type { StoredGenerationRow } from '#db/queries/customers/generation-rows.ts';
import type { Read } from '#db/store.ts';

export interface GenerationRow {
  id: string;
  at: Instant;
  kind: Generation['kind'];
  model: string;
  tier: string;
  resolution: string | null;
  seconds: number | null;
  count: number | null;
  status: Generation['status'];
  error: string | null;
  /** The name, or the id of a member whom the book does not hold. */
  member: string | null;
  /** Credits taken, and credits given back, by entries that name it. */
  charged: number;
  returned: number;
  /** By the rate card in force when it started; null: the card does not say. */
  price: number | null;
}

interface World {
  read: Read;
  scope: Scope;
  policies: readonly PolicyVersion[];
}

function toRow(row: StoredGenerationRow, { scope, policies }: World): GenerationRow {
  const final = row.finishedAt === null || row.finishedAt <= scope.asOf;
  return {
    id: row.id,
    at: row.at,
    kind: row.kind,
    model: shorten(row.model) ?? '',
    tier: shorten(row.tier) ?? '',
    resolution: row.resolution,
    seconds: row.durationSeconds,
    count: row.count,
    status: final ? row.status : 'running',
    error: final ? shorten(row.error) : null,
    member: shorten(row.memberName ?? row.memberId),
    charged: row.charged,
    returned: row.returned,
    price: priceOf(row, policyAt(policies, row.at)),
  };
}

const cursorOf = (row: StoredGenerationRow | undefined): string =>
  row === undefined ? '' : encodeCursor({ at: row.at, extra: 0, balance: 0, id: row.id });

interface Found {
  stored: StoredGenerationRow[];
  older: boolean;
  newer: boolean;
  firstIndex: number;
}

const toPage = (found: Found, world: World): RowPage<GenerationRow> => ({
  rows: found.stored.map((row) => toRow(row, world)),
  older: found.older ? cursorOf(found.stored.at(-1)) : null,
  newer: found.newer ? cursorOf(found.stored[0]) : null,
  firstIndex: found.firstIndex,
});

interface At {
  at: Instant;
  id: string;
}

async function olderThan({ read, scope }: World, { at, id }: At, most: number) {
  const { customerId, asOf, from } = scope;
  const values = { customerId, asOf, at, id, limitAt: from, most: most + 1 };
  return paginate(await olderGenerations(read, values), most);
}

async function newerThan({ read, scope }: World, { at, id }: At, most: number) {
  const { customerId, asOf, until } = scope;
  const values = { customerId, asOf, at, id, limitAt: until, most: most + 1 };
  const found = paginate(await newerGenerations(read, values), most);
  return { rows: found.rows.toReversed(), more: found.more };
}

/** A page of the generation history, with what each was charged and what it should have cost. */
export async function loadGenerationRows(
  read: Read,
  scope: Scope,
  policies: readonly PolicyVersion[],
  start: Start,
  most: number,
): Promise<RowPage<GenerationRow> | null> {
  const world = { read, scope, policies };
  if (start.kind === 'around') return around(world, start.id, most);
  if (start.kind === 'newer') {
    const { rows, more } = await newerThan(world, start.place, most);
    return toPage({ stored: rows, older: true, newer: more, firstIndex: 0 }, world);
  }
  const place = start.kind === 'older' ? start.place : { at: scope.until + 1, id: '' };
  const { rows, more } = await olderThan(world, place, most);
  const newer = start.kind === 'older';
  return toPage({ stored: rows, older: more, newer, firstIndex: 0 }, world);
}

async function around(world: World, id: string, most: number) {
  const { customerId, asOf, from, until } = world.scope;
  const [row] = await generationById(world.read, { customerId, id, asOf });
  if (row === undefined || row.at > until || row.at < from) return null;
  const above = await newerThan(world, row, BEFORE);
  const below = await olderThan(world, row, most - BEFORE);
  const place = { customerId, at: row.at, id, limitAt: until };
  const [newer] = await countNewerGenerations(world.read, place);
  const found = {
    stored: [...above.rows, row, ...below.rows],
    older: below.more,
    newer: above.more,
    firstIndex: (newer?.rows ?? 0) - above.rows.length,
  };
  return toPage(found, world);
}
