import type { TakeBackPortion } from '@cinch/api-contract';

export const portionKinds = [
  { value: 'batchId', label: 'A batch' },
  { value: 'loadId', label: 'A load' },
  { value: 'runId', label: 'What a run heard' },
  { value: 'time', label: 'What was told from one instant to another' },
] as const;
export type PortionKind = (typeof portionKinds)[number]['value'];

/** What was typed, as the hub takes it; null while it is not all there. */
export function portionOf(kind: PortionKind, number: string, from: string, to: string): TakeBackPortion | null {
  if (kind === 'time') {
    const [start, end] = [new Date(from), new Date(to)];
    const isWhole = !Number.isNaN(start.getTime()) && !Number.isNaN(end.getTime());
    return isWhole ? { from: start.toISOString(), to: end.toISOString() } : null;
  }
  if (!/^[1-9]\d{0,14}$/.test(number.trim())) return null;
  const id = Number(number);
  return kind === 'batchId' ? { batchId: id } : kind === 'loadId' ? { loadId: id } : { runId: id };
}
