import type { DelegationLine } from '#app/services/requests/approvals/delegations.ts';
import { Button } from '#app/ui/button.tsx';
import type { TableColumn } from '#app/ui/data-table-types.ts';
import { shortUtc } from '#app/ui/time-format.ts';
import { TimeText } from '#app/ui/time-text.tsx';

const STATE_LABELS = { to_come: 'upcoming', in_force: 'active', ended: 'ended' } as const;

interface DelegationActions {
  now: number;
  /** The one that is being ended. */
  ending: string | null;
  onEnd: (id: string) => void;
}

/** Who has lent their right to whom, for how long and why. */
export const delegationColumns = ({
  now,
  ending,
  onEnd,
}: DelegationActions): TableColumn<DelegationLine>[] => [
  {
    id: 'who',
    header: 'Delegations',
    width: 236,
    title: ({ delegatorName, delegateName }) => `${delegatorName} to ${delegateName}`,
    cell: ({ delegatorName, delegateName }) => (
      <>
        <bdi className="font-medium">{delegatorName}</bdi> to{' '}
        <bdi className="font-medium">{delegateName}</bdi>
      </>
    ),
  },
  { id: 'why', header: 'Reason', title: ({ reason }) => reason, text: ({ reason }) => reason },
  {
    id: 'from',
    header: 'From',
    kind: 'n q',
    width: 104,
    text: ({ startsAt }) => shortUtc(startsAt, now),
    at: ({ startsAt }) => startsAt,
  },
  {
    id: 'until',
    header: 'Until',
    kind: 'n',
    width: 104,
    cell: ({ endsAt, endedAt }) => (
      <TimeText at={endedAt ?? endsAt} now={now}>
        {shortUtc(endedAt ?? endsAt, now)}
      </TimeText>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 72,
    text: ({ state }) => STATE_LABELS[state],
    tone: ({ state }) => (state === 'in_force' ? 'strong' : 'q'),
  },
  {
    id: 'end',
    header: 'End',
    width: 84,
    cell: ({ id, whyNotEnd, state }) =>
      state === 'ended' ? null : (
        <Button
          look="plain"
          disabledReason={ending === null ? whyNotEnd : 'Sending.'}
          onClick={() => onEnd(id)}
        >
          {ending === id ? 'Ending…' : 'End now'}
        </Button>
      ),
  },
];
