import { StripeTrouble } from '#app/outside/stripe/trouble.ts';
import type { PageApp } from '#app/platform/request-context.ts';
import type { StaffMoneyDeps } from '#app/services/money/staff-money-deps.ts';

const notSetUp = async (): Promise<never> => {
  throw new StripeTrouble('denied', 'the settings name no Stripe');
};
const noStripe: StaffMoneyDeps['stripe'] = { readCharge: notSetUp, listRefunds: notSetUp };

/** What asking and deciding need. Where no Stripe is set, charges cannot be read, and without a product no credits changed. */
export const staffMoney = (app: PageApp): StaffMoneyDeps => ({
  ...app,
  stripe: app.money?.stripe ?? noStripe,
  productSet: app.money?.productApi.isSet ?? false,
});
