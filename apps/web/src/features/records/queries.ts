import { errorEntryPage, ownRecord, recordTimelinePage, timelineSorts, type TimelineEntry } from '@cinch/api-contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView, type TableView } from '../../components/table/table-view.ts';
import { textInUrl } from '../../text-in-url.ts';

/** Which record is looked at, and how its timeline. */
export const recordFilter = z.object({
  system: textInUrl,
  id: textInUrl,
  ...tableView,
});
export type RecordFilter = z.infer<typeof recordFilter>;

export interface RecordAddress {
  system: string;
  id: string;
}

const pathOf = ({ system, id }: RecordAddress) =>
  `/systems/${encodeURIComponent(system)}/records/${encodeURIComponent(id)}`;

export const recordsKey = ['records'] as const;

export const recordQuery = (record: RecordAddress) =>
  queryOptions({
    queryKey: [...recordsKey, 'one', record],
    queryFn: ({ signal }) => read(pathOf(record), ownRecord, {}, signal),
  });

export const timelineList = (record: RecordAddress, view: TableView) =>
  listQuery({
    queryKey: [...recordsKey, 'timeline', record],
    sorts: timelineSorts,
    view,
    page: async (asked, signal) => {
      const { entries, ...page } = await read(`${pathOf(record)}/timeline`, recordTimelinePage, { ...asked }, signal);
      return { rows: entries, ...page };
    },
    rowKey: ({ entryId }: TimelineEntry) => entryId,
  });

export const recordErrorsQuery = (record: RecordAddress) =>
  queryOptions({
    queryKey: [...recordsKey, 'errors', record],
    queryFn: ({ signal }) => read(`${pathOf(record)}/errors`, errorEntryPage, { limit: 100 }, signal),
  });
