import { flagLine } from '#app/domain/flags/flag-line.ts';
import type { FlagLine } from '#app/domain/flags/flag-line.ts';
import { shortened } from '#app/domain/search/describe-match.ts';
import type { StaffDeps } from '#app/services/deps.ts';
import { listFlags } from '#db/queries/flags/flag-queue.ts';
import type { FlagCursor, FlagFilter, FlagSort } from '#db/queries/flags/flag-queue.ts';

export type { FlagCursor } from '#db/queries/flags/flag-queue.ts';

/** What of the queue is asked for. `assignee` is `me`, `nobody` or the id of a member of staff. */
export interface FlagQuery extends Omit<FlagFilter, 'assigneeId'> {
  assignee?: string | undefined;
  sort: FlagSort;
  after?: FlagCursor | undefined;
}

export interface QueueLine extends FlagLine {
  /** null: only other records mention this customer. */
  customerName: string | null;
  assigneeName: string | null;
}
export interface FlagLines {
  rows: QueueLine[];
  /** Where the next page begins; null on the last one. */
  next: FlagCursor | null;
}

const PAGE = 60;

export const filterOf = ({ actor }: StaffDeps, ask: FlagQuery): FlagFilter => ({
  state: ask.state,
  rule: ask.rule,
  severity: ask.severity,
  assigneeId:
    ask.assignee === 'me' ? actor.staffId : ask.assignee === 'nobody' ? null : ask.assignee,
});

/** A page of the queue, worst first. Reads flags as the last sweep left them; writes nothing. */
export async function loadFlagLines(deps: StaffDeps, ask: FlagQuery): Promise<FlagLines> {
  const { flags, next } = await listFlags(deps.store.read, filterOf(deps, ask), {
    sort: ask.sort,
    after: ask.after,
    limit: PAGE,
  });
  const now = deps.now();
  const rows = flags.map((flag) => ({
    ...flagLine(flag, now),
    customerName: flag.customerName === null ? null : shortened(flag.customerName),
    assigneeName: flag.assigneeName,
  }));
  return { rows, next };
}
