import { useLoaderData } from '@remix-run/react';
import { may } from '#app/domain/roles.ts';
import { OpeningNotices } from '#app/pages/people/opening-notices.tsx';
import { PeopleWork } from '#app/pages/people/people-work.tsx';
import { RequestTabs } from '#app/pages/requests/request-tabs.tsx';
import { useLiveFacts } from '#app/pages/use-live.ts';
import { guarded } from '#app/platform/guarded.ts';
import { loadOpeningNotices } from '#app/services/load-opening-notices.ts';
import { loadPeople } from '#app/services/money/load-people.ts';

export const meta = () => [{ title: 'Who decides – Redress' }];

/** Who may decide now, who is away until when, and who has lent what to whom. */
export const loader = guarded('requests.view', { audit: 'none' }, async ({ app }) => ({
  ...(await loadPeople(app)),
  seesDrift: may(app.actor.role, 'drift.view'),
  notices: may(app.actor.role, 'audit.view') ? await loadOpeningNotices(app) : [],
}));

export default function PeoplePage() {
  const page = useLoaderData<typeof loader>();
  useLiveFacts({ events: ['requests'] });
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Who decides</h1>
      <RequestTabs seesDrift={page.seesDrift}>
        <p role="status" className="text-ink-quiet">
          There now for refunds: <span className="number text-ink">{page.there.refunds}</span>, for
          credits: <span className="number text-ink">{page.there.credits}</span>.
        </p>
      </RequestTabs>
      <OpeningNotices notices={page.notices} />
      <PeopleWork page={page} />
    </div>
  );
}
