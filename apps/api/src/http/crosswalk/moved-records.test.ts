import { movedRecordPage, splitPreview } from '@cinch/api-contract';
import { shippedModel, type MatchModel } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rederive } from '../../pipeline/rederive.ts';
import { Database } from '../../platform/transaction.ts';
import { Random } from '../../../test/histories/random.ts';
import { StewardDesk } from '../../../test/steward-desk.ts';

const stricter: MatchModel = { ...shippedModel, thresholds: { ...shippedModel.thresholds, link: 25 } };
const names = 'Abel Brook Crane Dahl Ekman Frost Grove Holm'.split(' ');

/** Each known to both systems, and like nobody else. */
const rows = (start: string) =>
  Object.fromEntries(
    names.map((family, at) => [
      `${start}-${family}`,
      { given: 'Kim', family, birth: `19${50 + at}-0${1 + at}-1${at}`, email: `${family}.${at}@example.com` },
    ]),
  );

describe('ids of customers', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    await pushed();
  });
  afterAll(() => desk?.close());

  const pushed = async () => {
    await desk.pushAll('bellyfat', rows('b'));
    await desk.pushAll('adipose', rows('A'));
  };
  const worked = async () => {
    while (await desk.hub.hub.app.get(Rederive).next());
  };
  const published = async (document: MatchModel) => {
    const answer = await desk.hub.putSeen('/api/v1/rules/matching', { document, reason: 'fewer wrong links' });
    if (answer.status !== 200) throw new Error(answer.text);
    await worked();
  };
  /** As after an upgrade to a hub that makes keys otherwise. */
  const rebuilt = async () => {
    await desk.hub.hub.app.get(Database).transaction((tx) => tx.query('update match_scheme set scheme = 1'));
    await worked();
  };
  const mapped = async () => {
    await desk.narrowMapping('adipose', 'phone.primary');
    await worked();
  };
  const trained = async () => void (await desk.post('/rules/matching/training', {}));
  const moves = async (query = '') => (await desk.get(`/moved-records?limit=200${query}`, movedRecordPage)).moves;
  const crosswalk = async () => (await desk.hub.asAdmin('GET', '/api/v1/crosswalk')).text;
  const areOne = async (one: string, other: string) => {
    const [a, b] = await desk.customersOf([one, other]);
    return a === b;
  };

  it('stay where they are when the same is told, published, trained, mapped or worked out again', async () => {
    const before = await crosswalk();
    for (const again of [pushed, () => published(shippedModel), rebuilt, mapped, trained]) await again();
    expect(await crosswalk()).toBe(before);
    expect(await moves()).toEqual([]);
  });

  it('that moved are listed, each with where to and why, and come back to where they were', async () => {
    const before = await crosswalk();
    await published(stricter);
    const moved = await moves('&cause=match-model');
    expect(moved).toHaveLength(names.length);
    expect(moved[0]).toMatchObject({
      because: expect.stringMatching(/published the match model of version \d+$/) as string,
      reason: 'fewer wrong links',
    });
    for (const { sourceId, to } of moved) expect(await desk.customerOf(sourceId)).toBe(to);
    await published(shippedModel);
    expect(await crosswalk()).toBe(before);
    expect(await moves()).toHaveLength(2 * names.length);
  });

  it('a steward’s link, not-same, merge and split stand whatever is told, published, trained or worked out again', async () => {
    const [abel, brook] = await desk.customersOf(['A-Abel', 'A-Brook']);
    await desk.decide(`/customers/${abel}/merge`, { with: brook });
    const [crane, dahl] = [await recordOf('A-Crane'), await recordOf('b-Dahl')];
    await desk.decide('/match-reviews/decision', { records: [crane, dahl], same: true });
    const [ekman, frost] = [await recordOf('A-Ekman'), await recordOf('b-Ekman')];
    await desk.decide('/match-reviews/decision', { records: [ekman, frost], same: false });
    const holm = await desk.customerOf('A-Holm');
    const leaving = [await recordOf('A-Holm')];
    splitPreview.parse((await desk.post(`/customers/${holm}/split`, { records: leaving, dryRun: true })).json());
    await desk.decide(`/customers/${holm}/split`, { records: leaving });
    const decided = await crosswalk();
    const random = new Random(16);
    const ways = [pushed, trained, rebuilt, mapped, () => published(stricter), () => published(shippedModel)];
    for (const way of random.shuffled([...ways, ...ways])) {
      await way();
      // A merge puts the records together that founded the two.
      expect(await areOne('b-Abel', 'b-Brook')).toBe(true);
      expect(await areOne('A-Crane', 'b-Dahl')).toBe(true);
      expect(await areOne('A-Ekman', 'b-Ekman')).toBe(false);
      expect(await areOne('A-Holm', 'b-Holm')).toBe(false);
    }
    await published(shippedModel);
    expect(await crosswalk()).toBe(decided);
  }, 60_000);

  const recordOf = async (sourceId: string): Promise<number> => {
    const sql = `select record_id as id from source_record where source_key = $1`;
    const [row] = await desk.hub.hub.app.get(Database).read((tx) => tx.query<{ id: number }>(sql, [sourceId]));
    return row!.id;
  };
});
