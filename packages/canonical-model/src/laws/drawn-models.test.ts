import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCast } from './cast.ts';
import { casts, renamedCast } from './drawn-cast.ts';
import { histories, historiesBy, lived } from './histories.ts';
import { isSameInAnyOrder, roundsChangeNothing, settlesToViews } from './holds.ts';

/** Ten models in every `npm test`, each with one history; 300 each in `npm run laws`, of another seed unless LAWS_SEED names one. */
const models = 10;
const runs = process.env['LAWS_RUNS'];
const numRuns = Number(process.env['LAWS_MODEL_RUNS'] ?? (runs ? 300 : 1));
const seed = Number(process.env['LAWS_SEED'] ?? (runs ? Date.now() % 1_000_000_007 : 20_261_201));

describe(`the laws hold by models that are drawn (seed ${seed})`, { timeout: 30_000 + numRuns * 10_000 }, () => {
  it.each(fc.sample(casts, { numRuns: models, seed }).map((cast, index) => [index, cast] as const))(
    'model %i: any order, an end to refreshes, and no echo',
    (_, cast) => {
      const drawn = fc.property(historiesBy(cast), fc.infiniteStream(fc.nat()), (steps, randoms) => {
        isSameInAnyOrder(lived(steps, cast), () => randoms.next().value as number);
        settlesToViews(lived(steps, cast));
        roundsChangeNothing(lived(steps, cast));
      });
      fc.assert(drawn, { numRuns, seed });
    },
  );

  it('and what ships comes to the same under other ids', () => {
    const renamed = renamedCast(seed);
    const idOf = new Map(Object.keys(shippedCast.values).map((id, index) => [id, Object.keys(renamed.values)[index]!]));
    fc.assert(
      fc.property(histories, (steps) => {
        const others = steps.map((step) =>
          'edited' in step
            ? { ...step, edited: { ...step.edited, attribute: idOf.get(step.edited.attribute)! } }
            : step,
        );
        const values = (world: ReturnType<typeof lived>) =>
          world.customers().map(({ ids, survived }) => [
            ids,
            Object.values(survived.attributes)
              .map(({ value }) => JSON.stringify(value))
              .sort(),
          ]);
        expect(values(lived(others, renamed))).toEqual(values(lived(steps, shippedCast)));
      }),
      { numRuns, seed },
    );
  });
});
