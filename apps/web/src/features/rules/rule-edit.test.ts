import { describe, expect, it } from 'vitest';
import { countToType } from '../../components/count-to-type.ts';
import { mayAsk, moved, withRule, withStrategy } from './rule-edit.ts';
import type { Rule } from './rule-shape.ts';

const choices = { systems: ['adipose', 'bellyfat'], attributes: ['name'] };

describe('another strategy', () => {
  it.each<[Rule, string, Rule]>([
    [{ strategy: 'most-recent' }, 'owner', { strategy: 'owner', system: 'adipose' }],
    [{ strategy: 'most-recent' }, 'source-priority', { strategy: 'source-priority', order: ['adipose', 'bellyfat'] }],
    [{ strategy: 'sum', owner: 'bellyfat' }, 'maximum', { strategy: 'maximum', owner: 'bellyfat' }],
    [{ strategy: 'sum' }, 'maximum', { strategy: 'maximum' }],
    [{ strategy: 'most-recent' }, 'follow', { strategy: 'follow', attribute: 'name' }],
    // A ranking of values is no order of systems.
    [
      { strategy: 'value-ranking', order: ['yes', 'no'] },
      'source-priority',
      { strategy: 'source-priority', order: ['adipose', 'bellyfat'] },
    ],
  ])('of %o as %s', (rule, strategy, other) => {
    expect(withStrategy(rule, strategy, choices)).toEqual(other);
  });

  it('keeps the conditions that it can have, and no others', () => {
    const rule = { strategy: 'longest', ask: true, concurrent: 'decide', valid: { maxAgeDays: 90 } };
    expect(withStrategy(rule, 'most-recent', choices)).toEqual({ ...rule, strategy: 'most-recent' });
    expect(withStrategy(rule, 'owner', choices)).toEqual({
      strategy: 'owner',
      system: 'adipose',
      ask: true,
      valid: { maxAgeDays: 90 },
    });
    expect(withStrategy(rule, 'union', choices)).toEqual({ strategy: 'union' });
  });

  it('gives every phase an owner', () => {
    const { owners } = withStrategy({ strategy: 'owner', system: 'bellyfat' }, 'transition', choices);
    expect(owners).toMatchObject({ prospect: 'bellyfat', deceased: 'bellyfat' });
  });
});

describe('the order of systems', () => {
  it.each([
    [0, 1, ['b', 'a', 'c']],
    [2, -1, ['a', 'c', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 5, ['a', 'b', 'c']],
  ])('from place %i by %i', (from, by, list) => {
    expect(moved(['a', 'b', 'c'], from, by)).toEqual(list);
  });
});

describe('a changed rule document', () => {
  const document = { format: 1, default: { strategy: 'most-recent' }, attributes: { name: { strategy: 'longest' } } };

  it('has the rule of an attribute, or none, or another for all others', () => {
    expect(withRule(document, 'points', { strategy: 'sum' }).attributes).toHaveProperty('points');
    expect(withRule(document, 'name', null)).toEqual({ ...document, attributes: {} });
    expect(withRule(document, 'all', { strategy: 'longest' })).toEqual({
      ...document,
      default: { strategy: 'longest' },
    });
    expect(withRule(document, 'all', null)).toEqual(document);
  });

  it('asks for the count only where many customers change, and a person only where values compete', () => {
    expect([countToType({ count: 24 }), countToType({ count: 25 })]).toEqual([null, 25]);
    expect([mayAsk('maximum', 'value'), mayAsk('maximum', 'account'), mayAsk('union', 'list')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
