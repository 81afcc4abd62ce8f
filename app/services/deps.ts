import type { Actor } from '#app/domain/access/roles.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Store } from '#db/store-types.ts';
import type { ProductApi } from '#app/integrations/product-api/create-product-api.ts';
import type { StripeApi } from '#app/integrations/stripe/create-stripe.ts';
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

/** What moving money takes beyond the store. */
export interface RemedyDeps extends Deps {
  stripe: StripeApi;
  productApi: ProductApi;
  /** Where a test may end the process; does nothing otherwise. */
  point: (name: string) => Promise<void> | void;
  /** Names this process in leases. */
  owner: string;
  /**
   * Whether this console takes up what waits, by the clocks of the machines; nothing said: it does.
   * @param longestLease milliseconds for which anybody may hold what is taken up.
   */
  sends?: (longestLease: number) => boolean;
}

/** What asking and deciding need: a person, and to look at charges as they are now. */
export interface StaffRemedyDeps extends StaffDeps {
  stripe: Pick<RemedyDeps['stripe'], 'readCharge' | 'listRefunds'>;
  /** Whether the settings name the product; left out: they do. Without it no credits can be changed. */
  productSet?: boolean;
  /** Of the HTTP request behind it, where there is one. */
  requestId?: string;
  /** When the person signed in; null or left out: no browser is behind it. */
  session?: { authenticatedAt: Instant } | null;
}

/** Who moves it; nobody: the program itself. */
export interface TransitionActor {
  actorId: string;
  ticket: string | null;
  /** Of the HTTP request behind it, where there is one. */
  requestId?: string;
}
