import { useState } from 'react';
import type { Actor } from '#app/domain/access/roles.ts';
import { disabledReason } from '#app/pages/shared/flags/flag-rights.ts';
import type { FlagIntent } from '#app/pages/shared/flags/flag-rights.ts';
import type { Outcomes } from '#app/pages/flags/bulk-result.tsx';
import type { Targets } from '#app/pages/flags/use-targets.ts';
import type { QueueRows } from '#app/pages/flags/use-queue-rows.ts';
import type { FlagOutcome } from '#app/services/flags/decide-flags.ts';

const DONE: Record<FlagIntent, string> = {
  dismiss: 'dismissed',
  snooze: 'snoozed',
  assign: 'assigned',
};

interface DecidingPage {
  actor: Pick<Actor, 'role'>;
  staff: readonly { id: string; name: string }[];
}

function changesBy(decided: readonly FlagOutcome[], staff: DecidingPage['staff']) {
  const names = new Map(staff.map(({ id, name }) => [id, name]));
  return new Map(
    decided.flatMap(({ flagId, now }) =>
      now === null
        ? []
        : [[flagId, { ...now, assigneeName: names.get(now.assigneeId ?? '') ?? null }] as const],
    ),
  );
}

/** The decision that is being made, and what became of the last one. */
export function useFlagDecision(
  { actor, staff }: DecidingPage,
  { rows, drop, revise }: QueueRows,
  at: Targets,
) {
  const [intent, setIntent] = useState<FlagIntent | null>(null);
  const [outcomes, setOutcomes] = useState<Outcomes | null>(null);
  const ask = (wanted: FlagIntent) => {
    if (disabledReason(wanted, actor.role, at.targets) === null) setIntent(wanted);
  };
  const settle = (decided: FlagOutcome[]) => {
    const lines = new Map(rows.map((row) => [row.id, row]));
    const flags = decided.map((one) => ({ ...one, line: lines.get(one.flagId) ?? null }));
    setOutcomes({ verb: DONE[intent ?? 'dismiss'], flags });
    const done = new Set(flags.filter(({ says }) => says === null).map(({ flagId }) => flagId));
    const place = rows.findIndex(({ id }) => id === at.chosen?.id);
    const next = rows.slice(Math.max(0, place)).find(({ id }) => !done.has(id));
    // The place in the list stays, for the next flag to be worked on. What was given to somebody stays on
    // the list, unless the list is of what somebody has: then it is seen to have left with the next look.
    if (intent === 'assign') revise(changesBy(decided, staff));
    else {
      if (place >= 0) at.setChosen(next?.id ?? null);
      drop(done);
    }
    at.selection.set([...at.selection.ids].filter((id) => !done.has(id)));
  };
  return { intent, setIntent, outcomes, forget: () => setOutcomes(null), ask, settle };
}
