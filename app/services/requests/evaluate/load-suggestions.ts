import type { Offer } from '#app/domain/remedies/suggestion.ts';
import { suggestAlternative, recordsOf } from '#app/domain/remedies/alternatives.ts';
import { loadStandings } from '#app/services/requests/evaluate/load-standings.ts';
import { loadCachedRuleContext } from '#app/services/policy/load-cached-rule-context.ts';
import type { Read } from '#db/store.ts';

/**
 * Offers of one customer beside what was done and asked for already, by the book: as few queries for many
 * as for one. What Stripe knows beyond it is asked when one is opened.
 */
export async function loadSuggestions<T extends { offer?: Offer | null }>(
  read: Read,
  customerId: string,
  items: readonly T[],
): Promise<T[]> {
  const named = recordsOf(items.flatMap(({ offer }) => offer ?? []));
  if (named.payments.length + named.generations.length === 0) return [...items];
  const { policies } = await loadCachedRuleContext(read);
  const standings = await loadStandings(read, {
    ...{ customerId, ...named, policies, exceptId: null, outside: null },
  });
  return items.map((item) =>
    item.offer ? { ...item, offer: suggestAlternative(item.offer, standings) } : item,
  );
}
