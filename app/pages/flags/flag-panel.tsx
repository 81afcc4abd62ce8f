import { Link, useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { customerPath } from '#app/pages/shared/paths.ts';
import type { loader } from '#app/pages/flags/history.resource.ts';
import type { ShownLine } from '#app/pages/shared/merge-rows.ts';
import { HistoryList } from '#app/ui/history-list.tsx';
import { Severity } from '#app/ui/severity.tsx';

/** The chosen flag in full: its sentence, the promise that it breaks, and its history. */
export function FlagPanel({ flag, now }: { flag: ShownLine; now: number }) {
  const fetcher = useFetcher<typeof loader>();
  const { load } = fetcher;
  // A decision raises the version: the history has grown.
  const address = `/flags/${encodeURIComponent(flag.id)}/history?version=${flag.version}`;
  useEffect(() => load(address), [load, address]);
  const history = fetcher.data?.flagId === flag.id ? fetcher.data : null;
  return (
    <section
      aria-label="Selected flag"
      className="grid max-h-[40%] flex-none grid-cols-2 gap-6 overflow-auto border-t border-hairline bg-raised px-3 py-2"
    >
      <div className="min-w-0">
        <p className="flex gap-3">
          <Severity level={flag.severity} />
          <Link to={customerPath(flag.customerId, flag.subject)} className="one-line">
            <bdi>{flag.customerName ?? flag.customerId}</bdi>
          </Link>
        </p>
        <p className="mt-1 break-words">
          <bdi>{flag.sentence}</bdi>
        </p>
        <p className="mt-1 text-ink-quiet">{history?.promise.says ?? ' '}</p>
      </div>
      <div className="min-h-20 min-w-0">
        {history === null ? null : (
          <HistoryList label="History of the flag" steps={history.steps} now={now} />
        )}
      </div>
    </section>
  );
}
