import { describe, expect, test } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { aBellyfatRow, anAdiposeRow, lensOf, shippedLens } from './fixtures.ts';
import type { Fields, Lens } from './lens.ts';
import { readPath, writePath } from './path.ts';
import type { Json } from '../json.ts';

const adipose = shippedLens('adipose');
const bellyfat = shippedLens('bellyfat');

function written(lens: Lens, attribute: AttributeId, value: Value | null): Fields {
  const result = lens.write(attribute, 'person', value);
  if (result.kind !== 'written') throw new Error(result.detail);
  return result.fields;
}

function heldBy(lens: Lens, row: Json): Fields {
  return Object.assign({}, ...Object.values(lens.read(row).attributes).map((read) => read.fields)) as Fields;
}

describe('a patch', () => {
  test('carries only the paths that differ', () => {
    const wanted = written(adipose, 'address.primary', {
      lines: ['12 Main St', 'Apt 5'],
      locality: 'Springfield',
      region: 'IL',
      postalCode: '62701-0012',
    });
    expect(adipose.patch('person', heldBy(adipose, anAdiposeRow()), wanted)).toEqual({ addr2: 'APT 5' });
  });

  test('is empty when the system holds the value already', () => {
    const wanted = written(bellyfat, 'phone.primary', '+12025550143');
    expect(bellyfat.patch('person', heldBy(bellyfat, aBellyfatRow()), wanted)).toEqual({});
  });

  test('of a new record has what it holds and the code of its kind, and nothing that is empty', () => {
    const wanted = { ...written(adipose, 'phone.primary', '+12025550143'), ...written(adipose, 'email.primary', null) };
    expect(adipose.patch('person', null, wanted)).toEqual({ cust_type: 'P', phone: '2025550143' });
    expect(bellyfat.patch('person', null, written(bellyfat, 'name', { given: 'Zoë', family: 'Ek' }))).toEqual({
      'person.given': 'Zoë',
      'person.family': 'Ek',
    });
  });

  test("makes a missing list element with the mapping's own members", () => {
    const held = heldBy(bellyfat, aBellyfatRow({ phones: [] }));
    expect(bellyfat.patch('person', held, written(bellyfat, 'phone.primary', '+12025550143'))).toEqual({
      'phones[primary=true].e164': '+12025550143',
      'phones[primary=true].use': 'other',
    });
  });

  test('leaves the own members of an element that is there alone', () => {
    const held = heldBy(bellyfat, aBellyfatRow());
    expect(bellyfat.patch('person', held, written(bellyfat, 'phone.primary', '+12025550177'))).toEqual({
      'phones[primary=true].e164': '+12025550177',
    });
  });

  test('removes a list element whose mapped members all become empty', () => {
    const row = aBellyfatRow();
    const patch = bellyfat.patch('person', heldBy(bellyfat, row), written(bellyfat, 'address.primary', null));
    expect(patch).toEqual({ 'addresses[primary=true]': null });
    expect(readPath(writePath(row, 'addresses[primary=true]', null), 'addresses')).toEqual([]);
  });

  test('keeps an element that another attribute still has a member in', () => {
    const lens = lensOf({
      format: 1,
      system: 'contacts',
      key: { path: 'id' },
      kind: { constant: 'person' },
      attributes: [
        { attribute: 'phone.primary', path: 'contacts[main=true].phone' },
        { attribute: 'email.primary', path: 'contacts[main=true].mail' },
      ],
    });
    const held = { 'contacts[main=true].phone': '+12025550143', 'contacts[main=true].mail': 'jo@example.com' };
    expect(lens.patch('person', held, { 'contacts[main=true].phone': null })).toEqual({
      'contacts[main=true].phone': null,
    });
  });
});
