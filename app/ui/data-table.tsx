import type { RowData } from '@tanstack/react-table';
import {
  forwardRef,
  useCallback,
  useImperativeHandle,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ForwardedRef, KeyboardEvent, MouseEvent, ReactElement } from 'react';
import { TableHead } from '#app/ui/data-table-head.tsx';
import { TableBody } from '#app/ui/data-table-body.tsx';
import type { BodyHandle } from '#app/ui/data-table-body.tsx';
import type { SortedBodyProps } from '#app/ui/data-table-sorted.tsx';
import { plainRows } from '#app/ui/data-table-plain.ts';
import { TableRow } from '#app/ui/data-table-row.tsx';
import type { DataTableProps, TableHandle, TableSort } from '#app/ui/data-table-types.ts';

/** Enough to fill a tall screen; the rest is drawn once the page is alive. */
const FIRST_WINDOW = 32;

const never = () => () => {};
/** False on the server and while its markup is taken over, true from then on. */
const useAlive = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** The rows as the server sends them: plain cells, no table model, and nothing chosen yet. */
function PlainBody<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, keyOf, firstIndex = 0, markOf, flagOf } = props;
  const rows = props.rows.slice(0, FIRST_WINDOW);
  const markup = plainRows({ rows, columns, firstIndex, markOf, flagOf });
  if (markup !== null) {
    // Every text in it has been escaped where it was written: see data-table-plain.ts.
    // oxlint-disable-next-line react/no-danger
    return <tbody dangerouslySetInnerHTML={{ __html: markup }} />;
  }
  return (
    <tbody>
      {rows.map((row, index) => (
        <TableRow
          key={keyOf(row)}
          row={row}
          columns={columns}
          index={index}
          ariaIndex={firstIndex + index + 2}
          chosen={false}
          partner={false}
          mark={markOf?.(row)}
          flag={flagOf?.(row)}
        />
      ))}
    </tbody>
  );
}

const loadSort = () => import('#app/ui/data-table-sorted.tsx');
/** Gets what sorts before it is needed: where a person is about to press. */
const prepareSort = (): void => {
  // Fetched again, and waited for, when it is pressed.
  loadSort().catch(() => undefined);
};

/** How the person has sorted the loaded rows; they move once the script that does it is there. */
function useOwnSort<Row extends RowData>() {
  const [state, setState] = useState<{
    sort: TableSort | null;
    Body: ((props: SortedBodyProps<Row>) => ReactElement) | null;
    failed: boolean;
  }>({ sort: null, Body: null, failed: false });
  const sortBy = useCallback((sort: TableSort | null) => {
    loadSort().then(
      ({ SortedBody }) => setState({ sort, Body: SortedBody, failed: false }),
      () => setState((before) => ({ ...before, failed: true })),
    );
  }, []);
  return { ...state, sortBy };
}

const MOVES: Record<string, number> = {
  j: 1,
  ArrowDown: 1,
  k: -1,
  ArrowUp: -1,
  PageDown: 12,
  PageUp: -12,
  Home: -Infinity,
  End: Infinity,
};

const isControl = (target: EventTarget): boolean =>
  target instanceof Element && target.closest('a, button, input, select, summary') !== null;

function DataTableOf<Row extends RowData>(
  props: DataTableProps<Row>,
  ref: ForwardedRef<TableHandle>,
) {
  const alive = useAlive();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<BodyHandle>(null);
  const own = useOwnSort<Row>();
  const sort = props.onSort === undefined ? own.sort : (props.sort ?? null);

  useImperativeHandle(
    ref,
    () => ({
      reveal: (key, where) => body.current?.reveal(key, where) ?? false,
      move: (by) => body.current?.move(by),
      focus: () => body.current?.focus(),
      order: () => body.current?.order() ?? [],
      toTop: () => scroller.current?.scrollTo({ top: 0 }),
    }),
    [],
  );

  const onClick = useCallback((event: MouseEvent) => {
    if (!isControl(event.target)) body.current?.choose(event.target);
  }, []);
  const onKeyDown = useCallback((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isControl(event.target)) return;
    const by = MOVES[event.key];
    if (by !== undefined) body.current?.move(by);
    else if (event.key === 'Enter') body.current?.open(event.target);
    else if (event.key === ' ') body.current?.choose(event.target);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, []);

  return (
    // The keys act on the rows inside; the scroller takes the focus so that it can be scrolled by keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={scroller}
      className="data-table"
      // The element that this role would call for, <fieldset>, is for form controls.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="group"
      aria-label={`${props.label} rows`}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onClick={onClick}
      onDoubleClick={(event) => body.current?.open(event.target)}
      onKeyDown={onKeyDown}
    >
      <table aria-label={props.label} aria-rowcount={props.rowCount < 0 ? -1 : props.rowCount + 1}>
        <TableHead
          columns={props.columns}
          sort={sort}
          onSort={props.onSort ?? own.sortBy}
          onNearSort={props.onSort === undefined ? prepareSort : undefined}
        />
        {!alive ? (
          <PlainBody {...props} />
        ) : own.sort !== null && own.Body !== null ? (
          <own.Body {...props} sort={own.sort} handle={body} scroller={scroller} />
        ) : (
          <TableBody {...props} handle={body} scroller={scroller} />
        )}
      </table>
      {own.failed ? (
        <div className="note" role="alert">
          The connection broke before the rows were sorted: try again.
        </div>
      ) : null}
      {props.note === undefined || props.note === null ? null : (
        <div className="note">{props.note}</div>
      )}
    </div>
  );
}

/**
 * The one table: rows of one height, of which only those in view exist. The server's markup is made
 * straight from the rows; the virtual window lives in the browser only, and the table's model (sorting)
 * is fetched when it is first wanted.
 */
// `forwardRef` forgets that the component is generic; the cast only says so again.
export const DataTable = forwardRef(DataTableOf) as <Row extends RowData>(
  props: DataTableProps<Row> & { ref?: ForwardedRef<TableHandle> },
) => ReactElement;
