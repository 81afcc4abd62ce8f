import { Part } from '#app/pages/requests/sheet-part.tsx';
import type { RequestPage } from '#app/services/money/load-request-page.ts';
import { TimeText } from '#app/ui/time-text.tsx';

/** What happened to the request, oldest first. */
export const HistoryPart = ({ page: { history, now } }: { page: RequestPage }) => (
  <Part label="History">
    <ol aria-label="History of the request" className="grid gap-0.5">
      {history.map(({ id, at, says, name, ticket }) => (
        <li key={id} className="flex gap-3">
          <span className="w-24 flex-none text-ink-quiet">
            <TimeText at={at} now={now} />
          </span>
          <span className="min-w-0 break-words">
            <bdi>{says}</bdi>
            {name === null ? null : <span className="text-ink-quiet"> — {name}</span>}
            {ticket === null ? null : <span className="text-ink-quiet"> for {ticket}</span>}
          </span>
        </li>
      ))}
    </ol>
  </Part>
);
