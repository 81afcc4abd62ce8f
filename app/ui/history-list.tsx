import { TimeText } from '#app/ui/time-text.tsx';

/** One thing that happened; `at` in epoch milliseconds. */
interface HistoryStep {
  id: string;
  at: number;
  says: string;
  /** Who did it; null: the program. */
  actorName: string | null;
  ticket: string | null;
}

interface HistoryListProps {
  /** The accessible name. */
  label: string;
  steps: readonly HistoryStep[];
  now: number;
}

/** What happened, oldest first: when, what, by whom and for which ticket. */
export const HistoryList = ({ label, steps, now }: HistoryListProps) => (
  <ol aria-label={label} className="grid gap-0.5">
    {steps.map(({ id, at, says, actorName, ticket }) => (
      <li key={id} className="flex gap-3">
        <span className="w-24 flex-none text-ink-quiet">
          <TimeText at={at} now={now} />
        </span>
        <span className="min-w-0 break-words">
          <bdi>{says}</bdi>
          {actorName === null ? null : <span className="text-ink-quiet"> — {actorName}</span>}
          {ticket === null ? null : <span className="text-ink-quiet"> for {ticket}</span>}
        </span>
      </li>
    ))}
  </ol>
);
