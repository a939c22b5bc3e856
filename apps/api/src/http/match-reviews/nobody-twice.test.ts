import { configuration, customer, matchAnswer, matchPair, matchReviewPage } from '@cinch/api-contract';
import { shippedModel, type MatchModel } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rederive } from '../../pipeline/rederive.ts';
import { StewardDesk } from '../../../test/steward-desk.ts';

const kim = { given: 'Kim', family: 'Quillfeather', birth: '1980-02-03', email: 'kim.q@example.com' };
const lou = { given: 'Lou', family: 'Nyström', birth: '1970-01-02', phone: '+12025550153' };
const ida = { given: 'Ida', family: 'Marsh', birth: '1966-08-09', phone: '+12025550181' };

describe('a system that is said to hold nobody twice', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    await desk.pushAll('adipose', { 'A-KIM': kim, 'A-KIM-2': kim });
    await desk.push('bellyfat', 'b_kim', kim);
    await publish({ ...shippedModel, duplicateFree: ['adipose'] });
  });
  afterAll(() => desk?.close());

  const publish = async (document: MatchModel) => {
    const answer = await desk.hub.putSeen('/api/v1/rules/matching', { document, reason: 'no doubles in the shop' });
    if (answer.status !== 200) throw new Error(answer.text);
    while (await desk.hub.hub.app.get(Rederive).next());
  };
  const areOne = async (one: string, other: string) => {
    const [a, b] = await desk.customersOf([one, other]);
    return a === b;
  };
  const recordOf = async (sourceId: string) => {
    const { members } = await desk.get(`/customers/${await desk.customerOf(sourceId)}`, customer);
    return members.find((member) => member.sourceId === sourceId)!.recordId;
  };

  it('parts its rows that stood together, be it through a row of another system, and links no two that come', async () => {
    expect(await areOne('A-KIM', 'A-KIM-2')).toBe(false);
    await desk.push('adipose', 'A-LOU', lou);
    await desk.push('bellyfat', 'b_lou', lou);
    await desk.push('adipose', 'A-LOU-2', lou);
    // Both go with it as well: it is at one of them, the same whoever came first.
    expect([await areOne('A-LOU', 'b_lou'), await areOne('A-LOU-2', 'b_lou')].sort()).toEqual([false, true]);
    expect(await areOne('A-LOU', 'A-LOU-2')).toBe(false);
  });

  it('is a question instead, which says why', async () => {
    const { reviews } = await desk.get('/match-reviews', matchReviewPage);
    expect(reviews.length).toBeGreaterThan(0);
    for (const { evidence } of reviews) expect(evidence.veto).toMatchObject({ reason: 'duplicateFree' });
    const [one, other] = [await recordOf('A-LOU'), await recordOf('A-LOU-2')];
    const pair = await desk.get(`/match-reviews/${one}/${other}`, matchPair);
    expect(pair.evidence!.veto!.label).toContain('adipose, which is said to hold nobody twice');
  });

  it('is told maybe, where it asks who somebody is of whom it has a row', async () => {
    const answer = await desk.asSystem('POST', 'adipose', 'match', { data: { id: 'new', ...lou } });
    const { candidates } = matchAnswer.parse(answer.json());
    expect(candidates.find(({ sourceIds }) => sourceIds.includes('A-LOU'))).toMatchObject({ grade: 'maybe' });
  });

  it('gives way to a steward who was warned, and that stays when the rows are told again', async () => {
    const [one, other] = await desk.customersOf(['A-LOU', 'A-LOU-2']);
    const refused = await desk.post(`/customers/${one}/merge`, { with: other });
    expect([refused.status, refused.problem().code]).toEqual([409, 'holds-nobody-twice']);
    expect(refused.problem().detail).toContain('A-LOU and A-LOU-2 are two living rows');
    const records = [await recordOf('A-LOU'), await recordOf('A-LOU-2')];
    expect((await desk.post('/match-reviews/decision', { records, same: true })).status).toBe(409);
    expect((await desk.post('/match-reviews/decision', { records, same: true, twice: true })).status).toBe(201);
    await desk.push('adipose', 'A-LOU-2', { ...lou, email: 'lou@example.org' });
    expect(await areOne('A-LOU', 'A-LOU-2')).toBe(true);
  });

  it('holds nobody twice whose old row is deleted: then the new one is known again', async () => {
    await desk.pushAll('adipose', { 'A-IDA': ida, 'A-IDA-2': ida });
    expect(await areOne('A-IDA', 'A-IDA-2')).toBe(false);
    await desk.delete('adipose', 'A-IDA');
    const { members } = await desk.get(`/customers/${await desk.customerOf('A-IDA-2')}`, customer);
    expect(members.map(({ sourceId }) => sourceId)).toEqual(['A-IDA', 'A-IDA-2']);
    await desk.push('adipose', 'A-IDA', ida);
    expect(await areOne('A-IDA', 'A-IDA-2')).toBe(false);
  });

  it('is part of the configuration, and its rows come together again when it is said no longer', async () => {
    const { matching } = await desk.get('/configuration', configuration);
    expect(matching).toMatchObject({ duplicateFree: ['adipose'] });
    await publish(shippedModel);
    expect(await areOne('A-KIM', 'A-KIM-2')).toBe(true);
  });
});
