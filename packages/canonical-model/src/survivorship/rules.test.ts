import { describe, expect, it } from 'vitest';
import type { AttributeId } from '../customer/attributes.ts';
import { modelAsShipped } from '../customer/model/model.ts';
import { fittingStrategies, subjectsOf, type RuleProblem } from './fit.ts';
import { isSafePattern } from './pattern.ts';
import { ruleFor, shippedRules, type RuleDocument } from './rules.ts';
import { validateRules } from './validate-rules.ts';

type Attributes = Record<string, unknown>;

/** The shipped document with other rules for some attributes, or with another default. */
function mistakesIn(attributes: Attributes, more: Record<string, unknown> = {}): RuleProblem[] {
  const document = { ...shippedRules, ...more, attributes: { ...shippedRules.attributes, ...attributes } };
  const validation = validateRules(document, modelAsShipped);
  const problems = validation.ok ? [] : validation.problems;
  // Each says in a sentence what to do.
  for (const { detail } of problems) expect(detail).toMatch(/^.{20,}\.$/);
  return problems;
}

function problemsOf(attributes: Attributes, more: Record<string, unknown> = {}): [string, string][] {
  return mistakesIn(attributes, more).map(({ path, code }) => [path, code]);
}

describe('the shipped rules', () => {
  it('are valid, and read as they stand', () => {
    expect(validateRules(structuredClone(shippedRules), modelAsShipped)).toEqual({ ok: true, rules: shippedRules });
  });

  it('use for each attribute a strategy that may be chosen for it', () => {
    for (const subject of subjectsOf(modelAsShipped))
      expect(fittingStrategies(subject, modelAsShipped), subject).toContain(
        ruleFor(shippedRules, subject as AttributeId, modelAsShipped).strategy,
      );
    expect(fittingStrategies('products', modelAsShipped)).toEqual(['union']);
    expect(fittingStrategies('points', modelAsShipped)).toEqual(['minimum', 'maximum', 'sum']);
    expect(fittingStrategies('name', modelAsShipped)).not.toContain('transition');
  });

  it.each<[AttributeId, string]>([
    ['name', 'most-recent'],
    ['products:["A",null]', 'union'],
    ['lastTransaction', 'maximum'],
  ])('%s survives by %s', (attribute, strategy) => {
    expect(ruleFor(shippedRules, attribute, modelAsShipped).strategy).toBe(strategy);
  });

  it('give each account-level value and each mastered list its owner', () => {
    const owners = Object.entries(shippedRules.attributes).flatMap(([id, rule]) =>
      'owner' in rule ? [[id, rule.owner]] : [],
    );
    expect(Object.fromEntries(owners)).toEqual({
      creditLimit: 'adipose',
      lifetimeSpend: 'adipose',
      points: 'adipose',
      lastTransaction: 'adipose',
      products: 'bellyfat',
      rights: 'bellyfat',
    });
  });
});

