import {
  countedMatchModel,
  matchFieldList,
  matchPicture,
  matchPreview,
  matchProgress,
  matchReviewPage,
  trainedMatchModel,
  type MatchPreview,
} from '@cinch/api-contract';
import { shippedModel, validateMatchModel, type MatchModel } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rederive } from '../../pipeline/rederive.ts';
import { Clock } from '../../platform/clock.ts';
import { Committer } from '../../platform/committer.ts';
import { Database } from '../../platform/transaction.ts';
import { EvidenceStore } from '../../stages/matching/evidence.store.ts';
import { MatchPictureStore } from '../../stages/matching/picture.store.ts';
import { MatchProgressStore } from '../../stages/matching/progress.store.ts';
import { StewardDesk } from '../../../test/steward-desk.ts';

const path = '/rules/matching';
const withThresholds = (thresholds: Partial<MatchModel['thresholds']>): MatchModel => {
  return { ...shippedModel, thresholds: { ...shippedModel.thresholds, ...thresholds } };
};

describe('the screen of the match model', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const kim = { given: 'Kim', family: 'Quillfeather', birth: '1980-02-03', email: 'kim.q@example.com' };
    await desk.push('bellyfat', 'b_kim', { ...kim, phone: '+12025550151' });
    await desk.push('adipose', 'A-KIM', { ...kim, phone: '+12025550151' });
    await desk.push('adipose', 'A-LOU', { given: 'Lou', family: 'Nye', birth: '1970-01-02', phone: '+12025550153' });
  });
  afterAll(() => desk?.close());

  const foresee = async (document: MatchModel): Promise<MatchPreview> =>
    matchPreview.parse((await desk.post(`${path}/preview`, { document })).json());
  const worked = async () => {
    while (await desk.hub.hub.app.get(Rederive).next());
  };
  const of = ({ shifts }: MatchPreview, name: string) => shifts.find(({ shift }) => shift === name)!;

  it('has words for every outcome of every comparison', async () => {
    const { kinds } = await desk.get(`${path}/fields`, matchFieldList);
    expect(kinds.map(({ kind }) => kind)).toEqual(['person', 'organization']);
    expect(kinds[0]!.fields[0]).toMatchObject({ field: 'given' });
    expect(kinds[0]!.fields[0]!.levels.at(-1)).toEqual({ level: 'same', label: 'Same given name' });
  });

  it('shows where the pairs lie, and whether they are one customer', async () => {
    const { weights, records, version } = await desk.get(`${path}/picture`, matchPicture);
    expect([records, version, weights.share]).toEqual([3, 0, 1]);
    expect(weights.bins.map(({ together, apart }) => [together, apart])).toEqual([[1, 0]]);
    expect(weights.bins[0]!.bits).toBeGreaterThan(shippedModel.thresholds.link);
  });

  it('proposes no other weights where there are too few records to learn of, says so, and changes nothing', async () => {
    const trained = trainedMatchModel.parse((await desk.post(`${path}/training`, {})).json());
    expect(trained).toMatchObject({ records: 3, of: 3, document: shippedModel });
    expect(trained.kinds.map(({ kind, kept }) => [kind, kept])).toEqual([
      ['person', 'fewRecords'],
      ['organization', 'fewRecords'],
    ]);
    expect((await desk.get(`${path}/progress`, matchProgress)).works).toEqual([]);
  });

  it('foresees nothing of the model that is in force', async () => {
    const preview = await foresee(shippedModel);
    expect(preview).toMatchObject({ version: 0, records: 3, of: 3, compared: 1, otherKeys: false });
    expect(preview.shifts.map(({ shift, pairs }) => [shift, pairs])).toEqual([
      ['joins', 0],
      ['parts', 0],
      ['asks', 0],
      ['settles', 0],
    ]);
  });

  it('foresees which customers would part, with their records and weights, and changes nothing by that', async () => {
    const before = await desk.customerOf('A-KIM');
    const preview = await foresee(withThresholds({ link: 40 }));
    expect(of(preview, 'parts').pairs).toBe(1);
    const [sample] = of(preview, 'parts').samples;
    expect(sample!.records.map(({ system, sourceId }) => `${system} ${sourceId}`).sort()).toEqual([
      'adipose A-KIM',
      'bellyfat b_kim',
    ]);
    expect(sample!.records[0]).toMatchObject({ customer: 'Kim Quillfeather', customerId: before });
    expect(sample!.before).toBe(sample!.after);
    expect(await desk.customerOf('b_kim')).toBe(before);
  });

  it('says that other limits of keys bring other pairs together, which it did not weigh', async () => {
    const blocks = { ...shippedModel.blocks, limit: 40 };
    expect(await foresee({ ...shippedModel, blocks })).toMatchObject({ otherKeys: true });
  });

  it('foresees what a published model then does: customers part, a person is asked, and all comes together again', async () => {
    const parting = withThresholds({ link: 40 });
    const put = (document: MatchModel) =>
      desk.hub.asAdmin('PUT', `/api/v1${path}`, { document, reason: 'to see what comes of it' });
    await put(parting);
    await worked();
    expect(await desk.customerOf('b_kim')).not.toBe(await desk.customerOf('A-KIM'));
    expect((await desk.get('/match-reviews', matchReviewPage)).reviews).toHaveLength(1);
    const back = await foresee(shippedModel);
    expect([back.version, of(back, 'joins').pairs]).toEqual([1, 1]);
    expect(of(await foresee(withThresholds({ link: 40, review: 39 })), 'settles').pairs).toBe(1);
    const { weights } = await desk.get(`${path}/picture`, matchPicture);
    expect(weights.bins.map(({ together, apart }) => [together, apart])).toEqual([[0, 1]]);
    await put(shippedModel);
    await worked();
    expect(await desk.customerOf('b_kim')).toBe(await desk.customerOf('A-KIM'));
  });

  it('shows itself while a model waits to be applied, and asks to wait with another', async () => {
    // Nobody else commits meanwhile, so the model is not applied before this ends.
    await desk.hub.hub.app.get(Committer).commit(async () => {
      const document = withThresholds({ strong: 3.5 });
      await desk.hub.asAdmin('PUT', `/api/v1${path}`, { document, reason: 'stronger clues' });
      expect((await desk.get(`${path}/picture`, matchPicture)).crowded).toBeNull();
      const answer = await desk.post(`${path}/preview`, { document: shippedModel });
      expect([answer.status, answer.problem().code]).toEqual([409, 'not-possible']);
      expect(answer.problem().detail).toMatch(/being matched again by version 3. Wait/);
    });
    await worked();
    expect((await desk.get(`${path}/picture`, matchPicture)).crowded).toMatchObject({ strong: 0, weak: 0 });
  });

  it('leaves alone what a steward has said of two records', async () => {
    const customerId = await desk.customerOf('A-KIM');
    const other = await desk.customerOf('A-LOU');
    await desk.decide(`/customers/${customerId}/merge`, { with: other });
    const preview = await foresee(withThresholds({ link: 40 }));
    expect(of(preview, 'parts').samples.map(({ records }) => records.map(({ sourceId }) => sourceId).sort())).toEqual([
      ['A-KIM', 'b_kim'],
    ]);
  });

  it('looks at a share of what is large, spread evenly', async () => {
    await desk.hub.hub.app.get(Database).read(async (tx) => {
      const evidence = desk.hub.hub.app.get(EvidenceStore);
      const all = await evidence.sample(tx, 1_000);
      expect(all).toHaveLength(3);
      expect(await evidence.sample(tx, 2)).toEqual([all[0], expect.any(Number)]);
      const scant = new MatchPictureStore(1);
      expect((await scant.weights(tx)).share).toBeLessThan(0.001);
      expect((await scant.crowded(tx)).share).toBeLessThan(0.001);
    });
  });

  it('refuses a document with mistakes, each in its place', async () => {
    const answer = await desk.post(`${path}/preview`, { document: { ...shippedModel, population: 1 } });
    expect([answer.status, answer.problem().code]).toEqual([422, 'match-model-invalid']);
  });

  it('counts into a document that says when and over how many, and tells nothing of it afterwards', async () => {
    const { records, document } = countedMatchModel.parse((await desk.post(`${path}/count`, {})).json());
    expect(records).toBe(3);
    expect((validateMatchModel(document) as { model: MatchModel }).model.counted).toEqual({
      at: expect.any(String),
      records: 3,
    });
    expect((await desk.get(`${path}/progress`, matchProgress)).works).toEqual([]);
  });

  it('tells how far a count is, and forgets one that was interrupted', async () => {
    const { app } = desk.hub.hub;
    const note = (age: number) =>
      app.get(Database).transaction((tx) => {
        const at = app.get(Clock).now() - age;
        return app
          .get(MatchProgressStore)
          .note(tx, { work: 'count', version: 2, step: 'count', done: 5_000, of: 12_000, at });
      });
    await note(0);
    const { works } = await desk.get(`${path}/progress`, matchProgress);
    expect(works).toEqual([{ work: 'count', version: 2, step: 'count', done: 5_000, of: 12_000 }]);
    await note(600_000);
    expect((await desk.get(`${path}/progress`, matchProgress)).works).toEqual([]);
  });

  it('tells how far the application of a model is, until it is applied', async () => {
    const { app } = desk.hub.hub;
    const noted = () => app.get(Database).read((tx) => app.get(MatchProgressStore).all(tx));
    expect(await noted()).toContainEqual(
      expect.objectContaining({ work: 'apply', version: 3, step: 'decide', done: 3, of: 3 }),
    );
    expect((await desk.get(`${path}/progress`, matchProgress)).works, 'it is applied').toEqual([]);
  });
});
