import { describe, expect, it } from 'vitest';
import { brakeReasons, laneExcess, type PlanSize } from './brake.ts';
import { defaultLimits, limitsOf } from './limits.ts';

const braked = (size: Partial<PlanSize>) =>
  brakeReasons({ listed: 1_000, create: 0, change: 0, missing: 0, surplus: 0, ...size }).map(({ code }) => code);

describe('the brake of a refresh', () => {
  it.each<[string, Partial<PlanSize>, string[]]>([
    ['lets a day’s work pass', { create: 20, change: 180 }, []],
    ['stops what would write more than a fifth of the rows', { create: 21, change: 190 }, ['changed-share']],
    ['lets a small system change whole', { listed: 50, change: 50 }, []],
    ['stops the first fill of an empty system', { listed: 0, create: 100 }, ['changed-share']],
    ['lets a few missing rows pass', { listed: 981, missing: 19 }, []],
    ['lets many missing rows of very many pass', { listed: 9_500, missing: 300, surplus: 190 }, []],
    [
      'stops when more than a twentieth is missing or surplus',
      { listed: 970, missing: 30, surplus: 21 },
      ['surplus-share'],
    ],
    ['tells both reasons', { change: 300, missing: 100 }, ['changed-share', 'surplus-share']],
    ['stops when a system that was known lists nothing', { listed: 0, missing: 1 }, ['empty-input']],
    ['lets an empty system be, of which nothing was known', { listed: 0 }, []],
  ])('%s', (_, size, codes) => {
    expect(braked(size)).toEqual(codes);
  });

  it('names the count and what it is a share of', () => {
    const [reason] = brakeReasons({ listed: 250, create: 0, change: 200, missing: 0, surplus: 0 });
    expect(reason).toEqual({ code: 'changed-share', count: 200, of: 250, limit: 0.2, fromRows: 100 });
  });

  it('holds by the limits of the system where an admin has set them', () => {
    const size = { listed: 1_000, create: 0, change: 300, missing: 60, surplus: 0 };
    const loose = limitsOf({ changedShare: 0.3, surplusRows: 61 });
    expect(brakeReasons(size, loose)).toEqual([]);
    const strict = limitsOf({ changedRows: null, changedShare: 0.1 });
    expect(brakeReasons(size, strict).map(({ code, limit }) => [code, limit])).toEqual([
      ['changed-share', 0.1],
      ['surplus-share', 0.05],
    ]);
    const empty = { listed: 0, create: 0, change: 0, missing: 9, surplus: 0 };
    expect(brakeReasons(empty, limitsOf({ emptyRows: 10 }))).toEqual([]);
    expect(brakeReasons(empty)).toMatchObject([{ code: 'empty-input', fromRows: 1 }]);
  });

  it('takes what is null or not named for the default', () => {
    expect(limitsOf({ laneRows: null, emptyRows: 0 })).toEqual({ ...defaultLimits, emptyRows: 0 });
  });
});

describe('the brake between refreshes', () => {
  it.each<[string, number, number, boolean]>([
    ['lets a few records of a small system pass', 499, 250, false],
    ['stops many records of a small system', 500, 250, true],
    ['lets a tenth of a large system pass', 10_000, 100_000, false],
    ['stops more than a tenth of a large system', 10_001, 100_000, true],
  ])('%s', (_, count, records, isBraked) => {
    const excess = laneExcess(count, records, defaultLimits);
    expect(excess).toEqual(isBraked ? { count, of: records, limit: 0.1, fromRows: 500 } : null);
  });
});
