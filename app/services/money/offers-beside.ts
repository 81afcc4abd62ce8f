import type { Offer } from '#app/domain/requests/proposal.ts';
import { offerBeside, recordsOf } from '#app/domain/requests/possible-remedies.ts';
import { loadStandings } from '#app/services/money/record-standing.ts';
import { readCustomerWorld } from '#app/services/read-customer-world.ts';
import type { Read } from '#db/store.ts';

/**
 * Offers of one customer beside what was done and asked for already, by the book: as few queries for many
 * as for one. What Stripe knows beyond it is asked when one is opened.
 */
export async function offersBeside<T extends { offer?: Offer | null }>(
  read: Read,
  customerId: string,
  items: readonly T[],
): Promise<T[]> {
  const named = recordsOf(items.flatMap(({ offer }) => offer ?? []));
  if (named.payments.length + named.generations.length === 0) return [...items];
  const { policies } = await readCustomerWorld(read);
  const standings = await loadStandings(read, {
    ...{ customerId, ...named, policies, exceptId: null, outside: null },
  });
  return items.map((item) =>
    item.offer ? { ...item, offer: offerBeside(item.offer, standings) } : item,
  );
}
