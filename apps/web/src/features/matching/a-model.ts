import type { MatchFieldList } from '@cinch/api-contract';
import type { MatchModel } from './model-shape.ts';

/** A match model for tests, of one field. */
export function aModel(more: Partial<MatchModel>): MatchModel {
  return {
    population: 30_000,
    matchesPerRecord: 1,
    thresholds: { link: -1, review: -2.5, unsure: 5, rival: 1, strong: 3 },
    blocks: { limit: 50, weakLimit: 25, deepest: 3 },
    largestCluster: 200,
    identifiers: { national: { exclusive: false, checkDigits: 'none', authoritative: [] } },
    person: { housemate: -1, levels: { given: { different: [-4.2, -3.9], same: [7.1, 5.1] } } },
    organization: { housemate: 5, levels: {} },
    frequencies: {},
    generic: { names: ['unknown', 'test'] },
    ...more,
  };
}

export const someFields: MatchFieldList = {
  kinds: [
    {
      kind: 'person',
      fields: [
        {
          field: 'given',
          levels: [
            { level: 'different', label: 'Given names differ' },
            { level: 'same', label: 'Same given name' },
          ],
        },
      ],
    },
  ],
};
