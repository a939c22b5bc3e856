import type { SystemComparison } from '@cinch/api-contract';
import { mappingVersionList } from '@cinch/api-contract';
import type { z } from 'zod';

type Sets = SystemComparison['sets'];
type MappingDocument = z.infer<typeof mappingVersionList>['versions'][number]['document'];

/** How one attribute is compared: `whole`, `never`, or a share of the rows in percent. */
export type Way = string;

const shares = [50, 25, 10, 5, 2, 1];

/** The ways to choose from, the one that is set among them. */
export function waysFor(way: Way): { value: Way; label: string }[] {
  const own = Number(way);
  const offered = shares.includes(own) || !Number.isInteger(own) ? shares : [own, ...shares];
  return [
    { value: 'whole', label: 'In every row' },
    ...offered.map((share) => ({ value: String(share), label: `In ${share}\u00a0% of the rows` })),
    { value: 'never', label: 'Not at all' },
  ];
}

export function waysOf(sets: Sets): Record<string, Way> {
  return Object.fromEntries(
    sets.flatMap((set) =>
      set.attributes.map((attribute) => [attribute, set.compared === 'never' ? 'never' : String(set.share)]),
    ),
  );
}

/** One set for each way that is not that of all. */
export function setsOf(ways: Readonly<Record<string, Way>>): Sets {
  const chosen = Object.entries(ways).filter(([, way]) => way !== 'whole');
  return [...Map.groupBy(chosen, ([, way]) => way)].map(([way, own]) => {
    const attributes = own.map(([attribute]) => attribute);
    return way === 'never' ? { compared: 'never', attributes } : { compared: 'sample', share: Number(way), attributes };
  });
}

export function setInWords(set: Sets[number], labelOf: (attribute: string) => string): string {
  const names = set.attributes.map(labelOf).join(', ');
  if (set.compared === 'never') return `Not looked for at all: drift of ${names}.`;
  const runs = Math.ceil(100 / set.share);
  return `Looked for in ${set.share}\u00a0% of the rows, in each within ${runs} refreshes: drift of ${names}.`;
}

/** Attributes and lists that the mapping names. */
export function mappedIn(document: MappingDocument): string[] {
  const { attributes = [], lists = [] } = document as {
    attributes?: { attribute: string }[];
    lists?: { list: string }[];
  };
  return [...new Set([...attributes.map(({ attribute }) => attribute), ...lists.map(({ list }) => list)])];
}
