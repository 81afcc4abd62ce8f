import type { ProductApi } from '#app/outside/product-api/open-product-api.ts';
import type { StripeApi } from '#app/outside/stripe/open-stripe.ts';
import type { Deps } from '#app/services/deps.ts';

/** What moving money takes beyond the store. */
export interface MoneyDeps extends Deps {
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
