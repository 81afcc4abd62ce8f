import type { ApproverRow } from '#app/services/requests/approvals/load-approvers.ts';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { shortUtc } from '#app/ui/time-format.ts';
import { TimeText } from '#app/ui/time-text.tsx';

const borrowedText = (line: ApproverRow, now: number): string =>
  line.borrowed
    .map(
      ({ from, decides, until }) =>
        `${decides ?? 'nothing'} for ${from} until ${shortUtc(until, now)}`,
    )
    .join('; ');

/** Who approves what, by which right, and whether they are available. */
export const approverColumns = (now: number): TableColumn<ApproverRow>[] => [
  {
    id: 'name',
    header: 'Approvers',
    width: 168,
    title: ({ name }) => name,
    cell: ({ name, isMe }) => (
      <span className="font-medium">
        <bdi>{name}</bdi>
        {isMe ? <span className="font-normal text-ink-quiet"> (you)</span> : null}
      </span>
    ),
  },
  {
    id: 'decides',
    header: 'Can approve',
    width: 196,
    text: ({ decides }) => decides ?? '–',
  },
  {
    id: 'borrowed',
    header: 'On behalf of',
    title: (line) => borrowedText(line, now),
    text: (line) => borrowedText(line, now),
  },
  {
    id: 'there',
    header: 'Available',
    width: 208,
    cell: ({ awayUntil }) =>
      awayUntil === null ? (
        'yes'
      ) : (
        <span className="text-high">
          out of office until{' '}
          <TimeText at={awayUntil} now={now}>
            {shortUtc(awayUntil, now)}
          </TimeText>
        </span>
      ),
  },
];
