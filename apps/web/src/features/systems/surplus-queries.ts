import { oldRecordPage, surplusPage, type OldRecordPage, type SurplusPage } from '@cinch/api-contract';
import { read } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';

export type Surplus = SurplusPage['records'][number];
export type OldRecord = OldRecordPage['records'][number];

export const surplusList = (code: string) =>
  listQuery({
    queryKey: ['systems', code, 'surplus'],
    page: async (asked, signal) => {
      const path = `/systems/${encodeURIComponent(code)}/surplus`;
      const { records, ...page } = await read(path, surplusPage, { ...asked }, signal);
      return { rows: records, ...page };
    },
    rowKey: ({ sourceId, why }: Surplus) => `${why} ${sourceId}`,
  });

export const oldList = (code: string) =>
  listQuery({
    queryKey: ['systems', code, 'old'],
    page: async (asked, signal) => {
      const { records, ...page } = await read(
        '/records',
        oldRecordPage,
        { state: 'old', system: code, ...asked },
        signal,
      );
      return { rows: records, ...page };
    },
    rowKey: ({ recordId }: OldRecord) => recordId,
  });
