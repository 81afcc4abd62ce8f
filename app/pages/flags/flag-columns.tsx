import { Link } from '@remix-run/react';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { ShownLine } from '#app/pages/shared/merge-rows.ts';
import { SelectBox } from '#app/pages/flags/selection.tsx';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { Severity } from '#app/ui/severity.tsx';
import { shortAge, shortUtc } from '#app/ui/time-format.ts';
import { TimeText } from '#app/ui/time-text.tsx';

const customerOf = ({ customerName, customerId }: ShownLine): string => customerName ?? customerId;

/** Where the flag stands, in a word or two. */
function stateText({ gone, state, snoozedUntil, confidence }: ShownLine, now: number): string {
  if (gone) return 'gone';
  if (state === 'snoozed' && snoozedUntil !== null) return `Until ${shortUtc(snoozedUntil, now)}`;
  return state === 'open' && confidence === 'possible' ? 'possible' : state;
}

/** What was wrong is no news once someone has decided or it is over: then why counts. */
const ageOf = ({ state, reason, sentence }: ShownLine): string =>
  state === 'open' || reason === null ? sentence : reason;

const WHAT: readonly TableColumn<ShownLine>[] = [
  {
    id: 'select',
    header: '✓',
    headerTitle: 'Selected',
    width: 32,
    cell: (row) => <SelectBox id={row.id} label={`${row.title}, ${customerOf(row)}`} />,
  },
  {
    id: 'severity',
    header: 'Severity',
    width: 78,
    cell: ({ severity }) => <Severity level={severity} />,
  },
  {
    id: 'customer',
    header: 'Customer',
    width: 152,
    title: customerOf,
    cell: (row) => (
      <Link to={customerPath(row.customerId, row.subject)}>
        <bdi>{customerOf(row)}</bdi>
      </Link>
    ),
  },
  {
    id: 'what',
    header: 'Issue',
    title: (row) => (row.reason === null ? row.sentence : `${ageOf(row)} (${row.sentence})`),
    cell: (row) => (
      <>
        <span className="font-medium">{row.title}</span>{' '}
        <bdi className="text-ink-quiet">{ageOf(row)}</bdi>
      </>
    ),
  },
  {
    id: 'risk',
    header: 'At risk',
    headerTitle: 'Money at stake, where a price can be given',
    kind: 'n',
    width: 80,
    cell: ({ atRisk }) => atRisk ?? '–',
  },
  { id: 'credits', header: 'Credits', kind: 'n', width: 66, cell: ({ credits }) => credits ?? '–' },
];

/** @param now the instant of the last load: ages grow with the next one, not under the reader's eyes. */
export const flagColumns = (now: number): TableColumn<ShownLine>[] => [
  ...WHAT,
  {
    id: 'age',
    header: 'Age',
    kind: 'n',
    width: 56,
    cell: ({ since }) => (
      <TimeText at={since} now={now}>
        {shortAge(since, now)}
      </TimeText>
    ),
  },
  {
    id: 'state',
    header: 'State',
    kind: 'q',
    width: 72,
    title: (row) => row.reason ?? undefined,
    cell: (row) => stateText(row, now),
  },
  {
    id: 'assignee',
    header: 'Assignee',
    kind: 'q',
    width: 76,
    title: ({ assigneeName }) => assigneeName ?? undefined,
    cell: ({ assigneeName }) => assigneeName ?? '–',
  },
];
