import { describe, expect, test } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { allFields } from '../facts/record-state.ts';
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
  return allFields(lens.read(row).attributes);
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

  test('carries an item whole, and what the system keeps beside it stays', () => {
    const kettlebell = { sku: 'KB-016', name: 'Kettlebell', purchasedAt: '2025-03-01', serial: null };
    const row = aBellyfatRow({ products: [{ ...kettlebell, colour: 'red' }] });
    const path = 'products[sku="KB-016",serial=null]';
    const id = 'products:["KB-016",null]';
    const renamed = written(bellyfat, id, { sku: 'KB-016', name: 'Kettlebell, 16 kg', purchasedAt: '2025-03-01' });
    expect(bellyfat.patch('person', heldBy(bellyfat, row), written(bellyfat, id, kettlebell))).toEqual({});
    expect(bellyfat.patch('person', heldBy(bellyfat, row), renamed)).toEqual({
      [path]: { ...kettlebell, name: 'Kettlebell, 16 kg' },
    });
    expect(readPath(writePath(row, path, renamed[path]!), path)).toMatchObject({ colour: 'red' });
  });

  test('removes an item that is held, and none that is not', () => {
    const id = 'products:["KB-016",null]';
    const removal = written(bellyfat, id, null);
    expect(bellyfat.patch('person', heldBy(bellyfat, aBellyfatRow()), removal)).toEqual(removal);
    expect(bellyfat.patch('person', heldBy(bellyfat, aBellyfatRow({ products: [] })), removal)).toEqual({});
    expect(bellyfat.patch('person', null, removal)).toEqual({});
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
