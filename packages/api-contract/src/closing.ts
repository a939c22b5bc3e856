import { z } from 'zod';

/** What a run proved when it closed: what it compared, and what of that is not equal. */
export const runProof = z.object({
  /** When the listing began that was compared: what changed later is not in it. */
  asOf: z.iso.datetime(),
  /** Rows of the system that were compared. */
  rows: z.int(),
  /** Of each row: native places that the mapping names, a list as one. */
  fields: z.int(),
  /** Listed rows of records that a person has excluded from mastering: they are not compared. */
  excluded: z.int(),
  /** It was confined to rows or attributes that were asked for: nothing is said of the others. */
  confined: z.boolean().optional(),
  /** Of these attributes drift was looked for in this share of the rows, in percent; null: in none. */
  driftUnseen: z.array(z.object({ attributes: z.array(z.string()), share: z.int().nullable() })).optional(),
  /** What is not equal, by why: as many items of the run have this kind and this code. */
  exceptions: z.array(z.object({ kind: z.string(), code: z.string().nullable(), count: z.int() })),
});
export type RunProof = z.infer<typeof runProof>;

type Exception = RunProof['exceptions'][number];

/** One piece of the closing word; with a filter it is a number that leads to the run's items of this kind, and of this code. */
export interface ClosingPart {
  text: string;
  items?: { kind: string; code?: string };
}

const numbers = (count: number) => count.toLocaleString('en');

/** What is said after the number of exceptions of a kind, one or many. A kind that is not named here is told by its name. */
const kindsInWords: Record<string, readonly [one: string, many: string]> = {
  waiting: ['that waits for a person', 'that wait for a person'],
  missing: ['row missing', 'rows missing'],
  surplus: ['row surplus', 'rows surplus'],
  withheld: ['row withheld', 'rows withheld'],
  doubled: ['row doubled', 'rows doubled'],
  held: ['row held', 'rows held'],
  parked: ['parked', 'parked'],
  inexpressible: ['that the system cannot say', 'that the system cannot say'],
  'not-compared': ['field not compared', 'fields not compared'],
  create: ['row not made', 'rows not made'],
  change: ['row not changed', 'rows not changed'],
};

/** What a person is waited for, by the code of the item. */
const waitsInWords: Record<string, readonly [one: string, many: string]> = {
  conflict: ['conflict', 'conflicts'],
  request: ['request', 'requests'],
};

/** The closing word in its pieces: this is the one place where it is put together. */
export function closingParts(proof: RunProof): ClosingPart[] {
  const { asOf, rows, fields, excluded, exceptions, confined, driftUnseen = [] } = proof;
  const at = `${asOf.slice(0, 10)} ${asOf.slice(11, 16)} UTC`;
  const leftOut = excluded === 0 ? '' : `, ${numbers(excluded)} excluded`;
  const compared = `as of ${at}, ${said(fields, 'field', 'fields')} of ${said(rows, 'row', 'rows')}${confined ? ' asked for' : ''}${leftOut}`;
  if (isEqualProof(proof)) return [{ text: `equal ${compared}` }];
  const kinds = Object.keys(kindsInWords).filter((kind) => exceptions.some((one) => one.kind === kind));
  const others = exceptions.map(({ kind }) => kind).filter((kind) => !(kind in kindsInWords));
  const named = [...kinds, ...new Set(others)].map((kind) =>
    partsOfKind(
      kind,
      exceptions.filter((one) => one.kind === kind),
    ),
  );
  const unseen = driftUnseen.map(({ attributes, share }) => {
    const looked = share === null ? 'which is not looked for' : `looked for in ${share}\u00a0% of the rows`;
    return [{ text: `drift of ${attributes.join(' and ')}, ${looked}` }];
  });
  return [{ text: 'equal but for ' }, ...joined([...named, ...unseen]), { text: `; ${compared}` }];
}

/** Whether a run found nothing that is not equal, and looked at all. */
export function isEqualProof({ exceptions, driftUnseen = [] }: Pick<RunProof, 'exceptions' | 'driftUnseen'>): boolean {
  return exceptions.length === 0 && driftUnseen.length === 0;
}

/** The closing word as one sentence. */
export function closingInWords(proof: RunProof): string {
  return closingParts(proof)
    .map(({ text }) => text)
    .join('');
}

/** Whether a run that closed with this word found nothing that is not equal. */
export function isEqualClosing(closing: string): boolean {
  return closing === 'equal' || closing.startsWith('equal as of ');
}

function partsOfKind(kind: string, exceptions: readonly Exception[]): ClosingPart[] {
  const total = exceptions.reduce((sum, { count }) => sum + count, 0);
  const [one, many] = kindsInWords[kind] ?? [kind, kind];
  const whole: ClosingPart = { text: said(total, one, many), items: { kind } };
  if (kind !== 'waiting') return [whole];
  const causes = exceptions.map(({ code, count }): ClosingPart[] => {
    const [single, several] = waitsInWords[code ?? ''] ?? [code ?? 'other', code ?? 'others'];
    return [{ text: said(count, single, several), items: { kind, ...(code !== null && { code }) } }];
  });
  return [whole, { text: ' (' }, ...joined(causes), { text: ')' }];
}

function joined(pieces: readonly ClosingPart[][]): ClosingPart[] {
  return pieces.flatMap((parts, at) => (at === 0 ? parts : [{ text: ', ' }, ...parts]));
}

function said(count: number, one: string, many: string): string {
  return `${numbers(count)} ${count === 1 ? one : many}`;
}
