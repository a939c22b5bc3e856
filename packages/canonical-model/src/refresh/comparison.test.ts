import { describe, expect, it } from 'vitest';
import { RecordHistory } from '../facts/fixtures.ts';
import { anAdiposeRow } from '../mapping/fixtures.ts';
import { isInSample, runsForAll, withoutUnseenDrift, type ComparedSet, type DriftComparison } from './comparison.ts';

describe('a sample that goes round', () => {
  it.each([1, 7, 10, 30, 50, 99])('of %i percent looks at every row within as many runs as it takes', (share) => {
    const runs = runsForAll(share);
    const missed: string[] = [];
    for (const first of [0, 3, 1_000_001])
      for (let record = 1; record <= 500; record += 1) {
        const isLookedAt = Array.from({ length: runs }).some((_, run) => isInSample(record, share, first + run));
        if (!isLookedAt) missed.push(`${record} from run ${first}`);
      }
    expect(missed).toEqual([]);
  });

  it.each([1, 10, 50])(
    'of %i percent looks at about so many rows in a run, and at the same ones when it is asked again',
    (share) => {
      const looked = () => Array.from({ length: 20_000 }, (_, record) => isInSample(record + 1, share, 5));
      const count = looked().filter(Boolean).length;
      expect(Math.abs(count / 200 - share)).toBeLessThan(1);
      expect(looked()).toEqual(looked());
    },
  );
});

describe('drift that a run does not look for', () => {
  const history = new RecordHistory('adipose', 1).push(10);
  const { state } = history.fold();
  const { lens } = history;
  const seenOf = (row: Record<string, string>, ...sets: ComparedSet[]) => {
    const comparison: DriftComparison = { sets, turn: 0 };
    return withoutUnseenDrift(lens.read(anAdiposeRow(row)), state, 1, comparison, lens);
  };
  const never = (...attributes: string[]): ComparedSet => ({ compared: 'never', attributes });

  it('is taken for what the row is known to hold', () => {
    expect(seenOf({ phone: '2025550111' }, never('phone.primary'))).toBeNull();
  });

  it('does not hide what drifted beside it', () => {
    const seen = seenOf({ phone: '2025550111', email: 'x@example.com' }, never('phone.primary'))!;
    expect(seen.attributes['phone.primary']).toEqual({
      fields: state.held['phone.primary']!.fields,
      value: state.held['phone.primary']!.value,
    });
    expect(seen.attributes['email.primary']!.value).toBe('x@example.com');
  });

  it('is looked for in the rows of the sample', () => {
    const inSample = isInSample(1, 50, 0);
    for (const turn of [0, 1]) {
      const sets: ComparedSet[] = [{ compared: 'sample', share: 50, attributes: ['phone.primary'] }];
      const row = lens.read(anAdiposeRow({ phone: '2025550111' }));
      const seen = withoutUnseenDrift(row, state, 1, { sets, turn }, lens);
      expect(seen === row, `turn ${turn}`).toBe(turn === 0 ? inSample : !inSample);
    }
  });

  it('is looked for in a row of another kind of customer, whatever was said', () => {
    const row = lens.read(anAdiposeRow({ phone: '2025550111', cust_type: 'B' }));
    expect(withoutUnseenDrift(row, state, 1, { sets: [never('phone.primary')], turn: 0 }, lens)).toBe(row);
  });
});
