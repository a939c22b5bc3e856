import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
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
  empty: { title: string; advice?: ReactNode };
}

export function DataTable<Row>({ label, columns, rows, rowKey, empty }: Props<Row>) {
  if (rows.length === 0) return <EmptyView title={empty.title}>{empty.advice}</EmptyView>;
  return (
    <div className={classes.scroll}>
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
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map(({ header, cell, figure }) => (
                <Table.Td key={header} data-figure={figure}>
                  {cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
