import type { RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useImperativeHandle, useReducer, useRef } from 'react';
import type { Ref, RefObject } from 'react';
import { TableRow } from '#app/ui/data-table-row.tsx';
import { useScrollAnchor } from '#app/ui/use-scroll-anchor.ts';
import type { DataTableProps, TableHandle } from '#app/ui/data-table-types.ts';

const ROW_HEIGHT = 28;
/** Rows beyond the edge at which more are asked for. */
const NEAR = 20;

/** No row to keep the place of. */
const NONE: readonly never[] = [];

export interface BodyHandle extends Omit<TableHandle, 'toTop'> {
  choose(target: EventTarget): void;
  open(target: EventTarget): void;
}

export interface BodyProps<Row extends RowData> extends DataTableProps<Row> {
  /** New rows may come anywhere, not above and below only. */
  isSorted?: boolean;
  handle: Ref<BodyHandle>;
  scroller: RefObject<HTMLDivElement>;
}

function useWindow(count: number, scroller: RefObject<HTMLDivElement>) {
  // Nothing here is memoised by a compiler; the handle below is made anew with the virtualizer.
  // oxlint-disable-next-line react/incompatible-library
  const view = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    // Nor is it given keys: rows of one height need none, and a function that is made anew with each
    // frame would have it count all rows again.
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    // The sticky header covers the first row's height.
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
    initialRect: { width: 400, height: 700 },
  });
  // Where table and scroller come at once, the window looks for its scroller before that stands; it
  // looks again with the next drawing, without which rows would not follow.
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    if (view.scrollElement === null) drawAgain();
  }, [view]);
  return view;
}

type Window = ReturnType<typeof useWindow>;

const indexOfTarget = (target: EventTarget): number => {
  const row = target instanceof Element ? target.closest('tr[data-index]') : null;
  return row === null ? -1 : Number(row.getAttribute('data-index'));
};

/** Answers what the page and the keys ask of the rows. */
function useHandle<Row extends RowData>(
  rows: readonly Row[],
  view: Window,
  props: BodyProps<Row>,
): void {
  const { handle, scroller, keyOf, chosenKey = null, onChoose, onOpen } = props;
  useImperativeHandle(handle, () => {
    const indexOf = (key: string) => rows.findIndex((row) => keyOf(row) === key);
    const focusRow = (index: number) => {
      view.scrollToIndex(index, { align: 'auto' });
      // The row exists only once the window has followed.
      requestAnimationFrame(() => {
        const row = scroller.current?.querySelector<HTMLElement>(`tr[data-index="${index}"]`);
        (row ?? scroller.current)?.focus({ preventScroll: true });
      });
    };
    const pick = (index: number, act: ((row: Row) => void) | undefined) => {
      const row = rows[index];
      if (row !== undefined) act?.(row);
    };
    const firstInView = () => Math.floor((scroller.current?.scrollTop ?? 0) / ROW_HEIGHT);
    const chosenIndex = () => (chosenKey === null ? -1 : indexOf(chosenKey));
    return {
      reveal(key, where = 'nearest') {
        const index = indexOf(key);
        if (index < 0) return false;
        view.scrollToIndex(index, { align: where === 'center' ? 'center' : 'auto' });
        return true;
      },
      move(by) {
        const from = chosenIndex();
        const wanted = from < 0 && Number.isFinite(by) ? firstInView() : from + by;
        const index = Math.max(0, Math.min(rows.length - 1, wanted));
        pick(index, onChoose);
        focusRow(index);
      },
      focus() {
        const index = chosenIndex();
        focusRow(index < 0 ? firstInView() : index);
      },
      choose(target) {
        const index = indexOfTarget(target);
        pick(index, onChoose);
        if (index >= 0) focusRow(index);
      },
      order: () => rows.map(keyOf),
      open: (target) => pick(indexOfTarget(target), onOpen ?? onChoose),
    };
  }, [rows, view, scroller, keyOf, chosenKey, onChoose, onOpen]);
}

type EdgeProps = Pick<DataTableProps<RowData>, 'onNearStart' | 'onNearEnd'>;

/** Asks for more rows when the loaded ones come to an end. */
function useEdges(first: number, last: number, count: number, props: EdgeProps): void {
  const { onNearStart, onNearEnd } = props;
  const asks = useRef({ onNearStart, onNearEnd });
  useEffect(() => {
    asks.current = { onNearStart, onNearEnd };
  });
  const nearEnd = last >= count - NEAR;
  const nearStart = first <= NEAR;
  useEffect(() => {
    if (nearEnd && count > 0) asks.current.onNearEnd?.();
  }, [nearEnd, count]);
  useEffect(() => {
    if (nearStart && count > 0) asks.current.onNearStart?.();
  }, [nearStart, count]);
}

/** Stands for the rows that are not drawn. */
const Spacer = ({ height }: { height: number }) =>
  height <= 0 ? null : <tr className="spacer" aria-hidden style={{ height }} />;

/** The body in the browser: of the rows those in view, between two spacers. */
export function TableBody<Row extends RowData>(props: BodyProps<Row>) {
  const { rows, columns, keyOf, firstIndex = 0, chosenKey, partnerKeys, markOf, flagOf } = props;
  const view = useWindow(rows.length, props.scroller);
  const items = view.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const above = first === undefined ? 0 : first.start - ROW_HEIGHT;
  const below = last === undefined ? 0 : view.getTotalSize() - (last.end - ROW_HEIGHT);
  useScrollAnchor(props.isSorted ? NONE : rows, keyOf, props.scroller, ROW_HEIGHT);
  useHandle(rows, view, props);
  useEdges(first?.index ?? 0, last?.index ?? 0, rows.length, props);
  return (
    <tbody>
      <Spacer height={above} />
      {items.map(({ index }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const key = keyOf(row);
        return (
          <TableRow
            key={key}
            row={row}
            columns={columns}
            index={index}
            ariaIndex={firstIndex + index + 2}
            chosen={chosenKey === key}
            partner={partnerKeys?.has(key) ?? false}
            mark={markOf?.(row)}
            flag={flagOf?.(row)}
          />
        );
      })}
      <Spacer height={below} />
    </tbody>
  );
}
