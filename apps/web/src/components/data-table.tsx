import { Table } from '@mantine/core';
import { Fragment, type ReactNode } from 'react';
import classes from './data-table.module.css';
import { EmptyView } from './empty-view.tsx';
import type { Column } from './table/column.ts';
import { TableFrame } from './table/table-frame.tsx';

export type { Column } from './table/column.ts';

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

/** A table of a few rows, as part of something else. A list that can grow is a `ListTable`. */
export function DataTable<Row>({ label, columns, rows, rowKey, groupOf = () => null, empty }: Props<Row>) {
  if (rows.length === 0) return <EmptyView title={empty.title}>{empty.advice}</EmptyView>;
  return (
    <TableFrame label={label} columns={columns}>
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
    </TableFrame>
  );
}
