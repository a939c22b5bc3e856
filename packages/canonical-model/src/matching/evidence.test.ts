import { describe, expect, it, test } from 'vitest';
import type { CanonicalModel } from '../customer/model/canonical-model.ts';
import { Model, modelAsShipped } from '../customer/model/model.ts';
import { shippedCanonicalModel } from '../customer/model/shipped-canonical-model.ts';
import { validateCanonicalModel } from '../customer/model/validate-canonical-model.ts';
import { changeOfPerson, type Words } from './change-of-person.ts';
import { evidenceMark, evidenceOf, type Said } from './evidence.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';
import { tellsOtherwise } from './tellers.ts';

const scorer = new Scorer(shippedModel);
const said: Said = {
  name: [{ given: 'Kim', family: 'Moe' }],
  birthDate: ['1980-01-31'],
  'phone.primary': ['+12025550143'],
  'phones:["work","+12025550144"]': [{ use: 'work', number: '+12025550144' }],
  'emails:["work","kim@example.com"]': [{ use: 'work', address: 'kim@example.com' }],
  'identifier.national': ['078-05-1120'],
  'address.primary': [{ lines: ['12 Main St'], postalCode: '62701' }],
  lifecycle: ['active'],
};

function renamed(id: string): string {
  const [own, ...rest] = id.split(':');
  return [`x${[...own!].map((letter) => letter.charCodeAt(0)).join('')}`, ...rest].join(':');
}

function withEntries(...entries: object[]): Model {
  const document = structuredClone(shippedCanonicalModel) as { attributes: object[] };
  document.attributes.push(...entries);
  const checked = validateCanonicalModel(document, shippedCanonicalModel);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return new Model(checked.model, 1);
}

const vat = { number: 30, id: 'vat', label: 'VAT number', shape: 'identifier', matching: 'exclusiveIdentifier' };
const passport = { number: 31, id: 'passport', label: 'Passport', shape: 'identifier', matching: 'identifier' };
const occupation = { number: 32, id: 'occupation', label: 'Occupation', shape: 'text', matching: 'trait' };
const maiden = { number: 33, id: 'maidenName', label: 'Maiden name', shape: 'name', matching: 'name' };
const all = withEntries(vat, passport, occupation, maiden);

describe('evidence follows the canonical model', () => {
  it('is the same when every id of the model is another', () => {
    const document: CanonicalModel = {
      ...shippedCanonicalModel,
      attributes: shippedCanonicalModel.attributes.map((one) => ({ ...one, id: renamed(one.id) })),
      lists: shippedCanonicalModel.lists.map((one) => ({ ...one, id: renamed(one.id) })),
    };
    const others = Object.fromEntries(Object.entries(said).map(([id, values]) => [renamed(id), values]));
    const evidence = evidenceOf('person', said, 'any', modelAsShipped);
    expect(evidenceOf('person', others, 'any', new Model(document, 1))).toEqual(evidence);
    expect(evidence).toMatchObject({
      dates: ['19800131'],
      phones: ['+12025550143', '+12025550144'],
      emails: ['kim@example.com'],
      identifiers: ['078051120'],
      places: [{ number: '12' }],
    });
  });

  it('takes identifiers of several schemes, a trait and a second name that the document adds', () => {
    const evidence = evidenceOf(
      'person',
      {
        ...said,
        vat: ['DE 136 695 976', 'FR 40 303 265 045'],
        passport: ['C01X00T47'],
        occupation: ['Pastry cook'],
        maidenName: [{ given: 'Kim', family: 'Lund' }],
      },
      'any',
      all,
    );
    expect(evidence.identifiers).toEqual(['078051120', 'passport:c01x00t47', 'vat!:de136695976', 'vat!:fr40303265045']);
    expect(evidence.traits).toEqual({ occupation: ['pastry cook'] });
    expect(evidence.persons.map(({ family }) => family)).toEqual(['lund', 'moe']);
  });

  it('is silent of what tells matching nothing, and of what is retired', () => {
    const document = structuredClone(shippedCanonicalModel);
    document.attributes.find(({ shape }) => shape === 'date')!.retired = true;
    delete document.attributes.find(({ shape }) => shape === 'phone')!.matching;
    const evidence = evidenceOf('person', said, 'any', new Model(document, 1));
    expect([evidence.dates, evidence.phones]).toEqual([[], ['+12025550144']]);
  });

  it('is made anew for those alone who say something of what is added', () => {
    const mark = (words: Said, model: Model) => evidenceMark('person', words, model);
    expect(mark(said, all)).toBe(mark(said, modelAsShipped));
    const baker = { ...said, occupation: ['Baker'] };
    expect(mark(baker, all)).not.toBe(mark(baker, modelAsShipped));
    const shuffled = Object.fromEntries(Object.entries(baker).reverse());
    expect(mark(shuffled, all)).toBe(mark(baker, all));
  });
});

describe('an identifier that the document calls exclusive', () => {
  const company = (numbers: Said, name = 'Blue Harbor') =>
    scorer.features.of(evidenceOf('organization', { name: [{ legal: name }], ...numbers }, 'any', all));
  const veto = (one: Said, other: Said) => scorer.compare(company(one), company(other))!.veto;

  test.each<[string, Said, Said, string | null]>([
    ['keeps two apart whose numbers differ', { vat: ['DE136695976'] }, { vat: ['DE811569869'] }, 'identifier'],
    [
      'is a question where they are out by a digit',
      { vat: ['DE136695976'] },
      { vat: ['DE136695975'] },
      'nearIdentifier',
    ],
    ['is the same by any of several', { vat: ['DE136695976', 'FR40303265045'] }, { vat: ['FR40303265045'] }, null],
    ['is never compared with another scheme', { vat: ['DE136695976'] }, { passport: ['811569869'] }, null],
    ['leaves an ordinary one no veto', { passport: ['C01X00T47'] }, { passport: ['811569869'] }, null],
  ])('%s', (_, one, other, expected) => expect(veto(one, other)).toBe(expected));

  it('holds a row that comes to tell of somebody else by the ids of the document', () => {
    const words = (name: { legal: string }, number: string): Words => {
      return { kind: 'organization', values: { name, vat: number } };
    };
    const by = { system: 'any', scorer, model: all, told: new Set(['name', 'vat']) };
    const before = words({ legal: 'Blue Harbor' }, 'DE136695976');
    expect(changeOfPerson(before, words({ legal: 'Iron Works' }, 'DE811569869'), by)).toEqual(['name', 'vat']);
  });
});

test('what is added tells nothing else of what was said already; another role does', () => {
  expect(tellsOtherwise(modelAsShipped, all)).toBe(false);
  const document = structuredClone(all.document);
  document.attributes.find(({ id }) => id === 'vat')!.matching = 'identifier';
  expect(tellsOtherwise(all, new Model(document, 2))).toBe(true);
});

test.each([
  [{ ...occupation, shape: 'money' }, 'role-does-not-fit'],
  [{ ...occupation, matching: 'exclusiveIdentifier' }, 'role-does-not-fit'],
  [{ ...occupation, scheme: 'vat' }, 'scheme-does-not-fit'],
  [{ number: 34, id: 'founded', label: 'Founded', shape: 'date', matching: 'date' }, 'date-twice'],
])('a draft whose attribute tells what it cannot is refused: %j', (entry, code) => {
  const document = { ...shippedCanonicalModel, attributes: [...shippedCanonicalModel.attributes, entry] };
  const checked = validateCanonicalModel(document, shippedCanonicalModel);
  expect(checked.ok ? [] : checked.problems.map((one) => one.code)).toEqual([code]);
});
