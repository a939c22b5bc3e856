import { Table } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '../icons.tsx';
import { useCallback, useState, type ReactNode } from 'react';
import classes from '../data-table.module.css';
import { TextLink } from '../link.tsx';
import type { Column } from './column.ts';
import { nextSort } from './table-view.ts';

interface Sorting {
  sort: string | undefined;
  /** How the hub lists without being asked. */
  order: string | undefined;
}

interface Props<Row> {
  /** What the table lists, for readers who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  /** How it is sorted now, and by which name a column can be sorted by; null for one that cannot. */
  sorting?: Sorting & { nameOf: (column: Column<Row>) => string | null };
  /** The rows are not all in the page: how many there are with the heading, -1 while nobody knows. */
  rowCount?: number;
  isBusy?: boolean;
  children: ReactNode;
}

/** Heading and looks of every table; its body is put in. */
export function TableFrame<Row>({ label, columns, sorting, rowCount, isBusy, children }: Props<Row>) {
  const isList = rowCount !== undefined;
  return (
    <Sideways>
      <Table
        className={classes.table}
        aria-label={label}
        aria-rowcount={rowCount}
        aria-busy={isBusy}
        layout={isList ? 'fixed' : undefined}
        miw={isList ? '60rem' : undefined}
        verticalSpacing="sm"
        horizontalSpacing="md"
      >
        <Table.Thead className={isList ? classes.stays : undefined}>
          <Table.Tr aria-rowindex={isList ? 1 : undefined}>
            {columns.map((column) => (
              <Heading key={column.header} column={column} sorting={sorting} name={sorting?.nameOf(column) ?? null} />
            ))}
          </Table.Tr>
        </Table.Thead>
        {children}
      </Table>
    </Sideways>
  );
}

interface HeadingProps<Row> {
  column: Column<Row>;
  sorting: Sorting | undefined;
  name: string | null;
}

function Heading<Row>({ column: { header, width, figure }, sorting, name }: HeadingProps<Row>) {
  const isSorted = sorting !== undefined && name !== null;
  return (
    <Table.Th
      w={width}
      scope="col"
      data-figure={figure}
      aria-sort={isSorted ? ariaSort[directionOf(sorting.sort, name)] : undefined}
    >
      {isSorted ? <SortLink header={header} name={name} sorting={sorting} /> : header}
    </Table.Th>
  );
}

type Direction = 'up' | 'down' | 'none';
const ariaSort = { up: 'ascending', down: 'descending', none: undefined } as const;
const arrows = { up: IconArrowUp, down: IconArrowDown, none: IconArrowsSort };

function directionOf(sort: string | undefined, name: string): Direction {
  return sort === name ? 'up' : sort === `-${name}` ? 'down' : 'none';
}

function SortLink({ header, name, sorting }: { header: string; name: string; sorting: Sorting }) {
  const Icon = arrows[directionOf(sorting.sort, name)];
  return (
    <TextLink
      to="."
      search={(before) => ({ ...before, sort: nextSort(sorting.sort, name, sorting.order) })}
      replace
      resetScroll={false}
      className={classes.sort}
      data-sorted={directionOf(sorting.sort, name) !== 'none'}
      underline="never"
    >
      {header}
      <Icon size={12} aria-hidden />
    </TextLink>
  );
}

/** Where the table is wider than the screen, the keyboard must be able to move it too. */
function Sideways({ children }: { children: ReactNode }) {
  const [isCut, setIsCut] = useState(false);
  const watch = useCallback((box: HTMLDivElement) => {
    const observer = new ResizeObserver(() => setIsCut(box.scrollWidth > box.clientWidth));
    for (const watched of [box, ...box.children]) observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={watch} className={classes.scroll} data-cut={isCut} tabIndex={isCut ? 0 : undefined}>
      {children}
    </div>
  );
}
