import { Part } from '#app/pages/requests/sheet-part.tsx';
import type { RequestPage } from '#app/services/money/load-request-page.ts';
import { HistoryList } from '#app/ui/history-list.tsx';

/** What happened to the request, oldest first. */
export const HistoryPart = ({ page: { history, now } }: { page: RequestPage }) => (
  <Part label="History">
    <HistoryList label="History of the request" steps={history} now={now} />
  </Part>
);
