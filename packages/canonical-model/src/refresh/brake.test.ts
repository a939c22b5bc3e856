import { describe, expect, it } from 'vitest';
import { brakeReasons, type PlanSize } from './brake.ts';

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
    expect(reason).toEqual({ code: 'changed-share', count: 200, of: 250, limit: 0.2 });
  });
});
