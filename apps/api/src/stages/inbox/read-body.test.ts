import { describe, expect, it } from 'vitest';
import { readBody } from './read-body.ts';

const bytes = (text: string) => Buffer.from(text);
const codesOf = (text: string) =>
  readBody('records', bytes(text)).rejects.map(({ line, code, path }) => [line, code, path]);

describe('reading a body', () => {
  it('keeps line numbers over empty lines and line ends of any system', () => {
    const { arrivals } = readBody('records', bytes('\n{"id":"1","data":{}}\r\n\r\n{"id":"2","data":{}}'));
    expect(arrivals.map(({ line, key }) => [line, key])).toEqual([
      [2, '1'],
      [4, '2'],
    ]);
  });

  it('reads time with any offset as one instant', () => {
    const { arrivals } = readBody('records', bytes('[{"id":"1","changedAt":"2026-01-02T03:04:05+02:00","data":{}}]'));
    expect(arrivals[0]).toMatchObject({ version: null, changedAt: Date.UTC(2026, 0, 2, 1, 4, 5), delivery: null });
  });

  it.each([
    ['a NUL in a value', '{"id":"1","data":{"a":{"b":"x\\u0000"}}}', 'nul-character', 'data.a.b'],
    ['a NUL in a name', '{"id":"1","data":{"a\\u0000":1}}', 'nul-character', 'data'],
    ['__proto__, also escaped', '{"id":"1","data":{"\\u005f_proto__":1}}', 'forbidden-name', 'data.__proto__'],
    ['half a character in the key', '{"id":"\\ud800","data":{}}', 'half-character', 'id'],
    ['an endless nesting', `{"id":"1","data":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`, 'too-deep', undefined],
    ['a version that is no integer', '{"id":"1","version":1.5,"data":{}}', 'wrong-form', 'version'],
    ['a key that is too long', `{"id":"${'x'.repeat(201)}","data":{}}`, 'wrong-form', 'id'],
    ['a row that is no object', '{"id":"1","data":[]}', 'wrong-form', 'data'],
  ])('rejects %s', (_, text, code, path) => {
    const [reject] = codesOf(text);
    expect(reject!.slice(0, 2)).toEqual([1, code]);
    if (path !== undefined) expect(reject![2]).toBe(path);
  });

  it('rejects only the line that is not UTF-8', () => {
    const body = Buffer.concat([
      bytes('{"id":"1","data":{"a":"'),
      Buffer.from([0xff]),
      bytes('"}}\n{"id":"2","data":{}}'),
    ]);
    const { arrivals, rejects } = readBody('records', body);
    expect([arrivals.map(({ key }) => key), rejects.map(({ line }) => line)]).toEqual([['2'], [1]]);
  });

  it('leaves out the lines that were rejected at acceptance', () => {
    const body = bytes('{"id":"1","data":{}}\n{"id":"2","data":{}}');
    expect(readBody('records', body, new Set([1])).arrivals.map(({ key }) => key)).toEqual(['2']);
  });

  it('takes a delivery only with an id that the hub could have given out', () => {
    const event = { specversion: '1.0', id: 'e', source: '/s', type: 'customer.changed', subject: '1', data: {} };
    const id = '0d4f0d5e-7c1c-4b57-9a0e-2a3a1c0f4b5d';
    const events = [id, 'mine'].map((deliveryid) => ({ ...event, deliveryid, deliveryversion: 3 }));
    const { arrivals } = readBody('events', bytes(JSON.stringify(events)));
    expect(arrivals.map(({ delivery }) => delivery)).toEqual([{ id, version: 3 }, null]);
  });
});
