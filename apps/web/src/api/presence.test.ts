import { unattendedAfterMs, unattendedHeader } from '@cinch/api-contract';
import { expect, it } from 'vitest';
import { followPresence, presence } from './presence.ts';

it('says that nobody is there once the page was not touched for a while, until it is', () => {
  const target = new EventTarget();
  let now = 0;
  followPresence(target as Window, () => now);
  expect(presence(unattendedAfterMs)).toEqual({});
  expect(presence(unattendedAfterMs + 1)).toEqual({ [unattendedHeader]: '1' });
  now = unattendedAfterMs;
  target.dispatchEvent(new Event('keydown'));
  expect(presence(unattendedAfterMs + 1)).toEqual({});
});
