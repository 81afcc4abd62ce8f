import { useNavigate } from '@remix-run/react';
import { useRef } from 'react';
import type { Actor } from '#app/domain/access/roles.ts';
import { customerPath } from '#app/pages/shared/paths.ts';
import { ActionBar } from '#app/pages/flags/action-bar.tsx';
import { DecisionDialog } from '#app/pages/shared/flags/decision-dialog.tsx';
import { FlagPanel } from '#app/pages/flags/flag-panel.tsx';
import { FlagTable } from '#app/pages/flags/flag-table.tsx';
import type { ShownLine } from '#app/pages/shared/merge-rows.ts';
import { BulkResult } from '#app/pages/flags/bulk-result.tsx';
import { SelectionProvider } from '#app/pages/flags/selection.tsx';
import { useFlagDecision } from '#app/pages/flags/use-flag-decision.ts';
import { useFlagKeys } from '#app/pages/flags/use-flag-keys.ts';
import { useQueueRows } from '#app/pages/flags/use-queue-rows.ts';
import { useTargets } from '#app/pages/flags/use-targets.ts';
import { useLive } from '#app/pages/shared/use-live.ts';
import type { FlagOutcome } from '#app/services/flags/decide-flags.ts';
import type { FlagQueue } from '#app/services/flags/load-flag-queue.ts';
import type { TableHandle } from '#app/ui/data-table-types.ts';

interface FlagsViewProps {
  queue: FlagQueue & { actor: Pick<Actor, 'role'> };
  filters: URLSearchParams;
}

/** The table of flags and what is done with them. */
export const FlagsView = (props: FlagsViewProps) => (
  <SelectionProvider>
    <Work {...props} />
  </SelectionProvider>
);

function Work({ queue, filters }: FlagsViewProps) {
  const { list, at, decision, table, open } = useFlagsView(queue, filters);
  const { chosen, targets } = at;
  const named = targets.map((row) => ({ ...row, customer: row.customerName ?? row.customerId }));
  const onShowNew = () => {
    list.showNew();
    table.current?.toTop();
  };
  const onDone = (outcomes: FlagOutcome[]) => {
    decision.settle(outcomes);
    table.current?.focus();
  };
  return (
    <>
      <ActionBar
        role={queue.actor.role}
        targets={named}
        total={queue.total}
        waiting={list.waiting}
        loadedIds={list.rows.map(({ id }) => id)}
        onIntent={decision.setIntent}
        onShowNew={onShowNew}
      />
      <BulkResult outcomes={decision.outcomes} onClose={decision.forget} />
      <FlagTable
        ref={table}
        {...{ queue, list, filters }}
        chosenId={chosen?.id ?? null}
        onChoose={at.setChosen}
        onOpen={open}
      />
      {chosen === null ? null : <FlagPanel flag={chosen} now={queue.now} />}
      <DecisionDialog
        targets={named}
        {...{ onDone, staff: queue.staff, now: queue.now, intent: decision.intent }}
        onClose={() => decision.setIntent(null)}
      />
    </>
  );
}

function useFlagsView(queue: FlagsViewProps['queue'], filters: URLSearchParams) {
  const list = useQueueRows(queue, filters);
  const at = useTargets(list.rows);
  const decision = useFlagDecision(queue, list, at);
  const table = useRef<TableHandle>(null);
  const navigate = useNavigate();
  const open = (row: ShownLine) => navigate(customerPath(row.customerId, row.subject));
  // Nothing is loaded anew under a decision that is being made.
  useLive(undefined, decision.intent !== null);
  useFlagKeys({
    move: (by) => table.current?.move(by),
    toggle: () => at.chosen && at.selection.toggle(at.chosen.id),
    open: () => at.chosen && open(at.chosen),
    assign: () => decision.ask('assign'),
    snooze: () => decision.ask('snooze'),
    dismiss: () => decision.ask('dismiss'),
    letGo: () => at.setChosen(null),
  });
  return { list, at, decision, table, open };
}
