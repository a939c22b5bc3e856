import { describe, expect, it } from 'vitest';
import { canonicalModel } from '../api/canonical-model-shape.ts';
import { fieldsOf, itemKeyOf, pinnableOf, textOf, valueOf } from './value-form.ts';

const attribute = (id: string, shape: string, more: object = {}) => ({ id, number: 1, label: id, shape, ...more });
const model = canonicalModel.parse({
  attributes: [
    attribute('name', 'name'),
    attribute('birthDate', 'date', { kinds: ['person'] }),
    attribute('phone.primary', 'phone'),
    attribute('address.primary', 'address'),
    attribute('lifecycle', 'phase'),
    attribute('creditLimit', 'money'),
    attribute('lifetimeSpend', 'money'),
    attribute('points', 'count'),
    attribute('lastTransaction', 'instant'),
    attribute('industry', 'code', { codeSet: 'trade' }),
    attribute('vat', 'identifier'),
    attribute('remark', 'longText'),
    attribute('hat', 'text', { retired: true }),
  ],
  codeSets: [
    {
      id: 'trade',
      label: 'Trade',
      codes: [
        { code: 'it', label: 'Computers' },
        { code: 'x', label: 'X', retired: true },
      ],
    },
  ],
});
const typed = (texts: Record<string, string>) => (field: { member: string }) => texts[field.member] ?? '';

describe('a value that is typed', () => {
  it.each([
    [
      'a phone loses what people put between its digits',
      'phone.primary',
      { '': ' +1 (202) 555-0143 ' },
      '+12025550143',
    ],
    [
      'an amount gets its two places',
      'creditLimit',
      { amount: '2,500', currency: 'USD' },
      { amount: '2500.00', currency: 'USD' },
    ],
    [
      'half a place is filled up',
      'lifetimeSpend',
      { amount: '12.5', currency: 'EUR' },
      { amount: '12.50', currency: 'EUR' },
    ],
    [
      'an amount with more places than money has is left for the hub to refuse',
      'creditLimit',
      { amount: '1.005' },
      { amount: '1.005' },
    ],
    ['points are a number', 'points', { '': '1,250' }, 1250],
    [
      'a street may have several lines',
      'address.primary',
      { lines: '1 Elm St\n\n Apt 4 ', country: 'US' },
      { lines: ['1 Elm St', 'Apt 4'], country: 'US' },
    ],
    [
      'an instant is written in UTC to the millisecond',
      'lastTransaction',
      { '': '2026-03-01T09:15:30+01:00' },
      '2026-03-01T08:15:30.000Z',
    ],
    [
      'parts that were left empty are left out',
      'name',
      { given: 'Jane', middle: ' ', family: 'Doe' },
      { given: 'Jane', family: 'Doe' },
    ],
  ])('%s', (_, attribute, texts, value) => {
    expect(valueOf(fieldsOf(attribute, 'person', model), typed(texts))).toEqual(value);
  });

  it('is none at all while every field is empty', () => {
    expect(valueOf(fieldsOf('name', 'person', model), typed({ given: '  ' }))).toBeUndefined();
  });

  it.each([
    ['address.primary', { lines: ['1 Elm St', 'Apt 4'], locality: 'Springfield', country: 'US' }],
    ['creditLimit', { amount: '2500.00', currency: 'USD' }],
    ['points', 7],
    ['lifecycle', 'active'],
  ])('stays the same when %s is sent as it was shown', (attribute, value) => {
    expect(valueOf(fieldsOf(attribute, 'person', model), (field) => textOf(field, value))).toEqual(value);
  });
});

describe('what can be pinned', () => {
  const product = { attribute: 'products:["WASH-7",null]', label: 'Products' };
  const customer = (kind: 'person' | 'organization') => pinnableOf({ kind, values: [product as never] }, model);

  it('includes each item that the golden record tells of, by its key', () => {
    expect(customer('person')).toContainEqual({ value: product.attribute, label: 'Products: WASH-7' });
  });

  it('follows the model: what was added, with the codes of its set, and nothing that is retired', () => {
    const offered = customer('person').map(({ value }) => value);
    expect(offered).toEqual(expect.arrayContaining(['industry', 'vat']));
    expect(offered).not.toContain('hat');
    expect(fieldsOf('industry', 'person', model)).toMatchObject([{ input: [{ value: 'it', label: 'Computers' }] }]);
    expect(valueOf(fieldsOf('remark', 'person', model), typed({ '': 'Rings\nat nine' }))).toBe('Rings\nat nine');
  });

  it('includes no birth date of an organisation', () => {
    const offered = (kind: 'person' | 'organization') => customer(kind).some(({ value }) => value === 'birthDate');
    expect([offered('person'), offered('organization')]).toEqual([true, false]);
  });
});

it.each([
  ['rights:["ADMIN","EU"]', 'ADMIN · EU'],
  ['addresses:["billing",["1 Elm St","Apt 4"],"62701"]', 'billing · 1 Elm St · Apt 4 · 62701'],
  ['phone.primary', null],
])('%s is an item known by %s', (attribute, key) => {
  expect(itemKeyOf(attribute)).toBe(key);
});
