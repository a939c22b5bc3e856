import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconColumns3, IconDownload } from '../icons.tsx';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { problemOf } from '../../api/problem-error.ts';
import { countOf } from '../../texts.ts';
import type { Column } from './column.ts';
import { save } from './save.ts';
import { csvOf, ndjsonOf, type ExportColumn } from './export-text.ts';
import type { TableView } from './table-view.ts';

export function ColumnChoice({ view, headers }: { view: TableView; headers: readonly string[] }) {
  const navigate = useNavigate();
  const hidden = new Set(view.hide);
  const toggle = (header: string) => {
    const hide = headers.filter((one) => hidden.has(one) !== (one === header));
    const next = hide.length > 0 ? hide : undefined;
    void navigate({ to: '.', search: (before) => ({ ...before, hide: next }), replace: true, resetScroll: false });
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

interface ExportProps<Row> {
  /** Of the files, without its ending. */
  file: string;
  columns: readonly Column<Row>[];
  /** Reads the filtered list from its start. */
  all: () => Promise<{ rows: readonly Row[]; isCut: boolean }>;
  isEmpty: boolean;
}

export function ExportMenu<Row>({ file, columns, all, isEmpty }: ExportProps<Row>) {
  const [busy, setBusy] = useState(false);
  const give = async (ending: 'csv' | 'ndjson') => {
    setBusy(true);
    try {
      const { rows, isCut } = await all();
      const said = columns.filter((column): column is Column<Row> & ExportColumn<Row> => column.value !== undefined);
      save(`${file}.${ending}`, ending === 'csv' ? csvOf(said, rows) : ndjsonOf(rows));
      const cut = isCut ? ' The list goes on: read the rest over the API.' : '';
      notify(`${countOf(rows.length, 'row')} written to ${file}.${ending}.${cut}`);
    } catch (error) {
      notify(problemOf(error).detail, 'red');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Popover position="bottom-end" withinPortal={false} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          loading={busy}
          disabled={isEmpty}
          leftSection={<IconDownload size={14} aria-hidden />}
        >
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

function notify(message: string, color?: string): void {
  notifications.show({ message, ...(color && { color }), closeButtonProps: { 'aria-label': 'Close' } });
}
