import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { OutOfOfficeForm } from '#app/pages/approvers/out-of-office-form.tsx';
import { DelegationForm } from '#app/pages/approvers/delegation-form.tsx';
import { delegationColumns } from '#app/pages/approvers/delegation-columns.tsx';
import { approverColumns } from '#app/pages/approvers/approver-columns.tsx';
import { usePostForm } from '#app/pages/shared/use-post-form.ts';
import type { DelegationLine } from '#app/services/requests/approvals/delegations.ts';
import type { Approvers } from '#app/services/requests/approvals/load-approvers.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorText } from '#app/ui/error-text.tsx';

/** Pixels, its line included. */
const ROW = 28;

const keyOf = ({ id }: { id: string }): string => id;
const markOf = ({ state }: DelegationLine): string | undefined =>
  state === 'ended' ? 'gone' : undefined;

/** Approvers, delegations, and one's own part in them. */
export const ApproversView = ({ page }: { page: Approvers }) => (
  <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(340px,27%)] max-[900px]:grid-cols-1">
    <div className="flex min-h-0 min-w-0 flex-col">
      <Deciders page={page} />
      <Delegations page={page} />
    </div>
    <div className="grid min-h-0 content-start gap-4 overflow-auto border-s border-hairline p-3">
      <Own label="Out of office">
        <OutOfOfficeForm page={page} />
      </Own>
      <Own label="Delegate my approvals">
        <DelegationForm page={page} />
      </Own>
    </div>
  </div>
);

const Own = ({ label, children }: { label: string; children: ReactNode }) => (
  <section
    aria-label={label}
    className="grid gap-2 not-first:border-t not-first:border-hairline not-first:pt-3"
  >
    <h2 className="text-heading">{label}</h2>
    {children}
  </section>
);

function Deciders({ page: { people, now } }: { page: Approvers }) {
  const columns = useMemo(() => approverColumns(now), [now]);
  return (
    // As high as its rows, up to half of the page: what is lent follows at once.
    <div
      className="flex max-h-[50%] min-h-0 flex-col"
      style={{ flex: `0 1 ${ROW * (people.length + 1) + 1}px` }}
    >
      <DataTable
        label="Approvers"
        columns={columns}
        rows={people}
        keyOf={keyOf}
        rowCount={people.length}
      />
    </div>
  );
}

function Delegations({ page: { rows, now } }: { page: Approvers }) {
  const { send, sending, sent } = usePostForm<{ done: object }>({});
  const [asked, setAsked] = useState<string | null>(null);
  const ending = sending ? asked : null;
  const columns = useMemo(() => {
    const onEnd = (delegation: string) => {
      setAsked(delegation);
      send('/requests/people/end-loan', new URLSearchParams({ loan: delegation }).toString());
    };
    return delegationColumns({ now, ending, onEnd });
  }, [now, ending, send]);
  const wrong = sent?.trouble ?? sent?.refusal?.says ?? null;
  return (
    <div className="mt-4 flex min-h-0 flex-1 flex-col border-t border-hairline">
      {wrong === null ? null : <ErrorText>{wrong}</ErrorText>}
      <DataTable
        label="Delegations"
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        rowCount={rows.length}
        markOf={markOf}
        note={
          rows.length > 0 ? null : (
            <EmptyState title="No delegations">
              Before you are away, delegate your approvals to one other person, for at most 30 days.
            </EmptyState>
          )
        }
      />
    </div>
  );
}