describe('mistakes in a rule document', () => {
  it.each<[string, Attributes, [string, string][]]>([
    [
      'an attribute that is not there',
      { shoeSize: { strategy: 'most-recent' } },
      [['/attributes/shoeSize', 'unknown-attribute']],
    ],
    [
      'a name that a pointer must escape',
      { 'a/b~c': { strategy: 'longest' } },
      [['/attributes/a~1b~0c', 'unknown-attribute']],
    ],
    [
      'a strategy that is not there',
      { name: { strategy: 'loudest' } },
      [['/attributes/name/strategy', 'unknown-strategy']],
    ],
    ['no strategy', { name: {} }, [['/attributes/name/strategy', 'missing']]],
    ['an owner without a system', { name: { strategy: 'owner' } }, [['/attributes/name/system', 'missing']]],
    [
      'a member that is not there',
      { name: { strategy: 'longest', order: 1 } },
      [['/attributes/name/order', 'unknown-member']],
    ],
    [
      'union does not ask',
      { phones: { strategy: 'union', ask: true } },
      [['/attributes/phones/ask', 'unknown-member']],
    ],
    [
      'owner is not disputed',
      { name: { strategy: 'owner', system: 'a', concurrent: 'ask' } },
      [['/attributes/name/concurrent', 'unknown-member']],
    ],
    ['text that is no rule', { name: 'longest' }, [['/attributes/name', 'bad-form']]],
    ['a sum of names', { name: { strategy: 'sum' } }, [['/attributes/name/strategy', 'strategy-does-not-fit']]],
    ['a smallest name', { name: { strategy: 'minimum' } }, [['/attributes/name/strategy', 'strategy-does-not-fit']]],
    [
      'a greatest phone',
      { 'phone.primary': { strategy: 'maximum' } },
      [['/attributes/phone.primary/strategy', 'strategy-does-not-fit']],
    ],
    ['the earliest birth date', { birthDate: { strategy: 'minimum', ask: true, valid: { maxAgeDays: 3 } } }, []],
    [
      'the sum of dates',
      { lastTransaction: { strategy: 'sum' } },
      [['/attributes/lastTransaction/strategy', 'strategy-does-not-fit']],
    ],
    ['a union of names', { name: { strategy: 'union' } }, [['/attributes/name/strategy', 'strategy-does-not-fit']]],
    ['consent to a name', { name: { strategy: 'consent' } }, [['/attributes/name/strategy', 'strategy-does-not-fit']]],
    ['consent by its owner', { 'consent.marketing': { strategy: 'owner', system: 'a' } }, []],
    [
      'a transition of names',
      { name: shippedRules.attributes.lifecycle },
      [['/attributes/name/strategy', 'strategy-does-not-fit']],
    ],
    [
      'a transition that leaves a phase to nobody',
      { lifecycle: { strategy: 'transition', owners: { active: 'a', prospect: 'a', dormant: 'a', former: 'a' } } },
      [['/attributes/lifecycle/owners/deceased', 'missing']],
    ],
    ['a list by time', { phones: { strategy: 'most-recent' } }, [['/attributes/phones/strategy', 'list-needs-union']]],
    ['a list by sum', { phones: { strategy: 'sum' } }, [['/attributes/phones/strategy', 'list-needs-union']]],
    [
      'a credit limit of one owner',
      { creditLimit: { strategy: 'owner', system: 'adipose' } },
      [['/attributes/creditLimit/strategy', 'account-needs-aggregate']],
    ],
    ['points by the smallest', { points: { strategy: 'minimum' } }, []],
    [
      'points that a person is to choose',
      { points: { strategy: 'minimum', ask: true, valid: { maxAgeDays: 1 } } },
      [
        ['/attributes/points/ask', 'nothing-to-choose'],
        ['/attributes/points/valid', 'nothing-to-choose'],
      ],
    ],
    [
      'a system named twice',
      { name: { strategy: 'source-priority', order: ['a', 'b', 'a'] } },
      [['/attributes/name/order/2', 'named-twice']],
    ],
    ['an empty order', { name: { strategy: 'source-priority', order: [] } }, [['/attributes/name/order', 'bad-form']]],
    [
      'a value ranked twice',
      {
        name: {
          strategy: 'value-ranking',
          order: [
            { given: 'a', family: 'b' },
            { family: 'b', given: 'a' },
          ],
        },
      },
      [['/attributes/name/order/1', 'named-twice']],
    ],
    [
      'a value ranked that no record can say',
      { 'phone.primary': { strategy: 'value-ranking', order: ['+12025550143', '2025550143'] } },
      [['/attributes/phone.primary/order/1', 'not-a-phone-number']],
    ],
    [
      'trust that rises',
      { name: { strategy: 'trust', systems: { 'a/b': { initial: 10, floor: 20, decayDays: 1 } } } },
      [['/attributes/name/systems/a~1b/floor', 'floor-above-initial']],
    ],
    ['trust that stays', { name: { strategy: 'trust', systems: { a: { initial: 20, floor: 20, decayDays: 1 } } } }, []],
    [
      'trust beyond measure',
      { name: { strategy: 'trust', systems: { a: { initial: 101, floor: -1, decayDays: 0.5 } } } },
      [
        ['/attributes/name/systems/a/initial', 'bad-form'],
        ['/attributes/name/systems/a/floor', 'bad-form'],
        ['/attributes/name/systems/a/decayDays', 'bad-form'],
      ],
    ],
    [
      'trust in a system without a code',
      { name: { strategy: 'trust', systems: { '': { initial: 20, floor: 10, decayDays: 1 } } } },
      [['/attributes/name/systems/', 'bad-form']],
    ],
    [
      'a pattern that could run for ever',
      { 'phone.primary': { strategy: 'longest', valid: { pattern: '^(a+)+$' } } },
      [['/attributes/phone.primary/valid/pattern', 'unsafe-pattern']],
    ],
    [
      'a pattern for a group',
      { name: { strategy: 'longest', valid: { pattern: '^a$' } } },
      [['/attributes/name/valid/pattern', 'pattern-needs-text']],
    ],
    ['a gate by age for a group', { name: { strategy: 'longest', valid: { maxAgeDays: 5 } } }, []],
    ['a pattern for a phone', { 'phone.primary': { strategy: 'longest', valid: { pattern: '^\\+1\\d{10}$' } } }, []],
    [
      'following what is not there',
      { name: { strategy: 'follow', attribute: 'hat' } },
      [['/attributes/name/attribute', 'unknown-attribute']],
    ],
    [
      'following a sum',
      { name: { strategy: 'follow', attribute: 'points' } },
      [['/attributes/name/attribute', 'no-record-to-follow']],
    ],
    [
      'following itself',
      { name: { strategy: 'follow', attribute: 'name' } },
      [['/attributes/name/attribute', 'follow-cycle']],
    ],
    [
      'following in a circle',
      {
        name: { strategy: 'follow', attribute: 'phone.primary' },
        'phone.primary': { strategy: 'follow', attribute: 'birthDate' },
        birthDate: { strategy: 'follow', attribute: 'name' },
      },
      [
        ['/attributes/name/attribute', 'follow-cycle'],
        ['/attributes/birthDate/attribute', 'follow-cycle'],
        ['/attributes/phone.primary/attribute', 'follow-cycle'],
      ],
    ],
    [
      'following into a circle',
      {
        name: { strategy: 'follow', attribute: 'birthDate' },
        birthDate: { strategy: 'follow', attribute: 'birthDate' },
      },
      [['/attributes/birthDate/attribute', 'follow-cycle']],
    ],
    [
      'following in a row',
      {
        name: { strategy: 'follow', attribute: 'birthDate' },
        'phone.primary': { strategy: 'follow', attribute: 'name' },
      },
      [],
    ],
    [
      'owners by a phase that is not told',
      { name: { strategy: 'owner-by-phase', owners: { active: 'a' } }, lifecycle: { strategy: 'most-recent' } },
      [['/attributes/name/strategy', 'phase-not-told']],
    ],
    [
      'a rule that cannot be read says nothing of others that look at it, nor does the default in its place',
      {
        lifecycle: { strategy: 'loudest' },
        'phone.primary': { strategy: 'loudest' },
        name: { strategy: 'owner-by-phase', owners: { active: 'a' } },
        birthDate: { strategy: 'follow', attribute: 'phone.primary' },
      },
      [
        ['/attributes/lifecycle/strategy', 'unknown-strategy'],
        ['/attributes/phone.primary/strategy', 'unknown-strategy'],
      ],
    ],
    ['owners of some phases', { name: { strategy: 'owner-by-phase', owners: { active: 'a' } } }, []],
    [
      'owners of a phase that is not there',
      { name: { strategy: 'owner-by-phase', owners: { asleep: 'a' } } },
      [['/attributes/name/owners/asleep', 'unknown-member']],
    ],
  ])('%s', (_, attributes, problems) => {
    expect(problemsOf(attributes).toSorted()).toEqual(problems.toSorted());
  });

  it.each<[string, Attributes, string[], string[]]>([
    ['where else a sum fits', { name: { strategy: 'sum' } }, ['sum', 'creditLimit', 'points'], ['name', 'phones']],
    ['where else a union fits', { name: { strategy: 'union' } }, ['union', 'phones', 'rights'], ['name', 'points']],
    ['what is missing', { name: { strategy: 'owner' } }, ['system'], ['name', 'attributes']],
    ['which strategies there are', { name: { strategy: 'loudest' } }, ['most-recent', 'trust'], ['loudest']],
    [
      'who follows whom',
      {
        name: { strategy: 'follow', attribute: 'phone.primary' },
        'phone.primary': { strategy: 'follow', attribute: 'name' },
      },
      ['name', 'phone.primary'],
      ['birthDate'],
    ],
  ])('the first of them says %s', (_, attributes, told, untold) => {
    const [{ detail }] = mistakesIn(attributes) as [RuleProblem];
    for (const word of told) expect(detail).toContain(word);
    for (const word of untold) expect(detail).not.toContain(word);
  });

  it('all are listed at once, each with what to do', () => {
    const validation = validateRules(
      {
        format: 2,
        default: { strategy: 'sum' },
        attributes: { name: { strategy: 'union' }, hat: {} },
      },
      modelAsShipped,
    );
    expect(validation.ok).toBe(false);
    const { problems } = validation as Extract<typeof validation, { ok: false }>;
    const found = problems.map(({ path, code }) => `${path} ${code}`);
    expect(found).toEqual(
      expect.arrayContaining([
        '/format bad-form',
        '/attributes/hat unknown-attribute',
        '/attributes/name/strategy strategy-does-not-fit',
        '/attributes/birthDate needs-own-rule',
        '/attributes/email.primary needs-own-rule',
      ]),
    );
    for (const fallsBack of ['points', 'phones', 'name'])
      expect(found).not.toContain(`/attributes/${fallsBack} needs-own-rule`);
    for (const { detail } of problems) expect(detail).toMatch(/^.{20,}\.$/);
  });

  it('a mistake of the default is told once, at the default', () => {
    const cycle = { default: { strategy: 'follow', attribute: 'name' } };
    expect(problemsOf({}, cycle)).toEqual([['/default/attribute', 'follow-cycle']]);
    const pattern = { default: { strategy: 'longest', valid: { pattern: 'a' } } };
    expect(problemsOf({ name: { strategy: 'longest' }, 'address.primary': { strategy: 'longest' } }, pattern)).toEqual([
      ['/default/valid/pattern', 'unsafe-pattern'],
    ]);
    expect(problemsOf({}, { default: { strategy: 'loudest' } })).toEqual([['/default/strategy', 'unknown-strategy']]);
  });

  it.each([null, 'rules', 7, []])('what is no document at all: %j', (document) => {
    const detail = expect.stringContaining('JSON object');
    expect(validateRules(document, modelAsShipped)).toEqual({
      ok: false,
      problems: [{ path: '', code: 'not-an-object', detail }],
    });
  });

  it('a document without its parts', () => {
    const validation = validateRules({ surplus: 1 }, modelAsShipped);
    expect(validation).toMatchObject({ ok: false });
    const { problems } = validation as Extract<typeof validation, { ok: false }>;
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['/format', 'missing'],
      ['/default', 'missing'],
      ['/attributes', 'missing'],
      ['/surplus', 'unknown-member'],
    ]);
    const nothing = { format: 1, default: shippedRules.default, attributes: null } as unknown as RuleDocument;
    expect(validateRules(nothing, modelAsShipped).ok).toBe(false);
  });
});

describe('safe patterns', () => {
  it.each([
    '^$',
    '^abc$',
    '^\\d{10}$',
    '^[a-z]+@[^@]+\\.[a-z]{2,}$',
    '^.*$',
    '^\\+[1-9]\\d{6,14}$',
    '^[\\]*+?]x?y?z?$',
    '^\\*\\*\\*\\*a{3}b{3}$',
  ])('%s is one', (pattern) => {
    expect(isSafePattern(pattern)).toBe(true);
  });

  it.each([
    'abc',
    '^abc',
    'abc$',
    '^(a)$',
    '^a|b$',
    '^a**$',
    '^a?b?c?d?$',
    '^a{1,}b{1,}c+d*$',
    '^[z-a]$',
    '^\\1$',
    '^a++$',
    '^(?=a)$',
    '^[a$',
    '^\\p{L}$',
    'x^a$',
    '^a$x',
    '^a{2,1}$',
    '^\\-$',
  ])('%s is none', (pattern) => {
    expect(isSafePattern(pattern)).toBe(false);
  });
});
