import type { Route } from '#scripts/sandbox/stripe/protocol/routes.ts';
import { chargeRoutes } from '#scripts/sandbox/stripe/resources/charges.ts';
import { creditNoteRoutes } from '#scripts/sandbox/stripe/resources/credit-notes.ts';
import { customerRoutes } from '#scripts/sandbox/stripe/resources/customers.ts';
import { invoiceLineRoutes } from '#scripts/sandbox/stripe/resources/invoice-lines.ts';
import { invoiceStepRoutes } from '#scripts/sandbox/stripe/resources/invoice-steps.ts';
import { invoiceRoutes } from '#scripts/sandbox/stripe/resources/invoices.ts';
import { listingRoutes } from '#scripts/sandbox/stripe/resources/listings.ts';
import { refundRoutes } from '#scripts/sandbox/stripe/resources/refunds.ts';

/** The whole of the API that the local Stripe speaks. */
export const allRoutes: readonly Route[] = [
  ...refundRoutes,
  ...chargeRoutes,
  ...customerRoutes,
  ...invoiceRoutes,
  ...invoiceStepRoutes,
  ...invoiceLineRoutes,
  ...creditNoteRoutes,
  ...listingRoutes,
];
