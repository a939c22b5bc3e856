import { describe, expect, test } from 'vitest';
import { modelAsShipped } from './customer/model/model.ts';
import { shapes } from './customer/shapes/shapes.ts';
import { sizeProblem } from './document-size.ts';
import { foldTimeline } from './facts/fold.ts';
import type { Json } from './json.ts';
import { document, longest, most } from './limits.ts';
import { aBellyfatRow, anAdiposeRow, shippedDocument, shippedLens } from './mapping/fixtures.ts';
import { validateMapping } from './mapping/validate-mapping.ts';
import type { Evidence } from './matching/evidence.ts';
import { Scorer } from './matching/score.ts';
import { shippedModel } from './matching/shipped-model.ts';
import { edits } from './matching/similar.ts';
import { Pattern } from './survivorship/pattern.ts';
import { validateRules } from './survivorship/validate-rules.ts';
import { validateScope } from './refresh/validate-scope.ts';

const bellyfat = shippedLens('bellyfat');
const adipose = shippedLens('adipose');
const mailbox = (letters: number, end = '') => `${'a'.repeat(letters - end.length - 12)}${end}@example.com`;

/** The quickest of some tries in milliseconds: what the machine does beside it is not meant. */
function quickest(work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: 5 }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );
}

describe('a value that is longer than the hub keeps', () => {
  test('an e-mail of 32 KiB is a field error that names the limit, and the rest of the record applies', () => {
    const { attributes, unreadable } = adipose.read(anAdiposeRow({ email: mailbox(32 * 1024) }));
    expect(unreadable).toEqual([
      { path: 'email', code: 'too-long', detail: 'The text is longer than the 4096 characters that the hub reads.' },
    ]);
    expect(attributes['email.primary']?.value).toBeUndefined();
    expect(attributes.name?.value).toEqual({ given: 'John', middle: 'Q', family: "O'Brien-Smith" });
  });

  test('at the limit it is taken, one character more is not', () => {
    // A mailbox of 64 characters, as many as there may be, and labels of 61.
    const ofLength = (letters: number) =>
      `${'a'.repeat(64)}@${`${'b'.repeat(61)}.`.repeat(5).slice(0, letters - 69)}.com`;
    expect(ofLength(longest.email)).toHaveLength(longest.email);
    expect(shapes.email.problem(ofLength(longest.email))).toBeNull();
    expect(shapes.email.problem(ofLength(longest.email + 1))).toEqual({
      code: 'too-long',
      detail: 'This is longer than the 320 characters that the hub keeps.',
    });
  });

  const many = (n: number) => Array.from({ length: n }, (_, line) => `Line ${line}`);
  test.each<[string, string, Json, string]>([
    ['a family name', 'name', { family: 'x'.repeat(longest.name + 1) }, 'too-long'],
    ['a trading name', 'name', { tradingAs: 'x'.repeat(longest.name + 1) }, 'too-long'],
    ['a line of an address', 'address.primary', { lines: ['x'.repeat(longest.addressLine + 1)] }, 'too-long'],
    ['lines of an address', 'address.primary', { lines: many(most.addressLines + 1) }, 'too-many'],
    ['a town', 'address.primary', { locality: 'x'.repeat(longest.place + 1) }, 'too-long'],
    ['an identifier', 'identifier.national', '1'.repeat(longest.code + 1), 'too-long'],
    ['an amount', 'creditLimit', { amount: `${'9'.repeat(longest.amount)}.00`, currency: 'USD' }, 'too-long'],
    ['a serial number', 'products', { sku: 'W', serial: 'x'.repeat(longest.code + 1) }, 'too-long'],
    ['the name of a product', 'products', { sku: 'W', name: 'x'.repeat(longest.name + 1) }, 'too-long'],
    ['a further e-mail', 'emails', { address: mailbox(longest.email + 1) }, 'too-long'],
    ['a phone number', 'phone.primary', `+${'1'.repeat(100_000)}`, 'too-long'],
  ])('%s is told by its place and limit', (_, of, value, code) => {
    expect(modelAsShipped.attributeOf(of).shape.problem(value)).toMatchObject({
      code,
      detail: expect.stringMatching(/\d/) as string,
    });
  });

  test('a list with more items than the hub keeps is not read, and says nothing of those that it lacks', () => {
    const products = Array.from({ length: most.items + 1 }, (_, n) => ({ sku: `W-${n}` }));
    const { lists, unreadable } = bellyfat.read(aBellyfatRow({ products }));
    expect(unreadable).toContainEqual({
      path: 'products',
      code: 'too-many',
      detail: 'The list has more than the 1000 elements that the hub keeps.',
    });
    expect(lists).not.toContain('products');
  });

  test('a key that would not fit the index is no key', () => {
    expect(adipose.envelope(anAdiposeRow({ acct_no: 'A'.repeat(longest.key + 1) }))).toMatchObject({
      ok: false,
      unreadable: [{ path: 'acct_no', code: 'too-long' }],
    });
  });

  test('told before there was a limit, it stands in the timeline and is unreadable from now on', () => {
    const native = anAdiposeRow({ email: mailbox(400) });
    const entry = { kind: 'push', content: 'a', version: 1, at: 1, saidAt: null, native } as const;
    const { state, said, unreadable } = foldTimeline([entry], adipose, 'person');
    expect(unreadable).toMatchObject([{ path: 'email', code: 'too-long' }]);
    expect(state.held['email.primary']?.fields).toEqual({ email: native['email'] });
    expect(said['email.primary']).toBeUndefined();
  });
});

