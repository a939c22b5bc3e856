import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mulberry32 } from '../../../../scripts/mulberry32.ts';
import { afterAside, afterDeath, afterSuccess, nextOf, unsuspecting, type Care } from './halving.ts';

interface Outcome {
  applied: string[];
  aside: string[];
  deaths: number;
  waits: number;
}

/** Works off lines as the hub does: whatever dies is begun anew by what is known; where the lines wait, others go through if they can. */
function workOff(lines: readonly string[], dies: (piece: readonly string[]) => boolean, before = unsuspecting) {
  let care: Care = { ...before, doubtful: lines.length };
  const outcome: Outcome = { applied: [], aside: [], deaths: 0, waits: 0 };
  let left = [...lines];
  for (let steps = 0; left.length > 0; steps += 1) {
    if (steps > 100_000) throw new Error('There is no end.');
    const next = nextOf(care, left);
    if (next.act === 'aside') {
      care = afterAside(care, next.lines[0]!);
      outcome.aside.push(...next.lines);
    } else if (next.act === 'wait') {
      outcome.waits += 1;
      if (!dies([])) care = afterSuccess(care, []);
      continue;
    } else if (dies(next.lines)) {
      outcome.deaths += 1;
      care = afterDeath(care, next.lines);
      continue;
    } else {
      care = afterSuccess(care, next.lines);
      outcome.applied.push(...next.lines);
    }
    const gone = new Set(next.lines);
    left = left.filter((line) => !gone.has(line));
  }
  return { ...outcome, care };
}

const named = (count: number) => Array.from({ length: count }, (_, n) => `1.${n + 1}`);
const sorted = (lines: Iterable<string>) => [...lines].toSorted();

test('whichever lines kill, exactly these are put aside and all others applied, at few deaths for each', () => {
  const some = fc.integer({ min: 1, max: 500 }).chain((count) =>
    fc.record({
      lines: fc.constant(named(count)),
      killers: fc.uniqueArray(fc.integer({ min: 1, max: count }), { maxLength: 12 }),
    }),
  );
  fc.assert(
    fc.property(some, ({ lines, killers }) => {
      const deadly = new Set(killers.map((n) => `1.${n}`));
      const { applied, aside, deaths } = workOff(lines, (piece) => piece.some((line) => deadly.has(line)));
      expect(sorted(aside)).toEqual(sorted(deadly));
      expect(sorted(applied)).toEqual(sorted(lines.filter((line) => !deadly.has(line))));
      expect(deaths).toBeLessThanOrEqual(killers.length * (Math.ceil(Math.log2(lines.length)) + 5));
    }),
    { numRuns: 100 },
  );
});

test('a single line that kills, alone in the inbox, costs two deaths alone', () => {
  expect(workOff(['1.1'], () => true)).toMatchObject({ aside: ['1.1'], deaths: 2, waits: 0 });
});

test.each([0.02, 0.1, 0.3, 0.6])(
  'a machine that dies at random, %d of all pieces, has hardly a line put aside',
  (share) => {
    const asides: number[] = [];
    for (let seed = 1; seed <= 5; seed += 1) {
      const random = mulberry32(seed);
      let care = unsuspecting;
      let aside = 0;
      for (let batch = 0; batch < 30; batch += 1) {
        const outcome = workOff(named(100), () => random() < share, care);
        care = outcome.care;
        aside += outcome.aside.length;
      }
      asides.push(aside);
    }
    // Of 3,000 lines each.
    expect(Math.max(...asides)).toBeLessThanOrEqual(3);
  },
);

test('a machine that dies whatever it works on has none of many lines put aside, and is told after three', () => {
  let care: Care = { ...unsuspecting, doubtful: 500 };
  const lines = named(500);
  let deaths = 0;
  for (; deaths < 100; deaths += 1) {
    const next = nextOf(care, lines);
    if (next.act === 'wait') break;
    expect(next.act).toBe('try');
    care = afterDeath(care, next.act === 'try' ? next.lines : []);
  }
  expect(deaths).toBeLessThan(20);
  for (let again = 0; again < 50; again += 1) {
    const next = nextOf(care, lines, true);
    expect(next.act).toBe('try');
    care = afterDeath(care, next.act === 'try' ? next.lines : []);
  }
  const outcome = workOff(lines, () => false, care);
  expect([outcome.aside, outcome.applied.length]).toEqual([[], 500]);
});

test('lines that come one at a time while nothing goes through are not put aside one after another', () => {
  let care: Care = unsuspecting;
  const aside: string[] = [];
  for (const line of named(20)) {
    for (let tries = 0; tries < 5; tries += 1) {
      const next = nextOf(care, [line]);
      if (next.act === 'wait') break;
      if (next.act === 'try') care = afterDeath(care, next.lines);
      else {
        care = afterAside(care, line);
        aside.push(line);
        break;
      }
    }
  }
  expect(aside).toHaveLength(2);
});

test('many that kill and nothing else wait until other work goes through, then all are put aside', () => {
  const lines = named(40);
  const { aside, waits } = workOff(lines, (piece) => piece.length > 0);
  expect(sorted(aside)).toEqual(sorted(lines));
  expect(waits).toBeGreaterThan(0);
});

test('one death has no line of five hundred put aside, and these are done in a few pieces', () => {
  let died = false;
  let pieces = 0;
  const once = (piece: readonly string[]) => {
    pieces += 1;
    const dies = !died && piece.length === 1;
    died ||= dies;
    return dies;
  };
  const { aside, applied } = workOff(named(500), once);
  expect([aside, applied.length]).toEqual([[], 500]);
  expect(pieces).toBeLessThan(15);
});
