import { expect, test } from 'vitest';
import type { Json } from '../json.ts';
import { parsePath } from './parse-path.ts';
import { readPath, writePath } from './path.ts';

const row = {
  addr1: '12 MAIN ST',
  person: { given: 'Ana' },
  phones: [
    { e164: '+12025550143', use: 'home', primary: false },
    { e164: '+12025550144', use: 'mobile', primary: true },
  ],
};

test('reads a member, a nested member and a member of the selected list element', () => {
  expect(readPath(row, 'addr1')).toBe('12 MAIN ST');
  expect(readPath(row, 'person.given')).toBe('Ana');
  expect(readPath(row, 'phones[primary=true].e164')).toBe('+12025550144');
  expect(readPath(row, 'phones[use=home].e164')).toBe('+12025550143');
});

test('reads null where the row has none', () => {
  for (const path of ['nothing', 'person.family', 'addr1.x', 'phones[use=work].e164', 'phones.e164', 'toString']) {
    expect(readPath(row, path), path).toBeNull();
  }
});

test('writes a copy and leaves the row and all other members as they were', () => {
  const before = structuredClone(row);
  const after = writePath(row, 'phones[primary=true].e164', '+13125550100');
  expect(row).toEqual(before);
  expect(after).toEqual({ ...before, phones: [before.phones[0], { ...before.phones[1], e164: '+13125550100' }] });
});

test('makes missing objects and appends a missing element with its selector', () => {
  expect(writePath({}, 'person.given', 'Ana')).toEqual({ person: { given: 'Ana' } });
  expect(writePath({}, 'emails[primary=true].address', 'a@example.com')).toEqual({
    emails: [{ primary: true, address: 'a@example.com' }],
  });
  expect(writePath({ l: [{ no: 1 }] }, 'l[no=2]', { v: 'x' })).toEqual({ l: [{ no: 1 }, { no: 2, v: 'x' }] });
});

test('null removes a member, or the element that the path ends in', () => {
  expect(writePath(row, 'addr1', null)).not.toHaveProperty('addr1');
  expect(writePath(row, 'phones[primary=true]', null)).toMatchObject({ phones: [{ use: 'home' }] });
  expect(readPath(writePath(row, 'phones[primary=true].e164', null), 'phones[primary=true]')).toEqual({
    use: 'mobile',
    primary: true,
  });
});

test('emptying what is not there changes nothing', () => {
  for (const path of ['nothing', 'person.family', 'other.deep.member', 'phones[use=work]', 'phones[use=work].e164']) {
    expect(writePath(row, path, null), path).toEqual(row);
  }
  expect(writePath({}, 'phones[primary=true]', null)).toEqual({});
});

const items: { [list: string]: Json[] } = {
  products: [
    { sku: 'WASH-7', serial: '17', name: 'Washer' },
    { sku: 'WASH-7', name: 'Washer', colour: 'white' },
    { sku: 'A]."1', serial: '', name: 'Odd' },
  ],
  addresses: [{ use: 'home', primary: false, lines: ['1 Elm St', 'Apt, 2'] }],
};

test.each<[string, Json]>([
  ['products[sku="WASH-7",serial="17"]', items['products']![0]!],
  ['products[serial=null,sku=WASH-7]', items['products']![1]!],
  ['products[sku="A].\\"1",serial=null].name', 'Odd'],
  ['products[sku=WASH-7,serial=17]', null],
  ['products[sku="WASH-7",colour="red"]', null],
  ['addresses[use="home",lines=["1 Elm St","Apt, 2"],primary=false].use', 'home'],
  ['addresses[lines=["1 Elm St"]]', null],
  ['addresses[lines=[]]', null],
])('%s selects by several members, by quoted values, by lists and by what is not there', (path, value) => {
  expect(readPath(items, path)).toEqual(value);
});

test('an object at an element is merged into it: what it does not name stays, what it names null goes', () => {
  const path = 'products[sku="WASH-7",serial=null]';
  const after = writePath(items, path, { sku: 'WASH-7', serial: null, name: null, purchasedAt: '2025-03-01' });
  expect(after).toEqual({
    ...items,
    products: [
      items['products']![0]!,
      { sku: 'WASH-7', colour: 'white', purchasedAt: '2025-03-01' },
      items['products']![2]!,
    ],
  });
  expect(writePath(after, path, null)).toMatchObject({ products: [{ serial: '17' }, { name: 'Odd' }] });
});

test('a new element gets the members that it is selected by', () => {
  expect(writePath({}, 'phones[use="work",primary=false,since=null]', { e164: '+12025550143' })).toEqual({
    phones: [{ e164: '+12025550143', use: 'work', primary: false }],
  });
});

test('says why a text is not a path', () => {
  for (const text of [
    '',
    '.',
    'a.',
    'a..b',
    'a[b]',
    'a[b=]',
    'a[=c]',
    'a[b=c',
    ' a',
    'a]b',
    'a[b="c]',
    'a[b="\\x"]',
    'a[b=["c",1]]',
    'a[b="c",d]',
    'a[b=c]d',
    'a[ b=c]',
  ]) {
    expect(parsePath(text), text).toMatchObject({ ok: false, detail: expect.any(String) });
  }
});

test('refuses the names that reach a prototype', () => {
  for (const text of ['__proto__.x', 'a.constructor', 'a.prototype.b', 'a[__proto__=x].b']) {
    expect(parsePath(text), text).toMatchObject({ ok: false });
  }
});

test('a dot may stand in the value of a selector', () => {
  expect(readPath({ products: [{ sku: 'A.1', name: 'Belt' }] }, 'products[sku=A.1].name')).toBe('Belt');
});

test('refuses to write through a plain value, in which there is nothing to empty', () => {
  for (const path of ['addr1.x', 'person[use=home]', 'person[use=home].x']) {
    expect(writePath(row, path, null)).toEqual(row);
  }
  expect(() => writePath(row, 'addr1.x', 'y')).toThrow('plain value');
  expect(() => writePath(row, 'person[use=home].x', 'y')).toThrow('not a list');
  expect(() => writePath(row, 'phones[use=home]', 'y')).toThrow('must be an object');
});
