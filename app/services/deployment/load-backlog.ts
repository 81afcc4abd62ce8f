import { SECOND, type Instant } from '#app/lib/instant.ts';
import type { RESERVING_STATES, RequestState } from '#app/domain/requests/request.ts';
import type { Deps } from '#app/services/deps.ts';
import { mailBacklog, requestBacklog } from '#db/queries/operations/backlog.ts';
import type { Backlog } from '#db/queries/operations/backlog.ts';
import { latestReconciliations, openDiscrepancies } from '#db/queries/operations/discrepancies.ts';

interface Waiting {
  count: number;
  /** Seconds since the oldest of them is as it is; 0 where there are none. */
  oldest: number;
}

/** What waits to be done, and for how long: by this it shows whether money is stuck. */
export interface BacklogReport {
  requests: Record<(typeof RESERVING_STATES)[number], Waiting>;
  mail: { waiting: Waiting; held: Waiting };
  comparison: {
    /** Seconds since the last one ended; where there was none, since `begun`. */
    age: number;
    ok: boolean;
    /** What it has found to differ, and no later one has found gone; counted up to 1,000. */
    differences: number;
  };
}

const MOST_DIFFERENCES = 1_000;

/** @param begun when this console began to look. */
export const loadBacklog = async (
  { store, now }: Pick<Deps, 'store' | 'now'>,
  begun: Instant,
): Promise<BacklogReport> => {
  const [requests, mail, checks, differences] = await Promise.all([
    requestBacklog(store.read),
    mailBacklog(store.read),
    latestReconciliations(store.read, 2),
    openDiscrepancies(store.read, MOST_DIFFERENCES),
  ]);
  const ageOf = (since: Instant | null | undefined): number =>
    since === null || since === undefined ? 0 : Math.max(0, (now() - since) / SECOND);
  const waitingOf = (found: Backlog | undefined): Waiting => ({
    count: found?.count ?? 0,
    oldest: ageOf(found?.oldest),
  });
  const waiting = (state: RequestState): Waiting => waitingOf(requests.get(state));
  const last = checks.find(({ endedAt }) => endedAt !== null);
  return {
    requests: {
      requested: waiting('requested'),
      sent_back: waiting('sent_back'),
      approved: waiting('approved'),
      sending: waiting('sending'),
      needs_review: waiting('needs_review'),
    },
    mail: { waiting: waitingOf(mail.waiting), held: waitingOf(mail.held) },
    comparison: {
      age: ageOf(last?.endedAt ?? begun),
      ok: last === undefined || last.error === null,
      differences: differences.length,
    },
  };
};
