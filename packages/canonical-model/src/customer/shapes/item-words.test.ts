import { expect, test } from 'vitest';
import { itemShape, type ItemDeclaration } from './item.ts';
import { shapes } from './shapes.ts';

const loyalty: ItemDeclaration = {
  members: {
    programme: { label: 'Programme', shape: 'code', needed: true },
    tier: { label: 'Tier', shape: 'code' },
    since: { label: 'Since', shape: 'date' },
    isPaid: { label: 'Paid', shape: 'flag' },
  },
  key: ['programme'],
};

test('a list without templates tells what its items are known by, then the rest with its labels', () => {
  const { words } = itemShape(loyalty);
  expect(words({ programme: 'Miles', tier: 'gold', since: '2020-02-01', isPaid: false })).toBe(
    'Miles (Tier gold, Since 2020-02-01, not paid)',
  );
  expect(words({ programme: 'Miles' })).toBe('Miles');
});

test('the first template counts whose members are all there, and brackets are left out where theirs are not', () => {
  const { words } = itemShape({ ...loyalty, words: ['{tier} of {programme}[ since {since}]', '{programme}'] });
  expect(words({ programme: 'Miles', tier: 'gold', since: '2020-02-01' })).toBe('gold of Miles since 2020-02-01');
  expect(words({ programme: 'Miles', tier: 'gold' })).toBe('gold of Miles');
  expect(words({ programme: 'Miles', since: '2020-02-01' })).toBe('Miles');
});

test('items that are of a group have its members beside their own, and show it as a star', () => {
  const shape = itemShape({
    group: shapes.address,
    members: { use: { label: 'Use', shape: 'code' } },
    key: ['use'],
    words: ['{*}[ ({use})]'],
  });
  expect(shape.problem({ use: 'home', lines: ['1 Elm St'], locality: 'Perth' })).toBeNull();
  expect(shape.words({ use: 'home', lines: ['1 Elm St'], locality: 'Perth' })).toBe('1 Elm St, Perth (home)');
});
