import type { ShownArm } from '@cinch/lab';

/** A line of a chart: its colour, told apart by dashes too. */
export interface Look {
  colour: string;
  dash: string;
}

/** Events alone are red and amber, whole rows darker; what is asked is grey; what is refreshed green and blue. */
export const armLook: Readonly<Record<ShownArm['id'], Look>> = {
  call: { colour: 'var(--mantine-color-slate-5)', dash: '2 3' },
  'changes-one-way': { colour: 'var(--mantine-color-amber-5)', dash: '' },
  'whole-one-way': { colour: 'var(--mantine-color-amber-7)', dash: '6 3' },
  'changes-two-way': { colour: 'var(--mantine-color-red-5)', dash: '' },
  'whole-two-way': { colour: 'var(--mantine-color-red-8)', dash: '6 3' },
  'changes-marked': { colour: 'var(--mantine-color-grape-5)', dash: '1 2' },
  pessimistic: { colour: 'var(--mantine-color-leaf-6)', dash: '' },
  hub: { colour: 'var(--mantine-color-lagoon-6)', dash: '' },
};

export function percent(share: number, places = 2): string {
  return `${(100 * share).toFixed(places)}\u00a0%`;
}
