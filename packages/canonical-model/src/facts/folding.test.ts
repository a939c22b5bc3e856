import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from './entry.ts';
import { contentOf, propertyRuns, RecordHistory } from './fixtures.ts';
import { foldTimeline } from './fold.ts';
import { Folding } from './folding.ts';

const byOther = { recordId: 2, decisionId: null };
const lens = new RecordHistory('adipose', 1).lens;

/** After each entry the same as all of them folded at once. */
function expectTheSame(entries: readonly Entry[]): void {
  const folding = new Folding(lens, 'person');
  entries.forEach((entry, index) => {
    folding.add(entry);
    expect(folding.state).toEqual(foldTimeline(entries.slice(0, index + 1), lens, 'person').state);
  });
}

const phone = fc.constantFrom('2025550111', '2025550122', '2025550133', null);
const step = fc.record({
  what: fc.constantFrom('push', 'push', 'offer', 'offer', 'receipt', 'refusal', 'patch', 'delete', 'taken back'),
  phone,
  isLate: fc.boolean(),
});

describe('a fold that goes on', () => {
  const histories = fc.array(step, { minLength: 1, maxLength: 10 }).map((steps) => {
    const history = new RecordHistory('adipose', 1).push(1);
    let open = 0;
    const late: Entry[] = [];
    steps.forEach(({ what, phone, isLate }, index) => {
      const minute = (index + 1) * 10;
      if (what === 'push') history.push(minute, { phone });
      else if (what === 'patch') history.patch(minute, { phone });
      else if (what === 'delete') history.delete(minute);
      else if (what === 'offer')
        history.offer(minute, `d${(open = minute)}`, { 'phone.primary': phone && `+1${phone}` }, byOther);
      else if (what === 'taken back') {
        history.push(minute, { phone });
        history.entries.push({ ...history.entries.pop()!, takenBack: true });
      } else if (open && what === 'receipt') history.receipt(minute, `d${open}`, { phone });
      else if (open) history.refusal(minute, `d${open}`, { phone: 'no' });
      // What overtakes it is told of first.
      if (isLate && history.entries.length > 1) late.push(history.entries.pop()!);
    });
    return [...history.entries, ...late];
  });

  it('amounts to the same as all that was told, whatever comes and in whatever order', () => {
    fc.assert(fc.property(histories, expectTheSame), { ...propertyRuns, numRuns: Math.min(150, propertyRuns.numRuns) });
  });

  it('is taken from its begin where two rows of one version contradict each other', () => {
    const [one, other] = ['2025550111', '2025550122'].map((phone) =>
      new RecordHistory('adipose', 1).push(10, { phone }),
    );
    expectTheSame([...one!.entries, ...other!.entries, ...new RecordHistory('adipose', 1).push(20).entries]);
  });

  it('goes on over an offer that is made before there is a row, and over two at one instant', () => {
    const history = new RecordHistory('adipose', 1).offer(5, 'd5', { 'phone.primary': '+12025550111' }, byOther);
    history.push(10, { phone: '2025550111' }).offer(20, 'd1', { 'phone.primary': '+12025550122' }, byOther);
    const [last] = history.entries.slice(-1);
    const twice = { ...last!, deliveryId: 'd2', content: contentOf('another') } as Entry;
    expectTheSame([
      ...history.entries,
      twice,
      ...new RecordHistory('adipose', 1).push(30, { phone: '2025550122' }).entries,
    ]);
  });
});
