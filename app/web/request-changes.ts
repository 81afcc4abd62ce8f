import type { Instant } from '#app/lib/instant.ts';
import { LATEST, latestRequestChanges } from '#db/queries/requests/request-changes.ts';
import type { ChangeMark } from '#db/queries/requests/request-changes.ts';
import type { Store } from '#db/store-types.ts';
/** What has changed of requests between two looks. */
export interface ChangedRequests {
  changed: boolean;
  /** Whether it is this customer's request that has changed, or may be. */
  concerns(customerId: string): boolean;
  /** When anything changed last; null: never. */
  newest: Instant | null;
}

/** Compares the latest changes of requests, their steps and mails with those of the look before. */
export class RequestChanges {
  #known: ReadonlySet<string> | null = null;

  async look(store: Store): Promise<ChangedRequests> {
    const sources = await latestRequestChanges(store.read);
    const known = this.#known;
    const isNew = ({ mark }: ChangeMark): boolean => known !== null && !known.has(mark);
    const fresh = sources.map((marks) => marks.filter(isNew));
    this.#known = new Set(sources.flatMap((marks) => marks.map(({ mark }) => mark)));
    // As many as are looked at: there may be more behind them, of any customer.
    const beyond = fresh.some((marks) => marks.length >= LATEST);
    const customers = new Set(fresh.flat().map(({ customerId }) => customerId));
    const newest = Math.max(...sources.flat().map(({ at }) => at));
    return {
      changed: fresh.some((marks) => marks.length > 0),
      concerns: (customerId) => beyond || customers.has(customerId),
      newest: Number.isFinite(newest) ? newest : null,
    };
  }
}
