import { Table } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Fragment, useCallback, useState, type ReactNode } from 'react';
import classes from './data-table.module.css';
import { EmptyView } from './empty-view.tsx';
import { TextLink } from './link.tsx';
import type { CellValue } from './table/export-text.ts';
import { TableToolbar, type TableTools } from './table/table-tools.tsx';
import { nextSort, sortedRows } from './table/table-view.ts';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  width?: string;
  /** Figures stand right, so that their digits stand below each other. */
  figure?: boolean;
  /** What the cell says, as a text or a figure: sorted by, and exported. */
  value?: (row: Row) => CellValue;
}

interface Props<Row> {
  /** What the table lists, for readers who do not see it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string | number;
  /** Rows that follow each other under one heading, such as the items of a list; null for a row that stands by itself. */
  groupOf?: (row: Row) => string | null;
  empty: { title: string; advice?: ReactNode };
  /** Choice of columns and export. Its page keeps `tableView` in the URL. */
  tools?: TableTools<Row>;
  /** All rows of the list are here: only then does sorting them say anything. */
  whole?: boolean;
}

export function DataTable<Row>(props: Props<Row>) {
  const { label, rowKey, groupOf = () => null, empty, tools, whole = false } = props;
  if (props.rows.length === 0) return <EmptyView title={empty.title}>{empty.advice}</EmptyView>;
  const { sort, hide = [] } = tools?.view ?? {};
  const columns = props.columns.filter(({ header }) => !hide.includes(header));
  const rows = whole ? sortedRows(props.rows, columns, sort) : props.rows;
  return (
    <Sideways>
      {tools && <TableToolbar tools={tools} columns={props.columns} />}
      <Table className={classes.table} aria-label={label} verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ header, width, figure, value }) => (
              <Table.Th
                key={header}
                w={width}
                scope="col"
                data-figure={figure}
                aria-sort={sort === header ? 'ascending' : sort === `-${header}` ? 'descending' : undefined}
              >
                {whole && tools && value ? <SortLink header={header} sort={sort} /> : header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, place) => {
            const group = groupOf(row);
            const before = rows[place - 1];
            return (
              <Fragment key={rowKey(row)}>
                {group !== null && (before === undefined || groupOf(before) !== group) && (
                  <Table.Tr className={classes.group}>
                    <Table.Th scope="colgroup" colSpan={columns.length}>
                      {group}
                    </Table.Th>
                  </Table.Tr>
                )}
                <Table.Tr>
                  {columns.map(({ header, cell, figure }) => (
                    <Table.Td key={header} data-figure={figure}>
                      {cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              </Fragment>
            );
          })}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
}

function SortLink({ header, sort }: { header: string; sort: string | undefined }) {
  const Icon = sort === header ? IconArrowUp : sort === `-${header}` ? IconArrowDown : null;
  return (
    <TextLink
      to="."
      search={(before) => ({ ...before, sort: nextSort(sort, header) })}
      replace
      className={classes.sort}
      underline="never"
    >
      {header}
      {Icon && <Icon size={12} aria-hidden />}
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
    <div ref={watch} className={classes.scroll} tabIndex={isCut ? 0 : undefined}>
      {children}
    </div>
  );
}
