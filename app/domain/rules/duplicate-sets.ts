import { byInstantThenId } from '#app/domain/book/order.ts';
import { isDisputed } from '#app/domain/book/payment-facts.ts';
import type { PaymentFacts } from '#app/domain/book/payment-facts.ts';

/**
 * Charges that look like one wish paid several times: sets of two or more, each in the order
 * (capturedAt, id).
 * @param window longest distance of two neighbours in milliseconds.
 */
export function duplicateSets(all: readonly PaymentFacts[], window: number): PaymentFacts[][] {
  const sets: PaymentFacts[][] = [];
  for (const group of groupsOf(all)) {
    if (group.length < 2) continue;
    group.sort((a, b) =>
      byInstantThenId(capturedAtOf(a), a.payment.id, capturedAtOf(b), b.payment.id),
    );
    sets.push(...joined(group, window));
  }
  return sets;
}

/** Only captured payments count, so the fallback is never used. */
const capturedAtOf = (facts: PaymentFacts): number => facts.capturedAt ?? 0;

/** Payments of equal amount, currency, purpose and product that still hold the customer's money. */
function groupsOf(all: readonly PaymentFacts[]): Iterable<PaymentFacts[]> {
  const groups = new Map<string, PaymentFacts[]>();
  for (const facts of all) {
    if (facts.net === 0 || isDisputed(facts.payment)) continue;
    const { amount, currency, purpose, product } = facts.payment;
    const key = `${amount} ${currency} ${purpose}${product === null ? '' : ` ${product}`}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [facts]);
    else group.push(facts);
  }
  return groups.values();
}

/** Belonging together is transitive: each link ties two sets into one. */
function joined(group: readonly PaymentFacts[], window: number): PaymentFacts[][] {
  const parent = group.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[index] = root;
    return root;
  };
  // The earlier root stays, so that a set's root is its first charge.
  const join = (a: number, b: number): void => {
    const [low, high] = [rootOf(a), rootOf(b)].sort((x, y) => x - y);
    if (low !== undefined && high !== undefined) parent[high] = low;
  };
  const firstByName = new Map<string, number>();
  group.forEach((facts, index) => {
    const before = group[index - 1];
    if (before !== undefined && capturedAtOf(facts) - capturedAtOf(before) <= window) {
      join(index - 1, index);
    }
    for (const name of namesOf(facts)) {
      const first = firstByName.get(name);
      if (first === undefined) firstByName.set(name, index);
      else join(first, index);
    }
  });
  return setsOf(group, rootOf);
}

/** What two charges can have in common beside their closeness: an invoice, or a paid period. */
function namesOf({ payment }: PaymentFacts): string[] {
  const { invoiceId, subscriptionId, periodStart } = payment;
  const names: string[] = [];
  if (invoiceId !== null) names.push(`invoice ${invoiceId}`);
  if (subscriptionId !== null && periodStart !== null) {
    names.push(`period ${periodStart} ${subscriptionId}`);
  }
  return names;
}

function setsOf(
  group: readonly PaymentFacts[],
  rootOf: (index: number) => number,
): PaymentFacts[][] {
  const sets = new Map<number, PaymentFacts[]>();
  group.forEach((facts, index) => {
    const root = rootOf(index);
    const set = sets.get(root);
    if (set === undefined) sets.set(root, [facts]);
    else set.push(facts);
  });
  return [...sets.values()].filter((set) => set.length > 1);
}
