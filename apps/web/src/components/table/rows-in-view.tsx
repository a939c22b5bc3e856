import { Table } from '@mantine/core';
import { useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  Fragment,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import classes from '../data-table.module.css';
import type { Column } from './column.ts';
import { placeAfterKey, placesShown } from './places-shown.ts';

interface Props<Row> {
  listId: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** The last rows are near: those after them are wanted soon. */
  onEnd: () => void;
}

/** Pixels; rows are measured once they are shown. */
const likelyHeight = 66;
const rowsBeyondView = 20;

/** The rows of a list, of which only those near the view stand in the page. The keyboard goes from row to row and opens one by Enter. */
export function RowsInView<Row>({ listId, columns, rows, rowKey, onEnd }: Props<Row>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes this component
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: rows.length,
    estimateSize: () => likelyHeight,
    overscan: rowsBeyondView,
    scrollMargin: useTopOf(body),
    getItemKey: useCallback((place: number) => rowKey(rows[place]!), [rows, rowKey]),
    initialMeasurementsCache: heightsOf.get(listId) ?? [],
    rangeExtractor: useCallback((range) => placesShown(range, focused), [focused]),
  });
  const items = virtualizer.getVirtualItems();
  useEffect(() => () => keepHeights(listId, virtualizer.takeSnapshot()), [listId, virtualizer]);

  const lastPlace = virtualizer.range?.endIndex ?? 0;
  const isNearEnd = lastPlace >= rows.length - 1 - rowsBeyondView;
  const tellEnd = useEffectEvent(onEnd);
  useEffect(() => {
    if (isNearEnd) tellEnd();
  }, [isNearEnd, rows.length]);

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = body.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`);
    wanted.current = null;
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [focused]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const row = event.target;
    // Keys on a link or a field within the row are its own.
    if (!(row instanceof HTMLTableRowElement) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') return row.querySelector<HTMLElement>('a[href], button')?.click();
    const to = placeAfterKey(event.key, Number(row.dataset['index']), rows.length);
    if (to === null) return;
    event.preventDefault();
    wanted.current = to;
    setFocused(to);
  };
  const onFocus = ({ target }: FocusEvent<HTMLElement>) => setFocused(Number(target.closest('tr')?.dataset['index']));
  const onBlur = ({ relatedTarget }: FocusEvent<HTMLElement>) => {
    if (!body.current?.contains(relatedTarget)) setFocused(null);
  };
  const tabStop = focused ?? virtualizer.range?.startIndex ?? 0;

  return (
    <Table.Tbody ref={body} className={classes.list} onKeyDown={onKeyDown} onFocus={onFocus} onBlur={onBlur}>
      {items.map((item, at) => (
        <Fragment key={item.key}>
          <Gap height={gapBefore(items, at, virtualizer.options.scrollMargin)} columns={columns.length} />
          <Table.Tr
            ref={virtualizer.measureElement}
            data-index={item.index}
            // The heading is the first row.
            aria-rowindex={item.index + 2}
            tabIndex={item.index === tabStop ? 0 : -1}
          >
            {columns.map(({ header, cell, figure }) => (
              <Table.Td key={header} data-figure={figure}>
                {cell(rows[item.index]!)}
              </Table.Td>
            ))}
          </Table.Tr>
        </Fragment>
      ))}
      <Gap
        height={virtualizer.getTotalSize() - ((items.at(-1)?.end ?? 0) - virtualizer.options.scrollMargin)}
        columns={columns.length}
      />
    </Table.Tbody>
  );
}

/** Of lists that were left: Back leads to the very rows, also to those of which only the height tells where they stand. */
const heightsOf = new Map<string, VirtualItem[]>();
const listsRemembered = 20;

function keepHeights(listId: string, heights: VirtualItem[]): void {
  heightsOf.delete(listId);
  heightsOf.set(listId, heights);
  const [oldest] = heightsOf.keys();
  if (heightsOf.size > listsRemembered && oldest !== undefined) heightsOf.delete(oldest);
}

function gapBefore(items: readonly VirtualItem[], at: number, margin: number): number {
  return items[at]!.start - (items[at - 1]?.end ?? margin);
}

/** As high as the rows that are left out. */
function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden className={classes.gap}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

/** How far below the top of the page it begins, which changes with what stands above it. */
function useTopOf(ref: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(Math.round(ref.current!.getBoundingClientRect().top + window.scrollY));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [ref]);
  return top;
}
