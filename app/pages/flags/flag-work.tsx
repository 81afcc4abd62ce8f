import { useNavigate } from '@remix-run/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Actor } from '#app/domain/roles.ts';
import { customerPath } from '#app/pages/customer-path.ts';
import { ActionBar } from '#app/pages/flags/action-bar.tsx';
import { DecisionDialog } from '#app/pages/flags/decision-dialog.tsx';
import { flagColumns } from '#app/pages/flags/flag-columns.tsx';
import { FlagPanel } from '#app/pages/flags/flag-panel.tsx';
import { whyNot } from '#app/pages/flags/flag-rights.ts';
import type { FlagIntent } from '#app/pages/flags/flag-rights.ts';
import type { ShownLine } from '#app/pages/flags/merge-rows.ts';
import { OutcomeNote } from '#app/pages/flags/outcome-note.tsx';
import type { Outcomes } from '#app/pages/flags/outcome-note.tsx';
import { QueueEmpty } from '#app/pages/flags/queue-empty.tsx';
import { SelectionProvider, useSelection } from '#app/pages/flags/selection.tsx';
import { useFlagKeys } from '#app/pages/flags/use-flag-keys.ts';
import { useQueueRows } from '#app/pages/flags/use-queue-rows.ts';
import { useLive } from '#app/pages/use-live.ts';
import type { FlagOutcome } from '#app/services/decide-flags.ts';
import type { FlagQueue } from '#app/services/load-flag-queue.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import type { TableHandle } from '#app/ui/data-table-types.ts';

interface FlagWorkProps {
  queue: FlagQueue & { actor: Pick<Actor, 'role'> };
  filters: URLSearchParams;
}

const DONE: Record<FlagIntent, string> = {
  dismiss: 'dismissed',
  snooze: 'snoozed',
  assign: 'assigned',
};

/** The table of flags and what is done with them. */
export const FlagWork = (props: FlagWorkProps) => (
  <SelectionProvider>
    <Work {...props} />
  </SelectionProvider>
);

function Work({ queue, filters }: FlagWorkProps) {
  const { rows, waiting, loadMore, loading, showNew, drop } = useQueueRows(queue, filters);
  const { chosen, setChosen, targets, selection } = useTargets(rows);
  const [intent, setIntent] = useState<FlagIntent | null>(null);
  const [outcomes, setOutcomes] = useState<Outcomes | null>(null);
  const table = useRef<TableHandle>(null);
  const navigate = useNavigate();
  const { role } = queue.actor;
  useLive(undefined, intent !== null);

  const columns = useMemo(() => flagColumns(queue.now), [queue.now]);
  const open = useCallback(
    (row: ShownLine) => navigate(customerPath(row.customerId, row.subject)),
    [navigate],
  );
  const ask = (wanted: FlagIntent) => {
    if (whyNot(wanted, role, targets) === null) setIntent(wanted);
  };
  const onDone = (done: FlagOutcome[]) => {
    const lines = new Map(rows.map((row) => [row.id, row]));
    const flags = done.map((one) => ({ ...one, line: lines.get(one.flagId) ?? null }));
    setOutcomes({ verb: DONE[intent ?? 'dismiss'], flags });
    const settled = new Set(flags.filter(({ says }) => says === null).map(({ flagId }) => flagId));
    const place = rows.findIndex(({ id }) => id === chosen?.id);
    const next = rows.slice(Math.max(0, place)).find(({ id }) => !settled.has(id));
    if (place >= 0 && intent !== 'assign') setChosen(next?.id ?? null);
    drop(settled);
    selection.set([...selection.ids].filter((id) => !settled.has(id)));
    table.current?.focus();
  };
  useFlagKeys({
    move: (by) => table.current?.move(by),
    toggle: () => chosen && selection.toggle(chosen.id),
    open: () => chosen && open(chosen),
    assign: () => ask('assign'),
    snooze: () => ask('snooze'),
    dismiss: () => ask('dismiss'),
    letGo: () => setChosen(null),
  });
  return (
    <>
      <ActionBar
        role={role}
        targets={targets}
        total={queue.total}
        waiting={waiting}
        loadedIds={rows.map(({ id }) => id)}
        onIntent={setIntent}
        onShowNew={() => {
          showNew();
          table.current?.toTop();
        }}
      />
      <OutcomeNote outcomes={outcomes} onClose={() => setOutcomes(null)} />
      <DataTable
        ref={table}
        label="Flags"
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        rowCount={queue.total}
        chosenKey={chosen?.id ?? null}
        markOf={markOf}
        onChoose={(row) => setChosen(row.id)}
        onOpen={open}
        onNearEnd={loadMore}
        note={
          rows.length === 0 ? (
            <QueueEmpty hasBook={queue.hasBook} filters={filters} />
          ) : loading ? (
            'Loading more…'
          ) : null
        }
      />
      {chosen === null ? null : <FlagPanel flag={chosen} now={queue.now} />}
      <DecisionDialog
        intent={intent}
        targets={targets}
        staff={queue.staff}
        now={queue.now}
        onClose={() => setIntent(null)}
        onDone={onDone}
      />
    </>
  );
}

const keyOf = ({ id }: ShownLine): string => id;
const markOf = ({ gone }: ShownLine): string | undefined => (gone ? 'gone' : undefined);

/** What a decision is for: the ticked rows, or else the chosen one. */
function useTargets(rows: readonly ShownLine[]) {
  const selection = useSelection();
  const [chosenId, setChosen] = useState<string | null>(null);
  const chosen = rows.find(({ id }) => id === chosenId) ?? null;
  const targets = useMemo(() => {
    const ticked = rows.filter(({ id, gone }) => selection.ids.has(id) && !gone);
    if (ticked.length > 0) return ticked;
    return chosen && !chosen.gone ? [chosen] : [];
  }, [rows, selection.ids, chosen]);
  return { chosen, setChosen, targets, selection };
}
