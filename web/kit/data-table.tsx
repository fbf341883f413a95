import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import {
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { useWords } from '../words.ts';
import { alignOf, tracksOf, type Align, type Column } from './columns.ts';
import classes from './data-table.module.css';
import { inOrder } from './ordering.ts';
import { nextRow } from './row-steps.ts';
import { ErrorState, RowsShape } from './states.tsx';
import { useKeys } from './use-keys.ts';

export interface DataTableProps<Row> {
  label: string;
  /** Stable between renders (query data, useMemo): a new array is a new table. Undefined while loading. */
  rows: readonly Row[] | undefined;
  /** Declared outside of the component or memoized. */
  columns: readonly Column<Row>[];
  rowId: (row: Row) => string;
  /** Which row's panel is open; kept by the screen, best in the address. */
  openId?: string | undefined;
  /** Enter or a click; null when Esc closes. */
  onOpen?: (id: string | null) => void;
  empty: ReactNode;
  error?: unknown;
  retry?: () => void;
  /** One row on a phone: a small card rather than cells. */
  narrow?: (row: Row) => ReactNode;
  narrowHeight?: number;
  sortedBy?: { id: string; desc: boolean };
  /** Accents a row: a lead running out. */
  tone?: (row: Row) => 'late' | 'soon' | undefined;
}

const ROW_PIXELS = 36;
const NARROW_ROW_PIXELS = 72;
const OVERSCAN_ROWS = 8;
/** While the panel is open, ↑↓ shows the next row's, once the hand rests. */
const FOLLOW_MILLISECONDS = 120;
const NARROW = '(max-width: 48em)';
const LIST_KEYS = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'] as const;

/**
 * A list of up to some hundred thousand rows: only those in view exist. ↑↓ PgUp PgDn Home End move, Enter or a click
 * opens at the right, Esc closes. The focus stays on the list; the row it is on is told by `aria-activedescendant`.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactNode {
  const { rows, error, empty, retry } = props;
  if (rows === undefined)
    return error ? <ErrorState error={error} {...(retry ? { retry } : {})} /> : <RowsShape />;
  if (rows.length === 0) return empty;
  return <FilledTable {...props} rows={rows} />;
}

/** «↑↓ and Enter work everywhere»: also before anything has the focus. */
function nobodyHasFocus(): boolean {
  return document.activeElement === document.body || document.activeElement?.id === 'content';
}

function FilledTable<Row extends object>(props: DataTableProps<Row> & { rows: readonly Row[] }): ReactNode {
  const { label, columns, rowId, openId, onOpen, narrow, tone } = props;
  const t = useWords();
  const isNarrow = useIsNarrow();
  const asCards = isNarrow && narrow !== undefined;
  const shown = useMemo(
    () => columns.filter((column) => !(isNarrow && column.wideOnly)),
    [columns, isNarrow],
  );
  const { ordered, sort, sortBy } = useOrdered(props.rows, columns, props.sortedBy);
  const scroller = useRef<HTMLDivElement>(null);
  const base = useId();
  const [activeId, setActiveId] = useState<string | undefined>(openId);
  const index = useMemo(() => new Map(ordered.map((row, at) => [rowId(row), at])), [ordered, rowId]);
  const active = activeId === undefined ? -1 : (index.get(activeId) ?? -1);
  // oxlint-disable-next-line react/incompatible-library -- for the React compiler, which is not used here
  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (asCards ? (props.narrowHeight ?? NARROW_ROW_PIXELS) : ROW_PIXELS),
    overscan: OVERSCAN_ROWS,
    scrollPaddingStart: asCards ? 0 : ROW_PIXELS,
  });
  const follow = useFollow(openId, onOpen);

  const move = (key: (typeof LIST_KEYS)[number]): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PIXELS) - 2);
    const to = nextRow(key, active, ordered.length, page);
    const row = ordered[to];
    if (row === undefined) return;
    setActiveId(rowId(row));
    virtual.scrollToIndex(to, { align: 'auto' });
    follow(rowId(row));
  };
  const open = (id: string | undefined): void => {
    if (id === undefined || onOpen === undefined) return;
    setActiveId(id);
    onOpen(id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = LIST_KEYS.find((known) => known === event.key);
    if (key) move(key);
    else if (event.key === 'Enter' && event.target === event.currentTarget) open(activeId);
    else return;
    event.preventDefault();
  };
  useKeys([
    ...LIST_KEYS.map((key) => ({
      keys: key,
      label: key,
      hidden: true,
      when: nobodyHasFocus,
      run: () => move(key),
    })),
    {
      keys: 'Enter',
      label: t('kit.list.open'),
      hidden: true,
      when: nobodyHasFocus,
      run: () => open(activeId),
    },
  ]);
  useEffect(() => {
    if (openId !== undefined) setActiveId(openId);
  }, [openId]);

  const aligns = shown.map((column) => alignOf(column, ordered));
  return (
    <div
      ref={scroller}
      className={classes['table']}
      role="grid"
      aria-label={label}
      aria-rowcount={ordered.length + 1}
      aria-activedescendant={active >= 0 ? `${base}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={tracksOf(shown)}
    >
      {asCards ? null : <Head columns={shown} aligns={aligns} sort={sort} sortBy={sortBy} />}
      <div className={classes['rows']} role="rowgroup" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = ordered[item.index];
          if (row === undefined) return null;
          const id = rowId(row);
          return (
            <div
              key={id}
              id={`${base}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={id === openId}
              className={classes['row']}
              data-active={id === activeId}
              data-tone={tone?.(row)}
              data-card={asCards}
              data-opens={onOpen !== undefined}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              onClick={() => open(id)}
            >
              {asCards ? (
                <div role="gridcell" className={classes['card']}>
                  {narrow(row)}
                </div>
              ) : (
                shown.map((column, at) => (
                  <div key={column.id} role="gridcell" className={classes['cell']} data-align={aligns[at]}>
                    {column.cell ? column.cell(row) : column.value(row)}
                  </div>
                ))
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadProps<Row> {
  columns: readonly Column<Row>[];
  aligns: readonly Align[];
  sort: Sort | undefined;
  sortBy: (id: string) => void;
}

function Head<Row>({ columns, aligns, sort, sortBy }: HeadProps<Row>): ReactNode {
  return (
    <div role="rowgroup" className={classes['head']}>
      <div role="row" aria-rowindex={1} className={classes['headRow']}>
        {columns.map((column, at) => {
          const by = sort?.id === column.id ? sort : undefined;
          const Mark = by?.desc ? IconArrowDown : IconArrowUp;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={classes['cell']}
              data-align={aligns[at]}
              aria-sort={by ? (by.desc ? 'descending' : 'ascending') : undefined}
            >
              {column.sortable === false ? (
                column.title
              ) : (
                <button type="button" className={classes['sort']} onClick={() => sortBy(column.id)}>
                  {column.title}
                  {by ? <Mark size={13} aria-hidden /> : null}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface Sort {
  id: string;
  desc: boolean;
}
interface Ordered<Row> {
  ordered: readonly Row[];
  sort: Sort | undefined;
  sortBy: (id: string) => void;
}

function useOrdered<Row extends object>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sortedBy: Sort | undefined,
): Ordered<Row> {
  const [sort, setSort] = useState<Sort | undefined>(sortedBy);
  // The arrow in the header answers the click at once, the rows follow in the next frame.
  const applied = useDeferredValue(sort);
  const ordered = useMemo(() => {
    const column = columns.find(({ id }) => id === applied?.id);
    return column && applied ? inOrder(rows, column.value, applied.desc) : rows;
  }, [rows, columns, applied]);
  /** Up, down, as it came. */
  const sortBy = (id: string): void =>
    setSort((current) =>
      current?.id !== id ? { id, desc: false } : current.desc ? undefined : { id, desc: true },
    );
  return { ordered, sort, sortBy };
}

function useFollow(
  openId: string | undefined,
  onOpen: ((id: string | null) => void) | undefined,
): (id: string) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (id) => {
    clearTimeout(timer.current);
    if (openId !== undefined && onOpen) timer.current = setTimeout(() => onOpen(id), FOLLOW_MILLISECONDS);
  };
}

function useIsNarrow(): boolean {
  const [is, setIs] = useState(() => window.matchMedia(NARROW).matches);
  useEffect(() => {
    const query = window.matchMedia(NARROW);
    const change = (): void => setIs(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return is;
}
