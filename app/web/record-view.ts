import { tooManyCustomers } from '#app/web/http.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import type { CustomerViewVerdict } from '#app/domain/policy/customer-view-limit.ts';
import { recordCustomerRowsView } from '#app/services/audit/record-customer-view.ts';

/**
 * Records the view of a customer whose facts are about to be sent. Throws 429 where this person has opened
 * too many.
 */
export const recordViewOrRefuse = async (
  app: StaffDeps & { requestId: string },
  customerId: string,
  record: (
    app: StaffDeps & { requestId: string },
    customerId: string,
  ) => Promise<CustomerViewVerdict> = recordCustomerRowsView,
): Promise<void> => {
  const outcome = await record(app, customerId);
  if (outcome.kind === 'refused')
    throw tooManyCustomers(
      Math.max(1, Math.ceil((outcome.until - app.now()) / 1000)),
      outcome.customers,
    );
};
