import { describe, expect, it } from 'vitest';
import { brakeReasons, laneAllows, laneExcess, reasonsSinceApproval, sweepExcess, type PlanSize } from './brake.ts';
import { defaultLimits, limitsOf } from './limits.ts';
import type { Tally } from './tally.ts';

const sizeOf = (size: Partial<PlanSize>): PlanSize => ({ listed: 1_000, tally: {}, missing: 0, surplus: 0, ...size });
const braked = (size: Partial<PlanSize>) => brakeReasons(sizeOf(size)).map(({ code }) => code);

describe('the brake of a refresh', () => {
  it.each<[string, Partial<PlanSize>, string[]]>([
    ['lets a day’s work pass', { tally: { written: 10 } }, []],
    ['stops what would write more than a hundredth of the rows', { tally: { written: 11 } }, ['changed-share']],
    ['lets five rows of a small system pass', { listed: 60, tally: { written: 5 } }, []],
    ['stops at the sixth of a small system', { listed: 60, tally: { written: 6 } }, ['changed-share']],
    ['takes ten rows of 25 for much', { listed: 25, tally: { written: 10 } }, ['changed-share']],
    ['lets fifty rows of 5,000 pass', { listed: 5_000, tally: { written: 50 } }, []],
    ['stops at the next of 5,000', { listed: 5_000, tally: { written: 51 } }, ['changed-share']],
    ['stops the first fill', { listed: 0, tally: { written: 100, created: 100 } }, ['changed-share', 'created-share']],
    [
      'stops what empties one attribute',
      { listed: 5_000, tally: { written: 26, 'emptied email': 26 } },
      ['emptied-share'],
    ],
    ['stops what turns persons into businesses', { listed: 5_000, tally: { written: 11, kind: 11 } }, ['kind-share']],
    ['lets a few missing rows pass', { listed: 980, missing: 20 }, []],
    [
      'stops when more than a fiftieth is missing or surplus',
      { listed: 990, missing: 10, surplus: 11 },
      ['surplus-share'],
    ],
    ['tells both reasons', { tally: { written: 300 }, missing: 100 }, ['changed-share', 'surplus-share']],
    ['stops when a system that was known lists nothing', { listed: 0, missing: 1 }, ['empty-input']],
    ['lets an empty system be, of which nothing was known', { listed: 0 }, []],
  ])('%s', (_, size, codes) => {
    expect(braked(size)).toEqual(codes);
  });

  it('names the attribute, the count, what it is a share of, and the limit; what most rows have in common first', () => {
    const tally: Tally = { 'values name': 7, 'values phone.primary': 9, written: 9 };
    const allowed = limitsOf({ changedShare: 0.5 });
    expect(brakeReasons(sizeOf({ listed: 250, tally }), allowed)).toEqual([
      { code: 'values-share', attribute: 'phone.primary', count: 9, of: 250, limit: 0.01, fromRows: 6 },
      { code: 'values-share', attribute: 'name', count: 7, of: 250, limit: 0.01, fromRows: 6 },
    ]);
  });

  it('holds by the limits of the system where an admin has set them', () => {
    const size = sizeOf({ tally: { written: 300 }, missing: 60 });
    expect(brakeReasons(size, limitsOf({ changedShare: 0.3, surplusRows: 61 }))).toEqual([]);
    const strict = limitsOf({ changedRows: null, changedShare: 0.005 });
    expect(brakeReasons(size, strict).map(({ code, limit }) => [code, limit])).toEqual([
      ['changed-share', 0.005],
      ['surplus-share', 0.02],
    ]);
    const empty = sizeOf({ listed: 0, missing: 9 });
    expect(brakeReasons(empty, limitsOf({ emptyRows: 10, surplusRows: 10 }))).toEqual([]);
    expect(brakeReasons(empty)).toMatchObject([{ code: 'empty-input', fromRows: 1 }]);
  });

  it('takes what is null or not named for the default', () => {
    expect(limitsOf({ laneRows: null, emptyRows: 0 })).toEqual({ ...defaultLimits, emptyRows: 0 });
  });
});

describe('what a person let go on', () => {
  const since = (size: Partial<PlanSize>, rows: number, unseen: number, gone = 0) =>
    reasonsSinceApproval(sizeOf(size), { rows, gone }, unseen).map(({ code, count }) => [code, count]);

  it.each<[string, number, number, boolean]>([
    ['may grow by five rows', 1, 5, false],
    ['is looked at again at the sixth', 1, 6, true],
    ['may grow by a twentieth', 1_000, 50, false],
    ['is looked at again beyond a twentieth', 1_000, 51, true],
  ])('%s', (_, rows, unseen, isHeld) => {
    expect(since({}, rows, unseen)).toEqual(isHeld ? [['unseen', unseen]] : []);
  });

  it('is looked at again when more is missing than was seen', () => {
    expect(since({ listed: 0, missing: 250 }, 0, 0, 250)).toEqual([]);
    expect(since({ missing: 9 }, 0, 0, 3)).toEqual([['surplus-share', 9]]);
  });
});

describe('the brake between refreshes', () => {
  it.each<[string, number, number, boolean]>([
    ['lets five records of a small system pass', 5, 60, false],
    ['stops at the sixth of a small system', 6, 60, true],
    ['lets a hundredth of a large system pass', 1_000, 100_000, false],
    ['stops more than a hundredth of a large system', 1_001, 100_000, true],
  ])('%s', (_, written, records, isBraked) => {
    const excess = laneExcess({ written }, records, defaultLimits);
    const told = { code: 'changed-share', count: written, of: records, limit: 0.01, fromRows: 6 };
    expect(excess).toEqual(isBraked ? told : null);
    expect(written > laneAllows(records, defaultLimits)).toBe(isBraked);
  });

  it('stops for one attribute that is emptied too often', () => {
    const tally: Tally = { written: 30, 'emptied email': 26, 'values email': 26 };
    expect(laneExcess(tally, 5_000, defaultLimits)).toMatchObject({
      code: 'emptied-share',
      attribute: 'email',
      count: 26,
    });
  });
});

it('lets a load flag five records as old, and asks beyond a fiftieth', () => {
  expect(sweepExcess(5, 60, defaultLimits)).toBeNull();
  expect(sweepExcess(58, 60, defaultLimits)).toEqual({ count: 58, of: 60, limit: 0.02, fromRows: 6 });
  expect(sweepExcess(100, 5_000, defaultLimits)).toBeNull();
});
