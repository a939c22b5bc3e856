/** What a part of a chart means, whichever chart: well, work of the hub, needs a person, wrong, neither. */
export type Tone = 'well' | 'work' | 'person' | 'wrong' | 'neither';

export const toneColour: Readonly<Record<Tone, string>> = {
  well: 'var(--mantine-color-leaf-6)',
  work: 'var(--mantine-color-lagoon-6)',
  person: 'var(--mantine-color-amber-5)',
  wrong: 'var(--mantine-color-red-7)',
  neither: 'var(--mantine-color-slate-4)',
};
