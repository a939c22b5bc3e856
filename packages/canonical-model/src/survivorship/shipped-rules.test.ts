import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import { ruleFor, shippedRules, shippedRulesFor } from './rules.ts';
import { validateRules } from './validate-rules.ts';

describe('the shipped rules of a hub', () => {
  it('are those of the reference systems where these are', () => {
    expect(shippedRulesFor(['adipose', 'bellyfat', 'shop'])).toEqual(shippedRules);
  });

  it('name no owner that is not there, and are valid', () => {
    for (const systems of [[], ['shop'], ['adipose'], ['bellyfat', 'shop']]) {
      const rules = shippedRulesFor(systems);
      expect(validateRules(structuredClone(rules), modelAsShipped).ok).toBe(true);
      const named = ['adipose', 'bellyfat'].filter((code) => JSON.stringify(rules).includes(code));
      expect(named.filter((code) => !systems.includes(code))).toEqual([]);
    }
  });

  it('keep what each rule does without its owner', () => {
    const rules = shippedRulesFor(['shop']);
    expect(ruleFor(rules, 'points', modelAsShipped)).toEqual({ strategy: 'sum' });
    expect(ruleFor(rules, 'products:["a",null]', modelAsShipped)).toEqual({ strategy: 'union' });
    expect(ruleFor(rules, 'birthDate', modelAsShipped)).toEqual(rules.default);
    expect(ruleFor(rules, 'lifecycle', modelAsShipped)).toEqual(rules.default);
    expect(ruleFor(shippedRulesFor(['adipose']), 'points', modelAsShipped)).toEqual({
      strategy: 'sum',
      owner: 'adipose',
    });
  });
});
