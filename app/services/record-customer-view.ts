import { MINUTE } from '#app/domain/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { hasViewedSince, appendAudit } from '#db/queries/audit-events.ts';

/** Further rows of a page that somebody has just opened are the same view. */
const SAME_VIEW = 15 * MINUTE;

/** Records who looks at a customer, when and for which ticket. Done before the page is sent. */
export const recordCustomerView = async (
  app: StaffDeps & { requestId: string },
  customerId: string,
): Promise<void> => {
  const row = {
    id: app.newId('aud'),
    at: app.now(),
    kind: 'customer.viewed',
    actorId: app.actor.staffId,
    customerId,
    ticket: app.ticket,
    requestId: app.requestId,
  };
  await app.store.write((tx) => appendAudit(tx, row));
};

/** The same for a part of the page: recorded unless this person opened the customer a moment ago. */
export const recordCustomerRowsView = async (
  app: StaffDeps & { requestId: string },
  customerId: string,
): Promise<void> => {
  const known = await hasViewedSince(app.store.read, {
    actorId: app.actor.staffId,
    customerId,
    ticket: app.ticket,
    since: app.now() - SAME_VIEW,
  });
  if (!known) await recordCustomerView(app, customerId);
};
