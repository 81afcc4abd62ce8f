import type { Actor } from '#app/domain/roles.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { Store } from '#db/store.ts';

/** What every use case is given from outside: nothing in `services` reads a clock or makes an id by itself. */
export interface Deps {
  store: Store;
  /** The current instant. */
  now: () => Instant;
  /** A new time-ordered id with its prefix: `flg_…`. */
  newId: (prefix: string) => string;
}

/** A use case done by a person: who, and for which ticket (`ZD-123`), if one is set. */
export interface StaffDeps extends Deps {
  actor: Actor;
  ticket: string | null;
}
