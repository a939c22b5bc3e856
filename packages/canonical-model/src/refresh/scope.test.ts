import { modelAsShipped } from '../customer/model/model.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerKind, PlainAttributeId, Value } from '../customer/attributes.ts';
import type { GoldenAttributes } from '../survivorship/golden.ts';
import { isMetBy, scopeDocument, type Predicate } from './scope.ts';
import { standingIn, type CustomerBefore, type Standing } from './standing.ts';
import { validateScope } from './validate-scope.ts';

function customer(values: Record<PlainAttributeId, Value | null>, kind: CustomerKind = 'person') {
  const attributes = Object.fromEntries(Object.entries(values).map(([attribute, value]) => [attribute, { value }]));
  return { kind, attributes: attributes as unknown as GoldenAttributes };
}

const dormant = customer({
  lifecycle: 'dormant',
  creditLimit: { currency: 'USD', amount: '2500.00' },
  birthDate: null,
});

describe('a predicate', () => {
  const isDormant: Predicate = { attribute: 'lifecycle', is: 'dormant' };
  const isActive: Predicate = { attribute: 'lifecycle', is: 'active' };

  it.each<[Predicate, boolean]>([
    ['everybody', true],
    ['nobody', false],
    [isDormant, true],
    [isActive, false],
    [{ attribute: 'lifecycle', in: ['active', 'dormant'] }, true],
    [{ attribute: 'lifecycle', in: ['active', 'former'] }, false],
    [{ attribute: 'creditLimit', is: { amount: '2500.00', currency: 'USD' } }, true],
    [{ attribute: 'lifecycle', known: true }, true],
    [{ attribute: 'lifecycle', known: false }, false],
    [{ attribute: 'birthDate', known: true }, false],
    [{ attribute: 'points', known: false }, true],
    [{ attribute: 'points', is: 0 }, false],
    [{ kind: 'person' }, true],
    [{ kind: 'organization' }, false],
    [{ not: isActive }, true],
    [{ all: [isDormant, isActive] }, false],
    [{ all: [isDormant, { kind: 'person' }] }, true],
    [{ any: [isActive, isDormant] }, true],
    [{ any: [isActive, 'nobody'] }, false],
  ])('%j is met by a dormant person with a credit limit: %s', (predicate, met) => {
    expect(isMetBy(dormant, predicate)).toBe(met);
  });
});

describe('what a customer is to a system (rules 25 to 27)', () => {
  const scope = scopeDocument.parse({
    create: { attribute: 'lifecycle', in: ['active', 'dormant'] },
    keep: { not: { attribute: 'lifecycle', is: 'former' } },
  });
  const before = (lifecycle: string, more: Partial<CustomerBefore> = {}): CustomerBefore => {
    return { ...customer({ lifecycle }), live: true, present: false, closed: false, maybeThere: false, ...more };
  };

  it.each<{ story: string; customer: CustomerBefore; standing: Standing }>([
    { story: 'in scope without a record', customer: before('active'), standing: 'create' },
    { story: 'out of scope without a record', customer: before('deceased'), standing: 'out-of-scope' },
    { story: 'in scope with a record', customer: before('active', { present: true }), standing: 'refresh' },
    {
      story: 'deceased, with a record that must still become inactive',
      customer: before('deceased', { present: true }),
      standing: 'refresh',
    },
    { story: 'that is not kept', customer: before('former', { present: true }), standing: 'surplus' },
    {
      story: 'perhaps there already under another customer',
      customer: before('active', { maybeThere: true }),
      standing: 'withheld',
    },
    { story: 'whose record there was deleted', customer: before('active', { closed: true }), standing: 'closed' },
    {
      story: 'with another record there beside the deleted one',
      customer: before('active', { closed: true, maybeThere: true, present: true }),
      standing: 'refresh',
    },
    {
      story: 'deleted there and out of scope by now',
      customer: before('deceased', { closed: true, maybeThere: true }),
      standing: 'out-of-scope',
    },
    {
      story: 'deleted there, and perhaps there under another',
      customer: before('active', { closed: true, maybeThere: true }),
      standing: 'closed',
    },
    { story: 'without any live record', customer: before('active', { live: false }), standing: 'retired' },
  ])('a customer $story: $standing', ({ customer: one, standing }) => {
    expect(standingIn(scope, one)).toBe(standing);
  });

  it('by default nobody is given a record, and every record is kept', () => {
    const validation = validateScope({}, modelAsShipped);
    expect(validation).toEqual({ ok: true, scope: { create: 'nobody', keep: 'everybody' } });
  });
});