describe('a comparison', () => {
  const saying = (parts: Partial<Evidence>): Evidence => ({
    kind: 'person',
    system: 'shop',
    persons: [],
    organizations: [],
    dates: [],
    phones: [],
    emails: [],
    identifiers: [],
    places: [],
    ...parts,
  });
  const scorer = new Scorer(shippedModel);
  const weigh = (a: Evidence, b: Evidence) => scorer.weigh(scorer.features.of(a), scorer.features.of(b));

  test('of two e-mails at the limit, one letter apart, takes less than a millisecond', () => {
    const [a, b] = [mailbox(longest.email, 'x'), mailbox(longest.email, 'y')];
    expect(edits(a, b, 2)).toBe(1);
    expect(quickest(() => edits(a, b, 2))).toBeLessThan(1);
    expect(quickest(() => weigh(saying({ emails: [a] }), saying({ emails: [b] })))).toBeLessThan(1);
  });

  test('of texts of 480 KiB that were stored before there was a limit grows with their length only', () => {
    const half = 'ab'.repeat(120 * 1024);
    expect(edits(`${half}x${half}`, `${half}y${half}z`, 2)).toBe(2);
    expect(quickest(() => edits(`x${half}x`, `y${half}y`, 2))).toBeLessThan(500);
    const [a, b] = [saying({ emails: [mailbox(480 * 1024, 'x')] }), saying({ emails: [mailbox(480 * 1024, 'y')] })];
    expect(scorer.features.of(a).emails).toEqual([]);
    expect(quickest(() => weigh(a, b))).toBeLessThan(50);
  });

  test.each(['person', 'organization'] as const)('of a %s that said thousands of things is bounded', (kind) => {
    const words = (n: number, end: string) => Array.from({ length: 30 }, (_, at) => `wordy${n}x${at}${end}`).join(' ');
    const much = (end: string) => {
      const texts = Array.from({ length: 2_000 }, (_, n) => words(n, end));
      return saying({
        kind,
        persons: texts.map((text) => ({ given: text, middle: text, family: text, suffix: '' })),
        organizations: texts,
        emails: texts.map((text) => `${text.replaceAll(' ', '.').slice(0, 200)}@example.com`),
        phones: texts.map((_, n) => `1202555${n}${end.length}`),
        dates: texts.map((_, n) => `19${10 + (n % 80)}010${end.length}`),
      });
    };
    const [a, b] = [scorer.features.of(much('a')), scorer.features.of(much('bb'))];
    expect(quickest(() => scorer.weigh(a, b))).toBeLessThan(100);
  });

  test('by edits counts what a plain table counts', () => {
    const letters = ['a', 'b', 'ab', 'ba', 'abc', 'acb', 'abcd', 'bcda', 'aabb', 'abab', '', 'aaaa', 'baaa', 'xabcy'];
    for (const a of letters)
      for (const b of letters)
        for (const bound of [1, 2, 3])
          expect([a, b, bound, edits(a, b, bound)]).toEqual([a, b, bound, Math.min(plainEdits(a, b), bound + 1)]);
  });

  test('with a pattern tries all ways at once', () => {
    const pattern = new Pattern('^[a-z]*[a-y]*[a-x]*$');
    expect(quickest(() => pattern.test(`${'a'.repeat(longest.pattern - 1)}!`))).toBeLessThan(1);
  });
});

