import type { Instant } from '#app/lib/instant.ts';
import type { Deps } from '#app/services/deps.ts';
import {
  countOpenFlags as countBySeverity,
  newestFlagChange,
} from '#db/queries/flags/flag-changes.ts';
import type { Store } from '#db/store-types.ts';
interface Counted {
  newest: Instant | null;
  count: number;
}

const counted = new WeakMap<Store, Counted>();

/** How many flags are open: counted anew only after a flag has changed, since every page shows it. */
export async function countOpenFlags({ store }: Pick<Deps, 'store'>): Promise<number> {
  const newest = await newestFlagChange(store.read);
  const known = counted.get(store);
  if (known?.newest === newest) return known.count;
  const bySeverity = await countBySeverity(store.read);
  const count = bySeverity.reduce((sum, one) => sum + one.count, 0);
  counted.set(store, { newest, count });
  return count;
}
