import { flagMessage } from '#app/domain/flags/messages/flag-message.ts';
import type { FlagEventKind, FlagState } from '#app/domain/flags/flag.ts';
import type { Instant } from '#app/lib/instant.ts';
import type { Severity } from '#app/domain/rules/rule.ts';
import type { Deps } from '#app/services/deps.ts';
import { eventsOfFlags, closedFlagsOfCustomer } from '#db/queries/customers/customer-page.ts';

/** More than this nobody reads on a customer's page. */
const MOST = 50;

export interface ClosedFlag {
  id: string;
  severity: Severity;
  sentence: string;
  state: FlagState;
  reason: string | null;
  snoozedUntil: Instant | null;
  changedAt: Instant;
  history: {
    at: Instant;
    kind: FlagEventKind;
    /** Who; null: the rules. */
    actor: string | null;
    reason: string | null;
    ticket: string | null;
  }[];
}

/** Flags that are no longer open, the latest change first, each with its history, oldest first. */
export async function loadClosedFlags(
  { store: { read }, now }: Pick<Deps, 'store' | 'now'>,
  customerId: string,
): Promise<ClosedFlag[]> {
  const flags = await closedFlagsOfCustomer(read, { customerId, most: MOST });
  const events = await eventsOfFlags(
    read,
    flags.map(({ id }) => id),
  );
  return flags.map((flag) => ({
    id: flag.id,
    severity: flag.severity,
    // As it stood when it was settled: what it says of "ago" would otherwise go on growing.
    sentence: flagMessage(flag, flag.state === 'snoozed' ? now() : flag.changedAt),
    state: flag.state,
    reason: flag.reason,
    snoozedUntil: flag.snoozedUntil,
    changedAt: flag.changedAt,
    history: events.flatMap(({ flagId, ...event }) => (flagId === flag.id ? [event] : [])),
  }));
}
