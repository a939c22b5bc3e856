import { expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { aBellyfatRow, anAdiposeRow, shippedLens } from '../mapping/fixtures.ts';
import { isEquivalent } from './projection.ts';

const [adipose, bellyfat] = [shippedLens('adipose'), shippedLens('bellyfat')];
const bought = { sku: 'WASH-7', name: 'Washer', purchasedAt: null, serial: null };
const washed = aBellyfatRow({ products: [bought, { ...bought, sku: 'DRY-2' }] });

it.each<[what: string, lens: typeof adipose, one: Json, other: Json, equal: boolean]>([
  ['case where the mapping declares it', adipose, anAdiposeRow(), anAdiposeRow({ city: 'Springfield' }), true],
  ['the case of a mailbox', adipose, anAdiposeRow(), anAdiposeRow({ email: 'JO@example.com' }), true],
  [
    'the case of a name',
    bellyfat,
    aBellyfatRow(),
    aBellyfatRow({ person: { given: 'ZOË', middle: 'Quincy', family: 'McDonald' } }),
    false,
  ],
  ['spaces around a text', adipose, anAdiposeRow(), anAdiposeRow({ phone: ' 2025550143 ' }), true],
  ['a space within a postal code', adipose, anAdiposeRow(), anAdiposeRow({ zip: '62701 0012' }), true],
  ['another postal code', adipose, anAdiposeRow(), anAdiposeRow({ zip: '62702-0012' }), false],
  ['empty text and nothing', adipose, anAdiposeRow({ addr2: null }), anAdiposeRow({ addr2: '' }), true],
  ['the order of a list', bellyfat, washed, { ...washed, products: (washed['products'] as Json[]).toReversed() }, true],
  [
    'an element twice',
    bellyfat,
    washed,
    aBellyfatRow({ products: [bought, bought, { ...bought, sku: 'DRY-2' }] }),
    false,
  ],
  [
    'a member of an item',
    bellyfat,
    washed,
    aBellyfatRow({ products: [bought, { ...bought, name: 'X', sku: 'DRY-2' }] }),
    false,
  ],
  ['a list that is none', bellyfat, washed, aBellyfatRow({ products: 'none' }), false],
  ['what the mapping does not name', bellyfat, washed, { ...washed, note: 'seen' }, true],
  ['two unreadable texts', adipose, anAdiposeRow({ phone: 'none' }), anAdiposeRow({ phone: 'no' }), false],
  ['one amount more', adipose, anAdiposeRow(), anAdiposeRow({ loyalty_pts: 121 }), false],
  ['another kind', adipose, anAdiposeRow(), anAdiposeRow({ cust_type: 'B' }), false],
  ['a row that is none', adipose, anAdiposeRow(), null, false],
])('%s', (_, lens, one, other, equal) => {
  expect([isEquivalent(lens, one, other), isEquivalent(lens, other, one)]).toEqual([equal, equal]);
});
