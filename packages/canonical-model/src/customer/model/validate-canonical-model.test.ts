import { describe, expect, it, test } from 'vitest';
import type { CanonicalModel } from './canonical-model.ts';
import { Model } from './model.ts';
import { shippedCanonicalModel as shipped } from './shipped-canonical-model.ts';
import { validateCanonicalModel } from './validate-canonical-model.ts';

type Change = (model: CanonicalModel) => unknown;
const changed = (change: Change) => {
  const model = structuredClone(shipped);
  const other = change(model);
  return validateCanonicalModel(other ?? model, shipped);
};
const occupation = { id: 'occupation', number: 18, label: 'Occupation', shape: 'text' } as const;
const attribute = (more: object) => (model: CanonicalModel) =>
  void model.attributes.push({ ...occupation, ...more } as unknown as CanonicalModel['attributes'][number]);
const cards = {
  id: 'cards',
  number: 19,
  label: 'Cards',
  key: ['no'],
  members: [{ id: 'no', label: 'No', shape: 'code' }],
};
const list = (more: object) => (model: CanonicalModel) =>
  void model.lists.push({
    ...cards,
    ...more,
  } as unknown as CanonicalModel['lists'][number]);

describe('a document of the canonical model', () => {
  it('that ships is valid, and stays as it is', () => {
    expect(changed(() => null)).toEqual({ ok: true, model: shipped });
  });

  test.each<[string, Change]>([
    ['an attribute is added', attribute({})],
    ['an amount of each account is added', attribute({ shape: 'money', level: 'account' })],
    ['a list is added', list({ words: ['{no}[ of {no}]'] })],
    [
      'a list gets a member',
      (model) => void model.lists[0]!.members.push({ id: 'note', label: 'Note', shape: 'text', needed: false }),
    ],
    ['one is retired', (model) => void (model.attributes[1]!.retired = true)],
    ['one is called otherwise', (model) => void (model.attributes[1]!.label = 'Born')],
    ['they stand in another order', (model) => void model.attributes.reverse()],
  ])('may change in that %s', (_, change) => {
    expect(changed(change)).toMatchObject({ ok: true });
  });

  test.each<[string, Change, string, string]>([
    ['is no object', () => [], '', 'not-an-object'],
    ['lacks a label', attribute({ label: undefined }), '/attributes/12/label', 'missing'],
    ['has a member that nobody knows', attribute({ colour: 1 }), '/attributes/12/colour', 'unknown-member'],
    ['has a shape that nobody knows', attribute({ shape: 'hat' }), '/attributes/12/shape', 'bad-form'],
    ['has an id with a colon', attribute({ id: 'a:b' }), '/attributes/12/id', 'bad-form'],
    ['has an id that every object has', attribute({ id: 'constructor' }), '/attributes/12/id', 'reserved-id'],
    ['has an id twice', attribute({ id: 'points' }), '/attributes/12/id', 'id-twice'],
    ['has the id of a list', attribute({ id: 'phones' }), '/attributes/12', 'changed'],
    ['has a number twice', attribute({ number: 3 }), '/attributes/12/number', 'number-twice'],
    ['adds up texts', attribute({ level: 'account' }), '/attributes/12/level', 'no-aggregate'],
    ['compares texts as dates', attribute({ matching: 'date' }), '/attributes/12/matching', 'role-does-not-fit'],
    ['has two lifecycles', attribute({ shape: 'phase' }), '/attributes/12/shape', 'phase-twice'],
    ['takes an attribute out', (model) => void model.attributes.pop(), '/attributes', 'taken-out'],
    ['changes a shape', (model) => void (model.attributes[1]!.shape = 'text'), '/attributes/1/shape', 'changed'],
    ['changes a level', (model) => void (model.attributes[10]!.level = 'customer'), '/attributes/10/level', 'changed'],
    ['gives another number', (model) => void (model.attributes[0]!.number = 99), '/attributes/0/number', 'changed'],
    ['takes a list out', (model) => void model.lists.pop(), '/lists', 'taken-out'],
    ['takes a member out', (model) => void model.lists[3]!.members.pop(), '/lists/3/members', 'taken-out'],
    ['knows items by other members', (model) => void model.lists[3]!.key.pop(), '/lists/3/key', 'changed'],
    [
      'comes to need a member',
      (model) => void (model.lists[3]!.members[1]!.needed = true),
      '/lists/3/members/1/needed',
      'changed',
    ],
    ['is known by nothing', list({ key: ['hat'] }), '/lists/5/key/0', 'unknown-member'],
    [
      'has a member twice',
      list({ group: 'address', members: [{ id: 'lines', label: 'L', shape: 'text' }] }),
      '/lists/5/members/0/id',
      'member-twice',
    ],
    ['shows what is not there', list({ words: ['{hat}'] }), '/lists/5/words/0', 'unknown-member'],
  ])('is refused that %s', (_, change, path, code) => {
    const validation = changed(change);
    expect(validation.ok ? [] : validation.problems).toContainEqual(expect.objectContaining({ path, code }));
  });

  it('has all its mistakes told at once', () => {
    const validation = changed((model) => {
      attribute({ shape: 'hat' })(model);
      list({ key: ['hat'] })(model);
      model.attributes[0]!.number = 2;
    });
    const paths = validation.ok ? [] : validation.problems.map(({ path }) => path);
    expect(paths.toSorted()).toEqual([
      '/attributes/0/number',
      '/attributes/1/number',
      '/attributes/12/shape',
      '/lists/5/key/0',
    ]);
  });

  it('compiles to a model in which what is retired is declared and not in force', () => {
    const validation = changed((model) => void (model.attributes[1]!.retired = true));
    const model = new Model(validation.ok ? validation.model : shipped, 2);
    expect([model.declares('birthDate'), model.isInForce('birthDate'), model.labelOf('birthDate')]).toEqual([
      true,
      false,
      'Birth date',
    ]);
    expect(model.plainIds).not.toContain('birthDate');
  });
});
