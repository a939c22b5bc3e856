import { expect, it } from 'vitest';
import { keyIn } from './read-key.ts';

it.each([
  ['a row that is no object', '{"id":"7","data":[]}', '7'],
  ['a key that is a number', '{"id":42}', '42'],
  ['a line that breaks off', '{"id": "A-1", "data": {"na', 'A-1'],
  ['an escaped key in a line that breaks off', '{"id":"a\\"b\\u0041", "data"', 'a"bA'],
  ['members in another order', '{"data": {"x": 1, } , "id":"9"', '9'],
  ['no id', '{"data":{}}', null],
  ['no JSON', 'hello', null],
  ['null', 'null', null],
  ['a key that cannot be stored', '{"id":"a\\u0000"}', null],
  ['half a character', '{"id":"\\ud800"}', null],
  ['an empty key', '{"id":""}', null],
  ['a key that is too long', `{"id":"${'x'.repeat(201)}"}`, null],
])('reads the key of a rejected line with %s', (_, line, key) => {
  expect(keyIn(line)).toBe(key);
});
