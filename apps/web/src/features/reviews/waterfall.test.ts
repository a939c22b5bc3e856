import { describe, expect, it } from 'vitest';
import { scaleOf, stepsOf } from './waterfall.ts';

const bars = [
  { of: 'prior', level: null, label: 'Prior', bits: -14.8727 },
  { of: 'given', level: 'same', label: 'Same given name', bits: 7.1 },
  { of: 'family', level: 'same', label: 'Same family name', bits: 9.3 },
  { of: 'housemate', level: null, label: 'House', bits: -0.0031 },
];

describe('the waterfall of a match', () => {
  it('begins at nothing, each bar where the one before ended, and ends at the score', () => {
    const steps = stepsOf({ bars, weight: 1.5242 });
    expect(steps[0]).toMatchObject({ from: 0, to: -14.8727 });
    for (const [place, step] of steps.slice(1, -1).entries()) expect(step.from).toBe(steps[place]!.to);
    expect(steps.at(-2)!.to).toBe(1.5242);
    expect(steps.at(-1)).toMatchObject({ label: 'Score', from: 0, to: 1.5242, isSum: true });
  });

  it('has room for every bar and every mark', () => {
    const steps = stepsOf({ bars, weight: 1.5242 });
    const { at } = scaleOf(steps, [10, -5]);
    const places = [...steps.flatMap(({ from, to }) => [from, to]), 10, -5, 0].map(at);
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect(Math.max(...places)).toBeLessThan(100);
    expect(at(1)).toBeGreaterThan(at(0));
  });
});
