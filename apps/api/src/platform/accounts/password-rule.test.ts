import { expect, it } from 'vitest';
import { passwordFault } from './password-rule.ts';

const about = ['jo.smith@cinch.local', 'Jo Smith'];

it.each([
  ['1234567890', /at least 12 characters/],
  ['x'.repeat(129), /at most 128 characters/],
  ['123456789012', /first that are guessed/],
  ['password1234', /first that are guessed/],
  ['P@ssw0rd1234', /first that are guessed/],
  ['qwertyuiop12', /first that are guessed/],
  ['letmeinletmein', /first that are guessed/],
  ['aaaaaaaaaaaaaaaa', /first that are guessed/],
  ['jo.smith@cinch.local', /made of your name/],
  ['jo.smith1234567', /made of your name/],
  ['SmithJoSmith2026', /made of your name/],
  ['smith.smith.smith1', /made of your name/],
  ['SMITH-2026-SMITH', /made of your name/],
  ['January2026!', /first that are guessed/],
  ['Winter2026!!', /first that are guessed/],
  ['Company2026!', /first that are guessed/],
  ['Sommer2026!!', /first that are guessed/],
  ['cinchcinchcinch', /made of your name/],
])('refuses %s', (password, why) => {
  expect(passwordFault(password, about)).toMatch(why);
});

it.each([
  ['AnnaAttack2026', ['anna2.attack@example.com', 'Anna Attack']],
  ['anna.attack1', ['anna.attack@example.com', 'Anna Attack']],
  ['ÁnnaAttäck!!2026', ['a@example.com', 'Anna Attack']],
  ['Anna_2026_Attack', ['a@example.com', 'Anna Attack']],
])('refuses %s to whom it names', (password, named) => {
  expect(passwordFault(password, named)).toMatch(/made of your name/);
});

it('takes a name among words that nobody guesses', () => {
  expect(passwordFault('smith paints four quiet otters', about)).toBeNull();
});

it.each([
  'a quiet lake in may',
  'correct horse battery',
  'k7Qz2mPf9wLx',
  'a-password-for-tests',
  'six green otters',
  'only for this one check',
  'a password for development',
  'river table orange cloud',
  'наш дом у реки',
])('takes %s', (password) => {
  expect(passwordFault(password, about)).toBeNull();
});

it('takes a moment, whatever is typed', () => {
  const began = performance.now();
  for (const text of ['pass1qw2', '1q2w3e4r', 'P@$$w0rd', 'aA1!']) passwordFault(text.repeat(40).slice(0, 128), about);
  expect(performance.now() - began).toBeLessThan(4_000);
});
