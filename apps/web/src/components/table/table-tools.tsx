import { Button, Checkbox, Group, Popover, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconColumns3, IconDownload } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { problemOf } from '../../api/problem-error.ts';
import { countOf } from '../../texts.ts';
import type { Column } from '../data-table.tsx';
import { csvOf, ndjsonOf, type ExportColumn } from './export-text.ts';
import type { TableView } from './table-view.ts';

/** More than these are no table to read; the API gives them out page by page. */
const exportedAtMost = 100_000;

export interface TableTools<Row> {
  /** Of the files that are exported, without its ending. */
  file: string;
  view: TableView;
  /** Reads the filtered list from its start. */
  page: (cursor: string | undefined) => Promise<{ rows: readonly Row[]; nextCursor: string | null }>;
}

export function TableToolbar<Row>({ tools, columns }: { tools: TableTools<Row>; columns: readonly Column<Row>[] }) {
  return (
    <Group justify="flex-end" gap="xs" px="1.25rem" pt="xs">
      <ColumnChoice view={tools.view} headers={columns.map(({ header }) => header)} />
      <ExportMenu tools={tools} columns={columns} />
    </Group>
  );
}

function ColumnChoice({ view, headers }: { view: TableView; headers: readonly string[] }) {
  const navigate = useNavigate();
  const hidden = new Set(view.hide);
  const toggle = (header: string) => {
    const hide = headers.filter((one) => hidden.has(one) !== (one === header));
    const next = hide.length > 0 ? hide : undefined;
    void navigate({ to: '.', search: (before) => ({ ...before, hide: next }), replace: true });
  };
  return (
    <Popover position="bottom-end" withinPortal={false} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconColumns3 size={14} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns that are shown">
        <Stack gap="xs">
          {headers.map((header) => (
            <Checkbox
              key={header}
              label={header}
              checked={!hidden.has(header)}
              // A table without columns would say nothing, not even how to get them back.
              disabled={!hidden.has(header) && hidden.size >= headers.length - 1}
              onChange={() => toggle(header)}
            />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function ExportMenu<Row>({ tools, columns }: { tools: TableTools<Row>; columns: readonly Column<Row>[] }) {
  const [busy, setBusy] = useState(false);
  const give = async (ending: 'csv' | 'ndjson') => {
    setBusy(true);
    try {
      const rows = await all(tools);
      const said = columns.filter((column): column is Column<Row> & ExportColumn<Row> => column.value !== undefined);
      save(`${tools.file}.${ending}`, ending === 'csv' ? csvOf(said, rows) : ndjsonOf(rows));
      const cut = rows.length >= exportedAtMost ? ' The list goes on: read the rest over the API.' : '';
      notify(`${countOf(rows.length, 'row')} written to ${tools.file}.${ending}.${cut}`);
    } catch (error) {
      notify(problemOf(error).detail, 'red');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Popover position="bottom-end" withinPortal={false} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size="xs" loading={busy} leftSection={<IconDownload size={14} aria-hidden />}>
          Export
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Export of the whole list">
        <Stack gap="xs">
          <Button variant="default" size="xs" onClick={() => void give('csv')}>
            CSV, for spreadsheets
          </Button>
          <Button variant="default" size="xs" onClick={() => void give('ndjson')}>
            NDJSON, for programs
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

async function all<Row>({ page }: TableTools<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const read = await page(cursor);
    rows.push(...read.rows);
    cursor = read.nextCursor ?? undefined;
  } while (cursor !== undefined && rows.length < exportedAtMost);
  return rows.slice(0, exportedAtMost);
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function notify(message: string, color?: string): void {
  notifications.show({ message, ...(color && { color }), closeButtonProps: { 'aria-label': 'Close' } });
}
