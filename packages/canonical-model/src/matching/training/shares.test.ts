import { expect, test } from 'vitest';
import { shippedModel } from '../shipped-model.ts';
import { bounded, monotone, sharesOf, weightsOf } from './shares.ts';

const sum = (shares: Float64Array) => shares.reduce((total, one) => total + one, 0);

test('the shares that a model stands for give its weights back, whatever levels a field has', () => {
  for (const kind of ['person', 'organization'] as const) {
    for (const { field, same, stranger } of sharesOf(shippedModel, kind)) {
      expect(sum(same)).toBeCloseTo(1, 9);
      weightsOf(shippedModel, kind, field).forEach(([bits], level) =>
        expect(Math.log2(same[level]! / stranger[level]!)).toBeCloseTo(bits, 9),
      );
    }
  }
});

test('levels that speak less than a worse one are pooled with it, and the shares still add up', () => {
  const stranger = Float64Array.of(0.9, 0.05, 0.03, 0.02);
  const pooled = monotone(Float64Array.of(0.1, 0.5, 0.1, 0.3), stranger);
  const ratios = [...pooled].map((share, level) => share / stranger[level]!);
  expect(ratios.every((ratio, level) => level === 0 || ratio >= ratios[level - 1]! - 1e-9)).toBe(true);
  expect(sum(pooled)).toBeCloseTo(1, 9);
});

test('what was learned stays near what was believed, however far astray it went', () => {
  const belief = Float64Array.of(0.1, 0.2, 0.7);
  for (const learned of [Float64Array.of(0.98, 0.01, 0.01), Float64Array.of(0.001, 0.998, 0.001)]) {
    const kept = bounded(learned, belief);
    expect(kept[0]).toBeGreaterThanOrEqual(0.04 - 1e-9);
    expect(kept[0]).toBeLessThanOrEqual(0.1 + 1e-9);
    expect(sum(kept)).toBeCloseTo(1, 9);
  }
});