describe('a scope document', () => {
  const sentence = /^[A-Za-z].{15,}\.$/;

  it('that is right is read as it stands', () => {
    const scope = {
      create: { all: [{ kind: 'person' }, { any: [{ attribute: 'lifecycle', in: ['active'] }, 'nobody'] }] },
      keep: { any: ['everybody', { attribute: 'birthDate', is: '1980-02-29' }, { attribute: 'name', known: false }] },
    };
    expect(validateScope(scope, modelAsShipped)).toEqual({ ok: true, scope });
  });

  it('lists every mistake at once, each with its place', () => {
    const document = {
      make: 'nobody',
      create: {
        all: [
          { kind: 'robot', also: 1 },
          { attribute: 'shoe', is: 'x' },
          { attribute: 'birthDate', is: 'yesterday' },
          { attribute: 'birthDate', in: ['2026-01-01', 'tomorrow', null] },
          { attribute: 'birthDate', in: [] },
          { attribute: 'birthDate', in: 'today' },
          { attribute: 'birthDate', is: '2026-01-01', known: true },
          { attribute: 'birthDate' },
          { attribute: 'birthDate', known: 'yes', 'a/b~c': 1 },
          'somebody',
        ],
        none: [],
      },
      keep: {
        any: [
          { all: [] },
          { any: 'everybody' },
          { not: 7 },
          { kind: 'person', attribute: 'name' },
          {},
          ['everybody'],
          null,
        ],
      },
    };
    const validation = validateScope(document, modelAsShipped);
    const problems = validation.ok ? [] : validation.problems;
    for (const { detail } of problems) expect(detail).toMatch(sentence);
    expect(problems.map(({ path, code }) => [path, code])).toEqual([
      ['/make', 'unknown-member'],
      ['/create/none', 'unknown-member'],
      ['/create/all/0/kind', 'bad-form'],
      ['/create/all/0/also', 'unknown-member'],
      ['/create/all/1/attribute', 'unknown-attribute'],
      ['/create/all/2/is', 'not-a-date'],
      ['/create/all/3/in/1', 'not-a-date'],
      ['/create/all/3/in/2', 'no-value'],
      ['/create/all/4/in', 'bad-form'],
      ['/create/all/5/in', 'bad-form'],
      ['/create/all/6', 'not-a-test'],
      ['/create/all/7', 'not-a-test'],
      ['/create/all/8/known', 'bad-form'],
      ['/create/all/8/a~1b~0c', 'unknown-member'],
      ['/create/all/9', 'not-a-predicate'],
      ['/keep/any/0/all', 'not-a-list'],
      ['/keep/any/1/any', 'not-a-list'],
      ['/keep/any/2/not', 'not-a-predicate'],
      ['/keep/any/3', 'not-a-predicate'],
      ['/keep/any/4', 'not-a-predicate'],
      ['/keep/any/5', 'not-a-predicate'],
      ['/keep/any/6', 'not-a-predicate'],
    ]);
  });

  it.each([[null], ['everybody'], [[]], [7]])('%j is no document', (document) => {
    expect(validateScope(document, modelAsShipped)).toMatchObject({
      ok: false,
      problems: [{ path: '', code: 'not-an-object', detail: expect.stringMatching(sentence) }],
    });
  });

  it('with predicates in each other without end is refused', () => {
    const nested = (depth: number): object => (depth === 1 ? { kind: 'person' } : { not: nested(depth - 1) });
    expect(validateScope({ create: nested(20) }, modelAsShipped).ok).toBe(true);
    expect(validateScope({ create: nested(21) }, modelAsShipped)).toMatchObject({
      problems: [{ code: 'too-deep', detail: expect.stringMatching(sentence) }],
    });
    expect(validateScope({ create: { any: [nested(20)] } }, modelAsShipped)).toMatchObject({
      problems: [{ code: 'too-deep' }],
    });
  });

  it('is taken by the list of mistakes exactly when its schema takes it', () => {
    const text = fc.constantFrom('everybody', 'nobody', 'all', 'any', 'kind', 'person', 'name');
    const { predicate } = fc.letrec<{ predicate: unknown }>((tie) => ({
      predicate: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.record({ kind: text }),
        fc.record({ attribute: text, known: fc.oneof(fc.boolean(), text) }),
        fc.record({ attribute: text, known: fc.boolean(), is: text }, { requiredKeys: ['attribute'] }),
        fc.record({ all: fc.array(tie('predicate'), { maxLength: 2 }), any: text }, { requiredKeys: ['all'] }),
        fc.record({ any: fc.oneof(text, fc.array(tie('predicate'), { maxLength: 2 })) }),
        fc.record({ not: tie('predicate') }),
      ),
    }));
    const documents = fc.record({ create: predicate, keep: predicate, also: text }, { requiredKeys: [] });
    fc.assert(
      fc.property(documents, (document) => {
        const validation = validateScope(document, modelAsShipped);
        const isOfTheModel = ({ path, code }: { path: string; code: string }) =>
          code === 'unknown-attribute' || /\/(is|in\/\d+)$/.test(path);
        const isOnlyOfValues = !validation.ok && validation.problems.every(isOfTheModel);
        expect(scopeDocument.safeParse(document).success).toBe(validation.ok || isOnlyOfValues);
      }),
    );
  });
});
