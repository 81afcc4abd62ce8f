import { Link } from '@remix-run/react';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { AuditLine } from '#app/services/audit/load-audit-lines.ts';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { fullUtc } from '#app/ui/time-format.ts';

/** Who did it. */
export const actorOf = ({ actorName }: AuditLine): string => actorName ?? 'System';

export const AUDIT_COLUMNS: readonly TableColumn<AuditLine>[] = [
  {
    id: 'seq',
    header: 'Row',
    headerTitle: 'Row number, without gaps',
    kind: 'n q',
    width: 76,
    text: ({ seq }) => String(seq),
  },
  {
    id: 'at',
    header: 'When (UTC)',
    width: 152,
    at: ({ at }) => at,
    text: ({ at }) => fullUtc(at),
  },
  { id: 'who', header: 'Who', width: 152, title: actorOf, text: actorOf },
  { id: 'what', header: 'What', title: ({ says }) => says, text: ({ says }) => says },
  {
    id: 'customer',
    header: 'Customer',
    width: 190,
    title: ({ customerId }) => customerId ?? undefined,
    cell: ({ customerId }) =>
      customerId === null ? (
        '–'
      ) : (
        <Link to={customerPath(customerId)}>
          <bdi>{customerId}</bdi>
        </Link>
      ),
  },
  { id: 'ticket', header: 'Ticket', width: 104, text: ({ ticket }) => ticket ?? '–' },
];
