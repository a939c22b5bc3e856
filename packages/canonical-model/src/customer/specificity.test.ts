import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AttributeId, Value } from './attributes.ts';
import { modelAsShipped } from './model/model.ts';
import { isLessSpecific } from './specificity.ts';

const address = {
  lines: ['1200 North Michigan Avenue Suite 400'],
  locality: 'Chicago',
  region: 'IL',
  postalCode: '60611',
  country: 'US',
};
const { country: _country, ...withoutCountry } = address;
const name = { given: 'Zoë', middle: 'Quincy', family: "O'Brien" };

const below: [string, AttributeId, Value, Value][] = [
  ['an address line cut at 30', 'address.primary', { ...address, lines: ['1200 North Michigan Avenue Sui'] }, address],
  ['an address without its second line', 'address.primary', { lines: ['1 Elm St'] }, { lines: ['1 Elm St', 'Apt 2'] }],
  ['an address without its country', 'address.primary', withoutCountry, address],
  ['an initial', 'name', { ...name, middle: 'Q' }, name],
  ['a name without its middle', 'name', { given: 'Zoë', family: "O'Brien" }, name],
  ['a name in capitals', 'name', { given: 'ZOË', middle: 'QUINCY', family: "O'BRIEN" }, name],
  [
    'a name read back from capitals',
    'name',
    { given: 'Iain', family: 'Mcdonald' },
    { given: 'Iain', family: 'McDonald' },
  ],
  ['a name without its diacritics', 'name', { ...name, given: 'Zoe' }, name],
  ['a sharp s written in capitals', 'name', { family: 'Strasser' }, { family: 'Straßer' }],
  [
    'a cut legal name',
    'name',
    { legal: 'Blue Harbor Logistics An' },
    { legal: 'Blue Harbor Logistics and Storage LLC' },
  ],
  ['a lower-cased e-mail', 'email.primary', 'zoe@example.com', 'Zoe@Example.com'],
];

const notBelow: [string, AttributeId, Value, Value][] = [
  ['a value and itself', 'name', name, { ...name }],
  ['another given name', 'name', { ...name, given: 'Zora' }, name],
  ['an initial of another name', 'name', { ...name, middle: 'X' }, name],
  [
    'a name that says one member more and one less',
    'name',
    { given: 'Zoë', middle: 'Quincy' },
    { given: 'Zoë', family: 'X' },
  ],
  ['an address of more lines', 'address.primary', { lines: ['1 Elm St', 'Apt 2'] }, { lines: ['1 Elm St'] }],
  ['lines in another order', 'address.primary', { lines: ['Apt 2'] }, { lines: ['1 Elm St', 'Apt 2'] }],
  ['the end of a line', 'address.primary', { lines: ['Elm St'] }, { lines: ['1 Elm St'] }],
  ['a shorter phone number', 'phone.primary', '+1202555014', '+12025550143'],
  ['a shorter identifier', 'identifier.national', '530421', '5304218'],
  ['an amount without its end', 'creditLimit', { amount: '25' }, { amount: '2500.00' }],
  ['a product without its name', 'products:["WASH-7",null]', { sku: 'WASH-7' }, { sku: 'WASH-7', name: 'Washer' }],
  ['another date', 'birthDate', '1980-01-01', '1980-01-02'],
  ['texts that differ in white space alone', 'name', { family: 'De  Witt' }, { family: 'De Witt' }],
];

describe('less specific', () => {
  test.each(below)('%s is below the whole, and the whole is not below it', (_, attribute, a, b) => {
    expect([
      isLessSpecific(modelAsShipped.attributeOf(attribute).shape, a, b),
      isLessSpecific(modelAsShipped.attributeOf(attribute).shape, b, a),
    ]).toEqual([true, false]);
  });

  test.each(notBelow)('%s is not below', (_, attribute, a, b) => {
    expect(isLessSpecific(modelAsShipped.attributeOf(attribute).shape, a, b)).toBe(false);
  });

  test('is a strict order: never both ways, and what is below the lower is below the higher', () => {
    const text = fc.constantFrom('m', 'M', 'mc', 'Mc', 'MC', 'McD', 'Mcd', 'mcd', 'MCD', 'é', 'e', 'E', 'ES');
    const anyName = fc.record({ given: text, family: text }, { requiredKeys: [] }) as fc.Arbitrary<Value>;
    const isBelow = (a: Value, b: Value) => isLessSpecific(modelAsShipped.attributeOf('name').shape, a, b);
    fc.assert(
      fc.property(anyName, anyName, anyName, (a, b, c) => {
        expect(isBelow(a, a)).toBe(false);
        expect(isBelow(a, b) && isBelow(b, a)).toBe(false);
        if (isBelow(a, b) && isBelow(b, c)) expect(isBelow(a, c)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
