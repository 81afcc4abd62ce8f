import type { FlagStep } from '#app/services/load-flag-history.ts';
import { TimeText } from '#app/ui/time-text.tsx';

/** What happened to a flag, oldest first: when, what, by whom and for which ticket. */
export const FlagHistory = ({ steps, now }: { steps: readonly FlagStep[]; now: number }) => (
  <ol aria-label="History of the flag" className="grid gap-0.5">
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
