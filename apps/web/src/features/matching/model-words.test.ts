import { describe, expect, it } from 'vitest';
import { aModel, someFields } from './a-model.ts';
import { modelDifferences } from './model-words.ts';

describe('two match models', () => {
  const before = aModel({});

  it('that say the same differ in nothing', () => {
    expect(modelDifferences(before, structuredClone(before), someFields)).toEqual([]);
  });

  it('differ in thresholds and weights, each in words', () => {
    const thresholds = { ...before.thresholds, link: 3 };
    const person = { housemate: -1, levels: { given: { different: [-4.2, -3.9], same: [8, 5.1] } } } as never;
    expect(modelDifferences(before, aModel({ thresholds, person }), someFields)).toEqual([
      { of: 'Linked by the hub from', before: '−1 bit', after: '+3 bits' },
      {
        of: 'Persons: Same given name',
        before: '+7.1 bits against a stranger, +5.1 bits against somebody of the same house',
        after: '+8 bits against a stranger, +5.1 bits against somebody of the same house',
      },
    ]);
  });

  it('differ in what was counted, also where as many values come otherwise often', () => {
    const counted = aModel({ frequencies: { given: { values: 900, counts: { kim: 12, lou: 9 } } } });
    const again = aModel({ frequencies: { given: { values: 900, counts: { kim: 13, lou: 9 } } } });
    expect(modelDifferences(before, counted, someFields)).toEqual([
      {
        of: 'How often values come: Given name',
        before: 'not counted: all values are middling rare',
        after: '2 frequent values among 900 records',
      },
    ]);
    expect(modelDifferences(counted, again, someFields)).toEqual([
      { of: 'How often values come: Given name', before: 'as counted then', after: '1 value come otherwise often' },
    ]);
  });

  it('differ in the values that say nothing', () => {
    expect(modelDifferences(before, aModel({ generic: { names: ['test', 'xxx'] } }), someFields)).toEqual([
      { of: 'Names that stand for unknown', before: 'also unknown', after: 'also xxx' },
    ]);
  });
});
