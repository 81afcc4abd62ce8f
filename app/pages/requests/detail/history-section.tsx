import { Section } from '#app/pages/shared/section.tsx';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import { HistoryList } from '#app/ui/history-list.tsx';

/** What happened to the request, oldest first. */
export const HistorySection = ({ page: { history, now } }: { page: RequestDetail }) => (
  <Section label="History">
    <HistoryList label="History of the request" steps={history} now={now} />
  </Section>
);
