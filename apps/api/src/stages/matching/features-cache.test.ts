import { evidenceOf, Scorer, shippedModel, modelAsShipped } from '@cinch/canonical-model';
import { expect, it } from 'vitest';
import type { Tx } from '../../platform/transaction.ts';
import type { EvidenceStore } from './evidence.store.ts';
import { FeaturesCache } from './features-cache.ts';

const judge = { version: 0, model: shippedModel, scorer: new Scorer(shippedModel), canonical: modelAsShipped };
const evidenceFor = (id: number) =>
  JSON.stringify(evidenceOf('person', { name: [{ given: 'Zoë', family: `Brook${id}` }] }, 'any', modelAsShipped));

/** Evidence of any record, as the database would tell it: no text where the mark is known already. */
const texts: Pick<EvidenceStore, 'texts'> = {
  texts: (_tx, wanted) =>
    Promise.resolve(
      wanted.map(({ recordId, mark }) => ({ recordId, mark: 1, evidence: mark === 1 ? null : evidenceFor(recordId) })),
    ),
};

it('finds what it has while that makes it forget others', async () => {
  const cache = new FeaturesCache(texts as EvidenceStore, 3);
  const families = async (ids: number[]) =>
    [...(await cache.of({} as Tx, judge, ids)).values()].map(({ names }) => names[0]!.family!.text);
  expect(await families([1, 2, 3])).toEqual(['brook1', 'brook2', 'brook3']);
  // The new ones push out those that come after them in the same call.
  expect(await families([4, 5, 1, 2, 3])).toEqual(['brook4', 'brook5', 'brook1', 'brook2', 'brook3']);
});
