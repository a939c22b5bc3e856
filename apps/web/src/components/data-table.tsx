import { Table } from '@mantine/core';
import { Fragment, useCallback, useState, type ReactNode } from 'react';
import { EmptyView } from './empty-view.tsx';
import classes from './data-table.module.css';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
  width?: string;
  /** Figures stand right, so that their digits stand below each other. */
  figure?: boolean;
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
}

export function DataTable<Row>({ label, columns, rows, rowKey, groupOf = () => null, empty }: Props<Row>) {
  if (rows.length === 0) return <EmptyView title={empty.title}>{empty.advice}</EmptyView>;
  return (
    <Sideways>
      <Table className={classes.table} aria-label={label} verticalSpacing="sm" horizontalSpacing="md">
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ header, width, figure }) => (
              <Table.Th key={header} w={width} scope="col" data-figure={figure}>
                {header}
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
