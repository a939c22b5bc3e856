import { describe, expect, it } from 'vitest';
import type { Rule } from './rule-shape.ts';
import { ruleDifferences, ruleInFull, type Names } from './rule-words.ts';

const names: Names = {
  system: (code) => ({ adipose: 'Adipose', bellyfat: 'BellyFat' })[code] ?? code,
  attribute: (id) => ({ 'phone.primary': 'Phone', name: 'Name' })[id] ?? id,
};

describe('a rule in words', () => {
  it.each<[Rule, string]>([
    [{ strategy: 'owner', system: 'bellyfat' }, 'What BellyFat says'],
    [
      { strategy: 'source-priority', order: ['bellyfat', 'adipose'], concurrent: 'decide' },
      'What the first of these says that says anything: BellyFat, then Adipose; it decides changes made apart too, where a person would be asked',
    ],
    [{ strategy: 'sum', owner: 'adipose' }, 'The sum of what the records say, of Adipose alone'],
    [
      { strategy: 'transition', owners: { prospect: 'bellyfat', active: 'adipose', former: 'bellyfat' } },
      'The last move that its system was allowed to make (BellyFat owns prospect, former; Adipose owns active)',
    ],
    [{ strategy: 'follow', attribute: 'name' }, 'What came with the winner of Name'],
    [
      { strategy: 'trust', systems: { adipose: { initial: 80, floor: 20, decayDays: 1 } } },
      'What is trusted most today: Adipose 80, falling to 20 in 1 day',
    ],
    [
      { strategy: 'most-recent', ask: true, valid: { pattern: '^\\d+$', maxAgeDays: 90 } },
      'The most recent change; a person decides whenever values differ; only values of the form ^\\d+$, while there are any; only what was said within 90 days, while there is any',
    ],
  ])('%o', (rule, words) => {
    expect(ruleInFull(rule, names)).toBe(words);
  });
});

describe('two rule documents', () => {
  const before = { default: { strategy: 'most-recent' }, attributes: { name: { strategy: 'longest' } } };

  it('that say the same differ in nothing, in whatever order they say it', () => {
    const order = { strategy: 'owner', system: 'adipose', ask: false };
    const other = { ask: false, system: 'adipose', strategy: 'owner' };
    const [one, two] = [order, other].map((rule) => ({ ...before, attributes: { name: rule } }));
    expect(ruleDifferences(one!, two!, names)).toEqual([]);
  });

  it('differ attribute by attribute, one that goes as all others do among them', () => {
    const after = { default: { strategy: 'longest' }, attributes: { 'phone.primary': { strategy: 'most-frequent' } } };
    expect(ruleDifferences(before, after, names)).toEqual([
      { of: 'Name', before: 'The longest', after: 'As all others: The longest' },
      { of: 'Phone', before: 'As all others: The most recent change', after: 'What most records say' },
      { of: 'All others', before: 'The most recent change', after: 'The longest' },
    ]);
  });
});
