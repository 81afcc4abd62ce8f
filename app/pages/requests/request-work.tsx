import { useNavigate } from '@remix-run/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { requestPath } from '#app/pages/request-path.ts';
import { requestColumns } from '#app/pages/requests/request-columns.tsx';
import type { ShownRequest } from '#app/pages/requests/request-columns.tsx';
import { RequestDesk } from '#app/pages/requests/request-desk.tsx';
import { QueueEmpty } from '#app/pages/requests/queue-empty.tsx';
import { useChosenRequest } from '#app/pages/requests/use-chosen-request.ts';
import { useRequestKeys } from '#app/pages/requests/use-request-keys.ts';
import { useRequestRows } from '#app/pages/requests/use-request-rows.ts';
import { useLiveFacts } from '#app/pages/use-live.ts';
import type { RequestQueue } from '#app/services/money/load-requests.ts';
import { Button } from '#app/ui/button.tsx';
import { DataTable } from '#app/ui/data-table.tsx';
import type { TableHandle } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { Kbd } from '#app/ui/kbd.tsx';

interface RequestWorkProps {
  queue: RequestQueue;
  filters: URLSearchParams;
}

const keyOf = ({ id }: ShownRequest): string => id;
const markOf = ({ gone }: ShownRequest): string | undefined => (gone ? 'gone' : undefined);

/** The queue, and beside it the chosen request with what is decided about it. */
export function RequestWork({ queue, filters }: RequestWorkProps) {
  const { list, choice, table, open, next, onBusy } = useWork(queue);
  const columns = useMemo(() => requestColumns(queue.now), [queue.now]);
  const { id, page, advanced, said } = choice;
  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(460px,41%)] max-[900px]:grid-cols-1 max-[900px]:grid-rows-2">
      <div className="flex min-h-0 min-w-0 flex-col">
        <output className="flex-none">
          {list.waiting === 0 ? null : (
            <span className="block border-b border-hairline px-3 py-1">
              <Button look="primary" onClick={list.showNew}>
                {list.waiting} new {list.waiting === 1 ? 'request' : 'requests'} — show
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
        aria-label="Chosen request"
        className="flex min-h-0 min-w-0 flex-col border-s border-hairline"
      >
        <p role="status" className={said === null ? 'sr-only' : 'flex-none bg-partner px-3 py-1.5'}>
          {said}
        </p>
        {page === null ? (
          <Waiting choosing={id !== null} mine={queue.mine} />
        ) : (
          <RequestDesk
            key={page.line.id}
            page={page}
            beside
            {...{ advanced, onBusy }}
            onDecided={(words) => next(page.line.id, words)}
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
          ? 'Nothing waits for you'
          : mine === 1
            ? '1 waits for you'
            : `${mine} wait for you`
      }
    >
      Choose a request by a click, or with <Kbd>j</Kbd> and <Kbd>k</Kbd>: all that it rests on
      appears here. <Kbd>a</Kbd> approves, <Kbd>r</Kbd> rejects, <Kbd>b</Kbd> sends back.
    </EmptyState>
  );

/** The next request that is mine to decide, below the one that was dealt with and then from the top. */
function followingOf(
  rows: readonly ShownRequest[],
  order: readonly string[],
  id: string,
): ShownRequest | undefined {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const place = order.indexOf(id);
  return [...order.slice(place + 1), ...order.slice(0, Math.max(0, place))]
    .map((key) => byId.get(key))
    .find((row) => row !== undefined && row.mine === 'decide' && !row.gone);
}

const BEING_SENT = 'It is being sent: the answer comes here.';

function useWork(queue: RequestQueue) {
  const list = useRequestRows(queue.open);
  const [chosen, setChosen] = useState<{ id: string; advanced: boolean } | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [decided, setDecided] = useState(0);
  const table = useRef<TableHandle>(null);
  const busy = useRef(false);
  const navigate = useNavigate();
  useLiveFacts({ events: ['requests'] });
  /** Nobody leaves a request whose answer is still to come: it would be told to nobody. */
  const leave = (go: () => void) => {
    if (busy.current) return setSaid(BEING_SENT);
    setSaid(null);
    go();
  };
  const onBusy = useCallback((isBusy: boolean) => {
    busy.current = isBusy;
    if (!isBusy) setSaid((words) => (words === BEING_SENT ? null : words));
  }, []);
  const choose = (id: string) => {
    if (chosen?.id !== id) leave(() => setChosen({ id, advanced: false }));
  };
  const page = useChosenRequest(chosen?.id ?? null);
  const open = ({ id }: Pick<ShownRequest, 'id'>) => leave(() => navigate(requestPath(id)));
  /** The next one that is mine, from the place of the one that has just been dealt with. */
  const next = (id: string, words: string) => {
    const following = followingOf(list.rows, table.current?.order() ?? [], id);
    setChosen(following ? { id: following.id, advanced: true } : null);
    setSaid(following ? words : `${words} Nothing more waits for your decision.`);
    list.sink(id);
    setDecided((times) => times + 1);
  };
  // Once the table has the next one, and the rows where they now are.
  useEffect(() => {
    if (decided > 0) table.current?.focus();
  }, [decided]);
  useRequestKeys({
    j: () => table.current?.move(1),
    k: () => table.current?.move(-1),
    Enter: () => chosen && open(chosen),
    Escape: () => leave(() => setChosen(null)),
  });
  const choice = {
    id: chosen?.id ?? null,
    advanced: chosen?.advanced ?? false,
    page,
    said,
    choose,
  };
  return { list, choice, table, open, next, onBusy };
}
