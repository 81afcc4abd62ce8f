import { and, eq, sql } from 'drizzle-orm';
import type { Instant } from '#app/lib/instant.ts';
import { preparedQuery } from '#db/prepared-query.ts';
import { keyset } from '#db/keyset.ts';
import type { Stretch } from '#db/keyset.ts';
import { setupAttempt } from '#db/schema/book.ts';
import type { Read } from '#db/select-types.ts';
import { param } from '#db/param.ts';

const setups = keyset({
  customerId: setupAttempt.customerId,
  at: setupAttempt.at,
  id: setupAttempt.id,
});

const setupsFrom = (read: Read) =>
  read
    .select({
      id: setupAttempt.id,
      at: setupAttempt.at,
      status: setupAttempt.status,
      failure: sql<
        string | null
      >`coalesce(${setupAttempt.declineCode}, ${setupAttempt.failureCode})`
        .mapWith(setupAttempt.failureCode)
        .as('failure'),
      cardBrand: setupAttempt.cardBrand,
      cardFunding: setupAttempt.cardFunding,
    })
    .from(setupAttempt);

export type StoredSetupRow = Awaited<ReturnType<typeof setupsFrom>>[number];

/** Attempts to save a card before the place, newest first. */
export const olderSetups = preparedQuery<Stretch, StoredSetupRow>((read) =>
  setupsFrom(read)
    .where(setups.older)
    .orderBy(...setups.newestFirst)
    .limit(setups.most),
);

/** Attempts to save a card after the place, oldest first. */
export const newerSetups = preparedQuery<Stretch, StoredSetupRow>((read) =>
  setupsFrom(read)
    .where(setups.newer)
    .orderBy(...setups.oldestFirst)
    .limit(setups.most),
);

/** One of them, as the pages show it. */
export const setupById = preparedQuery<{ customerId: string; id: string }, StoredSetupRow>((read) =>
  setupsFrom(read)
    .where(and(setups.mine, eq(setupAttempt.id, param('id', setupAttempt.id))))
    .limit(1),
);

/** How many lie after the place up to and including `limitAt`. */
export const countNewerSetups = preparedQuery<Omit<Stretch, 'most'>, { rows: number }>((read) =>
  read
    .select({ rows: sql`count(*)`.mapWith(Number).as('rows') })
    .from(setupAttempt)
    .where(setups.newer),
);

/** How many attempts to save a card there are. */
export const countSetups = preparedQuery<{ customerId: string; asOf: Instant }, { rows: number }>(
  (read) =>
    read
      .select({ rows: sql`count(*)`.mapWith(Number).as('rows') })
      .from(setupAttempt)
      .where(and(setups.mine, sql`${setupAttempt.at} <= ${param('asOf', setupAttempt.at)}`)),
);
