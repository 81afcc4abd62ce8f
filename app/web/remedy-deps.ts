import { StripeUnavailableError } from '#app/integrations/stripe/errors.ts';
import type { PageApp } from '#app/web/request-context.ts';
import type { StaffRemedyDeps } from '#app/services/deps.ts';

const notSetUp = async (): Promise<never> => {
  throw new StripeUnavailableError('denied', 'the settings name no Stripe');
};
const noStripe: StaffRemedyDeps['stripe'] = { readCharge: notSetUp, listRefunds: notSetUp };

/** What asking and deciding need. Where no Stripe is set, charges cannot be read, and without a product no credits changed. */
export const remedyDeps = (app: PageApp): StaffRemedyDeps => ({
  ...app,
  stripe: app.money?.stripe ?? noStripe,
  productSet: app.money?.productApi.isSet ?? false,
});
