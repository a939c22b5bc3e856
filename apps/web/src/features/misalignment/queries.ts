import { misalignment, type MisalignmentLine } from '@cinch/api-contract';
import { queryOptions } from '@tanstack/react-query';
import { read } from '../../api/call.ts';

export const misalignmentQuery = (months: number) =>
  queryOptions({
    queryKey: ['misalignment', months],
    queryFn: ({ signal }) => read('/misalignment', misalignment, { months }, signal),
  });

export const lineKey = ({ month, attribute, systems }: MisalignmentLine) => JSON.stringify([month, attribute, systems]);
