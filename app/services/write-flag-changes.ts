import type { Flag, FlagEventKind } from '#app/domain/flags/flag.ts';
import type { FlagChange } from '#app/domain/flags/settle.ts';
import type { Instant } from '#app/domain/instant.ts';
import type { Deps } from '#app/services/deps.ts';
import { insertFlagEvents, insertFlags, updateFlag } from '#db/queries/flags.ts';
import type { FlagEventRow } from '#db/queries/flags.ts';
import type { Tx } from '#db/store.ts';

/** Writes what a sweep makes of flags, with their history; answers how many events of each kind. */
export const writeFlagChanges = async (
  { newId }: Pick<Deps, 'newId'>,
  tx: Tx,
  changes: readonly FlagChange[],
  at: Instant,
): Promise<Partial<Record<FlagEventKind, number>>> => {
  const fresh: Flag[] = [];
  const events: FlagEventRow[] = [];
  const record = (flagId: string, kind: FlagEventKind, more: Partial<FlagEventRow>): void => {
    const none = { actorId: null, reason: null, ticket: null, detail: null };
    events.push({ ...none, id: newId('fev'), flagId, at, kind, ...more });
  };
  for (const change of changes) {
    if (change.kind === 'open') {
      const flag = { ...change.flag, id: newId('flg') };
      fresh.push(flag);
      record(flag.id, 'opened', {});
      continue;
    }
    const { before, after, event, detail } = change;
    // Read in this same serializable write, so nobody can have changed it in between.
    if (!(await updateFlag(tx, before, after))) throw new Error('a flag changed within a write');
    if (event)
      record(before.id, event, { detail, reason: event === 'closed' ? after.reason : null });
  }
  await insertFlags(tx, fresh);
  await insertFlagEvents(tx, events);
  return tally(events);
};

function tally(events: readonly FlagEventRow[]): Partial<Record<FlagEventKind, number>> {
  const counts: Partial<Record<FlagEventKind, number>> = {};
  for (const { kind } of events) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
