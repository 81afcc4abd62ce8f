import { useNavigate } from '@remix-run/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { requestPath } from '#app/pages/shared/paths.ts';
import { lastDecided } from '#app/pages/requests/queue/decision-receipt.tsx';
import type { Decided } from '#app/pages/requests/queue/decision-receipt.tsx';
import type { ShownRequest } from '#app/pages/requests/queue/request-columns.tsx';
import { useSelectedRequest } from '#app/pages/requests/queue/use-selected-request.ts';
import { useRequestKeys } from '#app/pages/requests/decide/use-request-keys.ts';
import { useRequestRows } from '#app/pages/requests/queue/use-request-rows.ts';
import { useLiveFacts } from '#app/pages/shared/use-live.ts';
import type { RequestDetail } from '#app/services/requests/views/load-request-page.ts';
import type { RequestQueue } from '#app/services/requests/views/load-request-queue.ts';
import type { TableHandle } from '#app/ui/data-table-types.ts';

/**
 * The next request that is mine to decide, below the one that was dealt with, then from the top, then among those
 * that have come since.
 */
function followingOf(
  rows: readonly ShownRequest[],
  order: readonly string[],
  id: string,
): ShownRequest | null {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const place = order.indexOf(id);
  const since = rows.map((row) => row.id).filter((key) => !order.includes(key));
  const next = [...order.slice(place + 1), ...order.slice(0, Math.max(0, place)), ...since]
    .map((key) => byId.get(key))
    .find((row) => row !== undefined && row.mine === 'decide' && !row.gone);
  return next ?? null;
}

const BEING_SENT = 'Sending. The result will appear here.';

interface Receipt {
  id: string;
  decided: Decided | null;
  /** Of the rows, as the person saw them when they decided. */
  order: readonly string[];
}

/**
 * The queue as a person works through it: one request is chosen, and after the decision its receipt stays
 * until they go on. No key is handed over from one request to the next.
 */
export function useQueueNavigation(queue: RequestQueue) {
  const list = useRequestRows(queue.open);
  const [chosen, setChosen] = useState<{ id: string; advanced: boolean } | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [turns, setTurns] = useState(0);
  const table = useRef<TableHandle>(null);
  const busy = useRef(false);
  const navigate = useNavigate();
  useLiveFacts({ events: ['requests'] });
  /** Nobody leaves a request whose answer is still to come: it would be told to nobody. */
  const leave = (go: () => void) => {
    if (busy.current) return setSaid(BEING_SENT);
    setSaid(null);
    if (receipt !== null) {
      list.sink(receipt.id);
      setReceipt(null);
    }
    go();
  };
  const onBusy = useCallback((isBusy: boolean) => {
    busy.current = isBusy;
    if (!isBusy) setSaid((words) => (words === BEING_SENT ? null : words));
  }, []);
  const choose = (id: string) => {
    if (chosen?.id !== id) leave(() => setChosen({ id, advanced: false }));
  };
  const page = useSelectedRequest(chosen?.id ?? null);
  /** The next one that is mine, as it is now: others decide meanwhile. */
  const following = receipt && followingOf(list.rows, receipt.order, receipt.id);
  const onNext = () => {
    leave(() => setChosen(following === null ? null : { id: following.id, advanced: true }));
    setTurns((before) => before + 1);
  };
  const open = ({ id }: Pick<ShownRequest, 'id'>) =>
    id === receipt?.id ? onNext() : leave(() => navigate(requestPath(id)));
  const decided = (done: RequestDetail, words: string) => {
    const { id } = done.line;
    const order = table.current?.order() ?? [];
    setReceipt({ id, order, decided: lastDecided(done) });
    setSaid(
      followingOf(list.rows, order, id) === null
        ? `${words} Nothing else is waiting for you.`
        : words,
    );
    setTurns((before) => before + 1);
  };
  // Where the keys of the queue are at hand: not on a button that has gone.
  useEffect(() => {
    if (turns > 0) table.current?.focus();
  }, [turns]);
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
  const shown = receipt && { ...receipt, following };
  return { list, choice, table, open, decided, receipt: shown, onNext, onBusy };
}
