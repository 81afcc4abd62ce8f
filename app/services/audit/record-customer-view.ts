import { VIEW_WINDOW, judgeCustomerView } from '#app/domain/policy/customer-view-limit.ts';
import type { CustomerViewVerdict } from '#app/domain/policy/customer-view-limit.ts';
import { MINUTE } from '#app/lib/instant.ts';
import { policyAt } from '#app/domain/policy/policy.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { readPolicies } from '#app/services/policy/load-rule-context.ts';
import { hasViewedSince, appendAudit } from '#db/queries/audit/audit-events.ts';
import { isKnownCustomer, openingsSince } from '#db/queries/audit/customer-views.ts';
import type { Tx } from '#db/store.ts';

type Viewer = StaffDeps & { requestId: string };

/** Further rows of a page that somebody has just opened are the same view. */
const SAME_VIEW = 15 * MINUTE;

/** Once in the time that counts, however many more are opened. */
const note = (
  app: Viewer,
  tx: Tx,
  { kind, kinds, customers }: { kind: string; kinds: ReadonlySet<string>; customers: number },
): Promise<void> | undefined =>
  kinds.has(kind)
    ? undefined
    : appendAudit(tx, {
        ...{ id: app.newId('aud'), at: app.now(), kind, actorId: app.actor.staffId },
        ...{ subject: `staff:${app.actor.staffId}`, requestId: app.requestId },
        detail: { customers, withinMinutes: VIEW_WINDOW / MINUTE },
      });

/**
 * Records who looks at a customer, when and for which ticket. Done before the page is sent. Also counts the
 * customers that this person has opened lately: many are noted for the leads, too many are refused.
 */
export const recordCustomerView = async (
  app: Viewer,
  customerId: string,
): Promise<CustomerViewVerdict> => {
  const { actor, ticket, requestId, store } = app;
  const at = app.now();
  const id = app.newId('aud');
  const { customersAnHour } = policyAt(await readPolicies(store.read), at);
  return store.write(async (tx) => {
    const { lastViewed, kinds } = await openingsSince(tx, actor.staffId, at - VIEW_WINDOW);
    const verdict = judgeCustomerView(lastViewed, customerId, customersAnHour);
    const { customers } = verdict;
    if (verdict.kind === 'refused') {
      await note(app, tx, { kind: 'customer.opening_refused', kinds, customers });
      return verdict;
    }
    const kind = 'customer.viewed';
    await appendAudit(tx, { id, at, kind, actorId: actor.staffId, customerId, ticket, requestId });
    if (verdict.isMany) await note(app, tx, { kind: 'customer.many_opened', kinds, customers });
    return verdict;
  });
};

/** The same for a part of the page: recorded unless this person opened the customer a moment ago. */
export const recordCustomerRowsView = async (
  app: Viewer,
  customerId: string,
): Promise<CustomerViewVerdict> => {
  const known = await hasViewedSince(app.store.read, {
    actorId: app.actor.staffId,
    customerId,
    ticket: app.ticket,
    since: app.now() - SAME_VIEW,
  });
  return known
    ? { kind: 'open', customers: 0, isMany: false }
    : recordCustomerView(app, customerId);
};

/** Whether any record names the customer: whoever asks for another sees nothing, and nothing is recorded. */
export const isCustomer = ({ store }: Pick<StaffDeps, 'store'>, id: string): Promise<boolean> =>
  isKnownCustomer(store.read, id);
