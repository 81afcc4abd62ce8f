import type { Instant } from '#app/domain/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import type { MoneyDeps } from '#app/services/money/deps.ts';

/** What asking and deciding need: a person, and to look at charges as they are now. */
export interface StaffMoneyDeps extends StaffDeps {
  stripe: Pick<MoneyDeps['stripe'], 'readCharge' | 'listRefunds'>;
  /** Whether the settings name the product; left out: they do. Without it no credits can be changed. */
  productSet?: boolean;
  /** Of the HTTP request behind it, where there is one. */
  requestId?: string;
  /** When the person signed in; null or left out: no browser is behind it. */
  session?: { authenticatedAt: Instant } | null;
}
