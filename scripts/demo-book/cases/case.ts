import type { Instant } from '#app/lib/instant.ts';
import type { RuleId } from '#app/domain/rules/rule.ts';
import type { Currency, PlanId } from '#scripts/demo-book/catalogue.ts';
import type { Expected, Planting } from '#scripts/demo-book/planting.ts';

/** A customer of the demo book with a story, at an id that never changes. */
export interface DemoCase {
  customerId: string;
  name: string;
  /** The name in Latin letters, for e-mail addresses, where it has none. */
  latin?: string;
  /** What it shows: a rule, something that must not be flagged, or something to look at. */
  shows: { rule: RuleId } | { trap: string } | { sight: string };
  /** Exactly what the rules find at the book's `now`. */
  findings: readonly Expected[];
  /** What the rules will find later without any new record, and how long after `now`. */
  later: { after: number; finding: Expected } | null;
  story: string;
  /** Of the customer's city: see the regions. */
  zone: string;
  plan: PlanId;
  /** Where it is not the one of its region. */
  currency?: Currency;
  planting: Planting;
  /** Generations in the year before; without it what is usual for the plan. */
  generations?: number;
  /** When it happened, given the book's `now`. */
  at(now: Instant): Instant;
}

export type Who = readonly [customerId: string, name: string, zone: string, plan?: PlanId];

/** Ids of planted records end in the customer's id without its `org_`. */
export const tagOf = (customerId: string): string => customerId.slice('org_'.length);
