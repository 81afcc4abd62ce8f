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
function groupsOf(all: readonly PaymentFacts[]): PaymentFacts[][] {
  // By amount first: a number is a cheaper key than a text made of all four, once for every payment.
  const byAmount = new Map<number, PaymentFacts[][]>();
  for (const facts of all) {
    if (facts.net === 0 || isDisputed(facts.payment)) continue;
    const groups = byAmount.get(facts.payment.amount);
    if (groups === undefined) {
      byAmount.set(facts.payment.amount, [[facts]]);
      continue;
    }
    const group = groups.find(([first]) => first !== undefined && isSameThing(first, facts));
    if (group === undefined) groups.push([facts]);
    else group.push(facts);
  }
  return [...byAmount.values()].flat();
}

const isSameThing = ({ payment: a }: PaymentFacts, { payment: b }: PaymentFacts): boolean =>
  a.product === b.product && a.purpose === b.purpose && a.currency === b.currency;

type Link = readonly [earlier: number, later: number];

/** Pairs of a group that belong together: neighbours in time, one invoice, or one paid period. */
function linksOf(group: readonly PaymentFacts[], window: number): Link[] {
  const links: Link[] = [];
  const firstOfInvoice = new Map<string, number>();
  const firstOfPeriod = new Map<string, number>();
  group.forEach((facts, index) => {
    const before = group[index - 1];
    if (before !== undefined && capturedAtOf(facts) - capturedAtOf(before) <= window) {
      links.push([index - 1, index]);
    }
    linkToFirst(firstOfInvoice, facts.payment.invoiceId, index, links);
    linkToFirst(firstOfPeriod, periodOf(facts), index, links);
  });
  return links;
}

function linkToFirst(
  firstOf: Map<string, number>,
  name: string | null,
  index: number,
  links: Link[],
): void {
  if (name === null) return;
  const first = firstOf.get(name);
  if (first === undefined) firstOf.set(name, index);
  else links.push([first, index]);
}

/** The period paid for, as a key; null where the payment does not name one. */
export function periodOf({ payment }: PaymentFacts): string | null {
  const { subscriptionId, periodStart } = payment;
  return subscriptionId === null || periodStart === null
    ? null
    : `${periodStart} ${subscriptionId}`;
}

/** Belonging together is transitive: each link makes two sets one. */
function joined(group: readonly PaymentFacts[], window: number): PaymentFacts[][] {
  const links = linksOf(group, window);
  if (links.length === 0) return [];
  const parent = group.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[index] = root;
    return root;
  };
  for (const [earlier, later] of links) {
    const [a, b] = [rootOf(earlier), rootOf(later)];
    // The earlier root stays, so that a set's root is its first charge.
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  return setsOf(group, rootOf);
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
