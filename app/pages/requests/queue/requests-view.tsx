import { useMemo } from 'react';
import { DecisionReceipt } from '#app/pages/requests/queue/decision-receipt.tsx';
import { requestColumns } from '#app/pages/requests/queue/request-columns.tsx';
import type { ShownRequest } from '#app/pages/requests/queue/request-columns.tsx';
import { RequestDetailPanel } from '#app/pages/requests/detail/request-detail.tsx';
import { QueueEmpty } from '#app/pages/requests/queue/queue-empty.tsx';
import { useQueueNavigation } from '#app/pages/requests/queue/use-queue-navigation.ts';
import type { RequestQueue } from '#app/services/requests/views/load-request-queue.ts';
import { Button } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Kbd } from '#app/ui/kbd.tsx';

interface RequestsViewProps {
  queue: RequestQueue;
  filters: URLSearchParams;
}

const keyOf = ({ id }: ShownRequest): string => id;
const markOf = ({ gone }: ShownRequest): string | undefined => (gone ? 'gone' : undefined);

/** The queue, and beside it the chosen request with what is decided about it. */
export function RequestsView({ queue, filters }: RequestsViewProps) {
  const { list, choice, table, open, decided, receipt, onNext, onBusy } = useQueueNavigation(queue);
  const columns = useMemo(() => requestColumns(queue.now), [queue.now]);
  const { id, page, advanced, said } = choice;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(460px,41%)] max-[900px]:grid-cols-1 max-[900px]:grid-rows-2">
      <div className="flex min-h-0 min-w-0 flex-col">
        <output className="flex-none">
          {list.waiting === 0 ? null : (
            <span className="block border-b border-hairline px-3 py-1">
              <Button look="primary" onClick={list.showNew}>
                {list.waiting} new {list.waiting === 1 ? 'request' : 'requests'} Show
              </Button>
            </span>
          )}
        </output>
        <DataTable
          ref={table}
          label="Requests"
          columns={columns}
          rows={list.rows}
          keyOf={keyOf}
          rowCount={list.rows.length}
          chosenKey={id}
          markOf={markOf}
          onChoose={(row) => choice.choose(row.id)}
          onOpen={open}
          note={list.rows.length === 0 ? <QueueEmpty filters={filters} all={queue.all} /> : null}
        />
      </div>
      <section
        aria-label="Selected request"
        className="flex min-h-0 min-w-0 flex-col border-s border-hairline"
      >
        <p role="status" className={said === null ? 'sr-only' : 'flex-none bg-partner px-3 py-1.5'}>
          {said}
        </p>
        {page === null ? (
          <Waiting choosing={id !== null} mine={queue.mine} />
        ) : receipt !== null ? (
          <DecisionReceipt page={page} {...{ ...receipt, onNext }} />
        ) : (
          <RequestDetailPanel
            key={page.line.id}
            page={page}
            beside
            {...{ advanced, onBusy }}
            onDecided={(words) => decided(page, words)}
          />
        )}
      </section>
    </div>
  );
}

const Waiting = ({ choosing, mine }: { choosing: boolean; mine: number }) =>
  choosing ? (
    <p className="px-3 py-4 text-ink-quiet">Loading…</p>
  ) : (
    <EmptyState
      title={
        mine === 0
          ? 'Nothing is waiting for you'
          : mine === 1
            ? '1 waits for you'
            : `${mine} waiting for you`
      }
    >
      Choose a request by a click, or with <Kbd>j</Kbd> and <Kbd>k</Kbd>: all that it rests on
      appears here. <Kbd>a</Kbd> approves, <Kbd>r</Kbd> rejects, <Kbd>b</Kbd> sends back.
    </EmptyState>
  );
