import { matchReviewPage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

const name = { given: 'Zelda', family: 'Quillfeather' };
const [mother, daughter] = [
  { ...name, phone: '+12025550153', email: 'quillfeathers@example.com' },
  { ...name, phone: '+12025550181', email: 'quillfeathers@example.com' },
];

describe('a question about customers of whom some records contradict each other', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    await desk.push('bellyfat', 'b_mother', { ...mother, email: 'zelda.q@example.com', birth: '1946-06-21' });
    await desk.push('bellyfat', 'b_daughter', { ...daughter, email: 'zelda.two@example.com', birth: '1974-06-11' });
    await desk.pushAll('adipose', { 'A-MOTHER': mother, 'A-DAUGHTER': daughter });
  });
  afterAll(() => desk?.close());

  it('shows those that do, and names those for which it is asked all the same', async () => {
    const { reviews } = await desk.get('/match-reviews', matchReviewPage);
    expect(reviews).toHaveLength(1);
    const [{ customers, evidence, raisedBy }] = reviews as [(typeof reviews)[number]];
    const keyOf = (recordId: number) =>
      customers.flatMap(({ records }) => records).find((record) => record.recordId === recordId)?.sourceId;
    expect(evidence.veto).not.toBeNull();
    expect(evidence.records.map(keyOf).sort()).toEqual(['b_daughter', 'b_mother']);
    expect(raisedBy!.records.map(keyOf).sort()).toEqual(['A-DAUGHTER', 'b_daughter']);
    expect(raisedBy!.weight).toBeGreaterThan(evidence.weight);
  });
});
