import { describe, expect, it } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import type { ByAttribute } from '../customer/by-attribute.ts';
import { modelAsShipped } from '../customer/model/model.ts';
import { changeOfPerson, type Words } from './change-of-person.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';

const scorer = new Scorer(shippedModel);
const name = (given: string, family: string) => ({ given, family });
const kroll: ByAttribute<Value> = {
  name: name('Bastian', 'Kroll'),
  birthDate: '1961-04-18',
  'email.primary': 'bastian.kroll@example.com',
  'phone.primary': '+12025550101',
};
const otherContacts: ByAttribute<Value> = { 'email.primary': 'k@example.net', 'phone.primary': '+12025550199' };
const person = (values: ByAttribute<Value>): Words => ({ kind: 'person', values });
const firm = (legal: string, more: ByAttribute<Value> = {}): Words => ({
  kind: 'organization',
  values: { name: { legal }, 'phone.primary': '+12025550171', ...more },
});

function changed(before: Words, now: Words, told: readonly AttributeId[] = ['name', 'birthDate', 'phone.primary']) {
  return changeOfPerson(before, now, { system: 'shop', scorer, model: modelAsShipped, told: new Set(told) });
}

describe('whether a record tells of somebody else now (rule 21)', () => {
  it.each([
    ['another name and birth date', { name: name('Yasmin', 'Toprak'), birthDate: '1989-11-02' }, ['name', 'birthDate']],
    [
      'another given name and birth date in one family',
      { name: name('Yasmin', 'Kroll'), birthDate: '1989-11-02' },
      ['name', 'birthDate'],
    ],
    [
      'another family name and birth date',
      { name: name('Bastian', 'Toprak'), birthDate: '1989-11-02' },
      ['name', 'birthDate'],
    ],
    ['another name, and no contact left', { name: name('Yasmin', 'Toprak'), ...otherContacts }, ['name']],
  ] as const)('%s: it may', (_, now, found) => {
    expect(changed(person(kroll), person({ ...kroll, ...(now as ByAttribute<Value>) }))).toEqual(found);
  });

  it.each([
    ['the name alone', { name: name('Yasmin', 'Toprak') }],
    ['the birth date alone', { birthDate: '1989-11-02' }],
    ['all contacts alone', otherContacts],
    ['an initial, and a slip in the date', { name: name('B', 'Kroll'), birthDate: '1961-04-19' }],
    ['a short form, and all contacts', { name: name('Basti', 'Kroll'), ...otherContacts }],
    ['a slip in the name, and another date', { name: name('Bastain', 'Krol'), birthDate: '1989-11-02' }],
    ['a marriage with a move', { name: name('Bastian', 'Toprak'), ...otherContacts }],
    ['another name while one mailbox stays', { name: name('Yasmin', 'Toprak'), 'phone.primary': '+12025550199' }],
  ] as const)('%s: it does not', (_, now) => {
    expect(changed(person(kroll), person({ ...kroll, ...(now as ByAttribute<Value>) }))).toBeNull();
  });

  it('what was not known contradicts nothing', () => {
    const { name: _, birthDate: __, ...contacts } = kroll;
    expect(changed(person(contacts), person({ ...kroll, ...otherContacts }))).toBeNull();
    expect(changed(person({ name: kroll.name! }), person({ ...kroll, name: name('Yasmin', 'Toprak') }))).toBeNull();
  });

  it('who marries long after a move is who it was: without a birth date only what comes at once is a question', () => {
    const { birthDate: _, ...undated } = kroll;
    const married = person({ ...undated, ...otherContacts, name: name('Bastian', 'Toprak') });
    expect(changed(person(undated), married, ['name', 'email.primary', 'phone.primary'])).toEqual(['name']);
    expect(changed(person(undated), married, ['phone.primary'])).toBeNull();
  });

  it('an organisation under another name, reached elsewhere, may be another; under a longer one it is not', () => {
    const moved = { 'phone.primary': '+12025550172' };
    expect(changed(firm('Nordlicht Optik GmbH'), firm('Hafenbäcker AG', moved))).toEqual(['name']);
    expect(changed(firm('Nordlicht Optik GmbH'), firm('Nordlicht Optik und Hörgeräte GmbH', moved))).toBeNull();
    expect(changed(firm('Nordlicht Optik GmbH'), firm('Hafenbäcker AG'))).toBeNull();
  });

  it('a person where a firm was, reached elsewhere, may be another', () => {
    expect(changed(firm('Nordlicht Optik GmbH'), person(kroll))).toEqual(['name']);
  });
});