test.each([
  ['^\\d{5}$', ['12345'], ['1234', '123456', '1234a']],
  ['^[A-Z]{1,2}\\d?$', ['A', 'AB', 'AB1', 'A1'], ['', 'ABC', 'AB12', '1']],
  ['^a*b+c?$', ['b', 'aab', 'bbc', 'abbbc'], ['a', 'c', 'abcc', '']],
  ['^.{2,}$', ['ab', '🙂🙂', 'abc'], ['a', '🙂']],
  ['^[^@]+@[^@]+\\.com$', ['a@b.com', 'a@b.com.com'], ['a@b@c.com', '@b.com', 'a@.org']],
  ['^$', [''], ['a']],
])('the pattern %s matches what the engine of JavaScript matches', (text, fitting, others) => {
  const [pattern, engine] = [new Pattern(text), new RegExp(text, 'u')];
  for (const one of [...fitting, ...others]) expect([one, pattern.test(one)]).toEqual([one, engine.test(one)]);
  expect(fitting.every((one) => pattern.test(one)) && !others.some((one) => pattern.test(one))).toBe(true);
});

test('a record that changed one value ten thousand times is folded in the time of its entries', () => {
  const native = (n: number) => anAdiposeRow({ email: `jo${n}@example.com` });
  const entries = Array.from({ length: 10_000 }, (_, n) => {
    return { kind: 'push', content: `${n}`, version: n, at: n, saidAt: null, native: native(n) } as const;
  });
  const began = performance.now();
  const { said, state } = foldTimeline(entries, adipose, 'person');
  expect(said['email.primary']).toHaveLength(10_000);
  expect(state.asserted['email.primary']?.over).toHaveLength(9_999);
  expect(performance.now() - began).toBeLessThan(3_000);
});

describe('a document that is larger than documents are', () => {
  const nested = (levels: number): Json => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as Json;
  const valid = shippedDocument('adipose');

  test.each<[string, Json, string]>([
    ['deep', { not: nested(5_000) }, 'levels deep'],
    ['wide', { a: Array.from({ length: document.values + 1 }, () => 0) }, 'values'],
    ['long', { a: 'x'.repeat(document.letters + 1) }, 'characters'],
  ])('one that is too %s is refused before anybody looks at it', (_, given, words) => {
    expect(sizeProblem(given)?.detail).toContain(words);
    for (const validate of [validateMapping, validateRules, validateScope])
      expect(validate(given, modelAsShipped)).toMatchObject({ ok: false, problems: [{ code: 'too-large' }] });
  });

  test.each<[string, object, string]>([
    [
      'steps',
      { key: { path: 'acct_no', steps: Array.from({ length: most.steps + 1 }, () => valid.key) } },
      '/key/steps',
    ],
    ['a path', { key: { path: 'x'.repeat(longest.path + 1) } }, '/key/path'],
    ['entries', { attributes: Array.from({ length: most.entries + 1 }, () => valid.attributes[0]!) }, '/attributes'],
  ])('a mapping with more %s than there may be says so', (_, change, path) => {
    const validation = validateMapping({ ...valid, ...change }, modelAsShipped);
    expect(validation.ok ? [] : validation.problems.map((problem) => problem.path)).toContain(path);
  });

  test('its mistakes are listed up to a limit', () => {
    const validation = validateScope(
      {
        keep: {
          any: [{ all: Array.from({ length: 190 }, () => 'x') }, { all: Array.from({ length: 190 }, () => 'x') }],
        },
      },
      modelAsShipped,
    );
    expect(validation.ok ? 0 : validation.problems.length).toBe(most.problems);
  });
});

function plainEdits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
