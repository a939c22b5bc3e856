import { Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { countOf } from '../../texts.ts';
import classes from '../data-table.module.css';
import { EmptyView } from '../empty-view.tsx';
import { Loaded } from '../loaded.tsx';
import type { Column } from './column.ts';
import type { Listed } from './listed.ts';
import { RowsInView } from './rows-in-view.tsx';
import { TableFrame } from './table-frame.tsx';
import { ColumnChoice, ExportMenu } from './table-tools.tsx';
import { sortedRows, type TableView } from './table-view.ts';

interface Props<Row> {
  /** What the table lists, for readers who do not see it. */
  label: string;
  list: Listed<Row>;
  columns: readonly Column<Row>[];
  /** From the URL of the page. */
  view: TableView;
  /** What narrows the list. */
  filters?: ReactNode;
  /** What the list is as a whole, beside its tools: "12 open in all". */
  note?: ReactNode;
  /** Of the files that are exported, without its ending. */
  file: string;
  empty: { title: string; advice?: ReactNode };
}

/** Every list of the console: narrowed, sorted, shown and exported in one way, with all of it in the URL. */
export function ListTable<Row>({ label, list, view, filters, note, file, empty, ...props }: Props<Row>) {
  const hidden = new Set(view.hide);
  const columns = props.columns.filter(({ header }) => !hidden.has(header));
  const order = list.order;
  const sort = view.sort ?? order;
  const nameOf = ({ header, value, sort: name }: Column<Row>) => name ?? (list.isWhole && value ? header : null);
  const rows = list.isWhole ? sortedRows(list.rows, props.columns, sort) : list.rows;
  return (
    <>
      <Group className={classes.bar} justify="space-between" gap="xs">
        <Group gap="xs">{filters}</Group>
        <Group gap="xs">
          {note && (
            <Text size="sm" c="dimmed">
              {note}
            </Text>
          )}
          <ColumnChoice view={view} headers={props.columns.map(({ header }) => header)} />
          <ExportMenu file={file} all={list.all} columns={props.columns} isEmpty={list.rows.length === 0} />
        </Group>
      </Group>
      <Loaded query={list.query} inset>
        {() =>
          rows.length === 0 && !list.more ? (
            <EmptyView title={empty.title}>{empty.advice}</EmptyView>
          ) : (
            <div data-stale={list.isStale} className={classes.rows}>
              <TableFrame
                label={label}
                columns={columns}
                sorting={{ sort, order, nameOf }}
                rowCount={list.more ? -1 : rows.length + 1}
                isBusy={list.isStale}
              >
                <RowsInView
                  listId={list.id}
                  columns={columns}
                  rows={rows}
                  rowKey={list.rowKey}
                  onEnd={() => {
                    if (list.more?.goesOnByItself && !list.more.isLoading) list.more.load();
                  }}
                />
              </TableFrame>
              <End list={list} />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

/** Under the last row: how many there are, and whether there are more. */
function End<Row>({ list: { rows, more, query } }: { list: Listed<Row> }) {
  const many = countOf(rows.length, 'row');
  return (
    <Group className={classes.end} gap="sm">
      <Text size="sm" c="dimmed">
        {more ? `${many} so far` : `${many} in all`}
      </Text>
      {more && (
        <Button variant="default" size="compact-xs" loading={more.isLoading} onClick={more.load}>
          {query.error === null ? 'Show more' : 'Try again'}
        </Button>
      )}
    </Group>
  );
}
