import { DAY } from '#app/domain/instant.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { eventsOfKind } from '#db/queries/customer-views.ts';

/** Somebody has opened more customers within an hour than the policy expects. */
export interface OpeningNotice {
  staffId: string;
  name: string;
  at: Instant;
  customers: number;
}

/** Those of the last day, newest first. */
export const loadOpeningNotices = async ({
  store,
  now,
}: Pick<StaffDeps, 'store' | 'now'>): Promise<OpeningNotice[]> =>
  (await eventsOfKind(store.read, 'customer.many_opened', now() - DAY)).flatMap(
    ({ actorId, actorName, at, detail }) =>
      actorId === null
        ? []
        : [{ staffId: actorId, name: actorName, at, customers: Number(detail?.['customers']) }],
  );
