import { useLoaderData, useSearchParams } from '@remix-run/react';
import { FlagFilters } from '#app/pages/flags/flag-filters.tsx';
import { FlagsView } from '#app/pages/flags/flags-view.tsx';
import { queuePath } from '#app/pages/flags/flag-paths.ts';
import { flagQuery } from '#app/pages/flags/flag-query.ts';
import { OpenedChart } from '#app/pages/flags/opened-chart.tsx';
import { RuleList } from '#app/pages/flags/rule-list.tsx';
import { guarded } from '#app/web/guarded.ts';
import { badParameter } from '#app/web/http.ts';
import { loadFlagQueue } from '#app/services/flags/load-flag-queue.ts';

export const meta = () => [{ title: 'Flags – Redress' }];

export const loader = guarded(
  'flags.view',
  { audit: 'none', query: flagQuery },
  async ({ query, app }) => {
    const queue = await loadFlagQueue(app, query);
    if (queue === null) throw badParameter('assignee', 'expected me, nobody or a member of staff');
    const { staffId, role } = app.actor;
    return { ...queue, actor: { staffId, role }, ...query, after: query.after ?? null };
  },
);

export default function FlagsPage() {
  const queue = useLoaderData<typeof loader>();
  const [filters] = useSearchParams();
  return (
    <div className="grid h-full grid-cols-[248px_minmax(0,1fr)] max-[900px]:grid-cols-1">
      <RuleList queue={queue} filters={filters} />
      <div className="flex min-h-0 min-w-0 flex-col">
        <h1 className="sr-only">Flags</h1>
        <FlagFilters queue={queue} filters={filters} />
        <OpenedChart {...queue} chosen={queue.rule ?? null} />
        {/* Another filter is another list: choice, selection and loaded rows start anew. */}
        <FlagsView key={queuePath(filters, {})} queue={queue} filters={filters} />
      </div>
    </div>
  );
}
