import { Link } from '@remix-run/react';
import { useState } from 'react';
import { AUDIT_COLUMNS } from '#app/pages/audit/audit-columns.tsx';
import { AuditPanel } from '#app/pages/audit/audit-panel.tsx';
import { auditKey, useAuditRows } from '#app/pages/audit/use-audit-rows.ts';
import type { AuditLine, AuditLines } from '#app/services/audit/load-audit-lines.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';

/** The log, newest first, and the chosen row of it in full. */
export function AuditView({ page, query }: { page: AuditLines; query: string }) {
  const { kept, loadMore, loading } = useAuditRows(page, query);
  const [chosen, setChosen] = useState<AuditLine | null>(null);
  return (
    <>
      <DataTable
        label="Audit log"
        columns={AUDIT_COLUMNS}
        rows={kept.rows}
        keyOf={auditKey}
        rowCount={-1}
        chosenKey={chosen && auditKey(chosen)}
        onChoose={(row: AuditLine) => setChosen(row)}
        onNearEnd={loadMore}
        note={
          kept.rows.length === 0 ? (
            <NoRows filtered={query !== ''} />
          ) : loading ? (
            'Loading more…'
          ) : null
        }
      />
      {chosen === null ? null : <AuditPanel line={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

const NoRows = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <EmptyState title="No rows match">
      <Link to="/audit">Show the whole log</Link>
    </EmptyState>
  ) : (
    <EmptyState title="Nothing recorded yet">
      Customer views, sign-ins and decisions appear here, the newest first.
    </EmptyState>
  );
