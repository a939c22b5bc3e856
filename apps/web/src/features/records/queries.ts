import { errorEntryPage, ownRecord, recordTimelinePage } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read } from '../../api/call.ts';
import { textInUrl } from '../../text-in-url.ts';

/** Which record is looked at, and how far its timeline has been read. */
export const recordFilter = z.object({
  system: textInUrl,
  id: textInUrl,
  cursor: z.string().optional().catch(undefined),
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

export const timelineQuery = (record: RecordAddress, cursor: string | undefined) =>
  queryOptions({
    queryKey: [...recordsKey, 'timeline', record, cursor],
    queryFn: ({ signal }) => read(`${pathOf(record)}/timeline`, recordTimelinePage, { cursor, limit: 20 }, signal),
    placeholderData: keepPreviousData,
  });

export const recordErrorsQuery = (record: RecordAddress) =>
  queryOptions({
    queryKey: [...recordsKey, 'errors', record],
    queryFn: ({ signal }) => read(`${pathOf(record)}/errors`, errorEntryPage, { limit: 100 }, signal),
  });
