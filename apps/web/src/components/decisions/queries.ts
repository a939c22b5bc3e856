import {
  decisionList,
  splitPreview,
  type Customer,
  type Decision,
  type GoldenValue,
  type Member,
} from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { read, write } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { customersKey } from '../../api/customers.ts';

/** What goes along with every decision: why, and which standing ones give way to it. */
export interface Sent {
  reason: string;
  replaces: number[];
  /** To be linked though a system that holds nobody twice has a row of each: the hub has warned. */
  twice?: true;
}

export const decisionsQuery = (customerId: string) =>
  queryOptions({
    queryKey: [...customersKey, 'decisions', customerId],
    queryFn: async ({ signal }) =>
      (await read(`/customers/${encodeURIComponent(customerId)}/decisions`, decisionList, {}, signal)).decisions,
  });

/** What a split would mean; nothing is split by asking. */
export const splitPreviewQuery = ({ customerId }: Customer, records: readonly number[]) =>
  queryOptions({
    queryKey: [...customersKey, 'split', customerId, records],
    queryFn: () =>
      write('POST', `/customers/${customerId}/split`, { records, reason: 'A preview', dryRun: true }, splitPreview),
    placeholderData: keepPreviousData,
  });

export function usePin({ customerId }: Pick<Customer, 'customerId'>) {
  return useAct((pin: Sent & { attribute: string; value: GoldenValue['value']; until?: string }) =>
    write('POST', `/customers/${customerId}/pins`, pin),
  );
}

export function useReconsider({ customerId }: Customer) {
  return useAct(({ attribute, reason }: Sent & { attribute: string }) =>
    write('POST', `/customers/${customerId}/reconsider`, { attribute, reason }),
  );
}

export function useMerge({ customerId }: Customer) {
  return useAct((merge: Sent & { with: string }) => write('POST', `/customers/${customerId}/merge`, merge));
}

export function useSplit({ customerId }: Customer) {
  return useAct((split: Sent & { records: number[] }) => write('POST', `/customers/${customerId}/split`, split));
}

export function useReopen({ customerId }: Customer) {
  return useAct(({ system, reason }: Sent & { system: string }) =>
    write('POST', `/customers/${customerId}/reopen`, { system, reason }),
  );
}

export function useConfirmDeleted({ recordId }: Member) {
  return useAct(({ reason }: Sent) => write('POST', `/records/${recordId}/confirm-deleted`, { reason }));
}

export function usePutBack({ recordId }: Member) {
  return useAct(({ reason }: Sent) => write('POST', `/records/${recordId}/put-back`, { reason }));
}

export function useExclude({ recordId }: Member) {
  return useAct((exclusion: Sent) => write('POST', `/records/${recordId}/exclude`, exclusion));
}

export function useUndo({ decisionId }: Pick<Decision, 'decisionId'>) {
  return useAct(({ reason }: Sent) => write('POST', `/decisions/${decisionId}/undo`, reason === '' ? {} : { reason }));
}
