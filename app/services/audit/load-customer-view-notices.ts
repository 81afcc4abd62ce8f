import { DAY } from '#app/lib/instant.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { eventsOfKind } from '#db/queries/audit/customer-views.ts';

/** Somebody has opened more customers within an hour than the policy expects. */
export interface CustomerViewNotice {
  staffId: string;
  name: string;
  at: Instant;
  customers: number;
}

/** Those of the last day, newest first. */
export const loadCustomerViewNotices = async ({
  store,
  now,
}: Pick<StaffDeps, 'store' | 'now'>): Promise<CustomerViewNotice[]> =>
  (await eventsOfKind(store.read, 'customer.many_opened', now() - DAY)).flatMap(
    ({ actorId, actorName, at, detail }) =>
      actorId === null
        ? []
        : [{ staffId: actorId, name: actorName, at, customers: Number(detail?.['customers']) }],
  );
