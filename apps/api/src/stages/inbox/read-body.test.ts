import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptBody, readChunk } from './read-body.ts';
import type { BodyForm } from './read-line.ts';

const bytes = (text: string) => Buffer.from(text);

/** What is accepted of a body, as its chunks are read when they are worked on. */
async function readBody(form: BodyForm, body: Buffer) {
  const { chunks, rejects } = await acceptBody(form, body);
  const rejected = new Set(rejects.map(({ line }) => line));
  return { rejects, arrivals: chunks.flatMap((chunk) => readChunk(form, chunk, rejected)) };
}
const codesOf = async (text: string) =>
  (await readBody('records', bytes(text))).rejects.map(({ line, code, path }) => [line, code, path]);

async function doesNotThrow(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

describe('reading a body', () => {
  it('keeps line numbers over empty lines and line ends of any system', async () => {
    const { arrivals } = await readBody('records', bytes('\n{"id":"1","data":{}}\r\n\r\n{"id":"2","data":{}}'));
    expect(arrivals.map(({ line, key }) => [line, key])).toEqual([
      [2, '1'],
      [4, '2'],
    ]);
  });

  it('reads time with any offset as one instant', async () => {
    const { arrivals } = await readBody(
      'records',
      bytes('[{"id":"1","changedAt":"2026-01-02T03:04:05+02:00","data":{}}]'),
    );
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
  ])('rejects %s', async (_, text, code, path) => {
    const [reject] = await codesOf(text);
    expect(reject!.slice(0, 2)).toEqual([1, code]);
    if (path !== undefined) expect(reject![2]).toBe(path);
  });

  it('takes an array for one exactly where a parser of JSON does, however it is broken', async () => {
    const whole = fc.array(fc.json({ maxDepth: 3 }), { maxLength: 4 }).map((all) => `[${all.join(' ,')}]`);
    const edit = fc.record({
      at: fc.nat(60),
      cut: fc.nat(2),
      put: fc.constantFrom('', ',', ']', '[', '}', '{', '"', '\\', ':', ' ', '1'),
    });
    await fc.assert(
      fc.asyncProperty(whole, fc.array(edit, { maxLength: 2 }), async (text, edits) => {
        const broken = edits.reduce((all, { at, cut, put }) => all.slice(0, at) + put + all.slice(at + cut), text);
        if (!broken.startsWith('[')) return;
        const isJson = await doesNotThrow(() => JSON.parse(broken) as unknown);
        expect(await doesNotThrow(() => acceptBody('records', bytes(broken)))).toBe(isJson);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['wide', `{${Array.from({ length: 20_001 }, (_, n) => `"k${n}":1`).join(',')}}`, 'too-many'],
    ['deep', '['.repeat(60) + ']'.repeat(60), 'too-deep'],
  ])('rejects a row that is too %s alone, in lines and in an array, and finds its key', async (_, data, code) => {
    const rows = [`{"id":"1","data":${data}}`, '{"id":"2","data":{}}'];
    for (const text of [rows.join('\n'), `[${rows.join(',')}]`]) {
      const { rejects, rejectedKeys, chunks } = await acceptBody('records', bytes(text));
      expect([rejects.map((reject) => [reject.line, reject.code]), rejectedKeys, chunks.length]).toEqual([
        [[1, code]],
        ['1'],
        1,
      ]);
    }
  });

  it('rejects only the line that is not UTF-8', async () => {
    const body = Buffer.concat([
      bytes('{"id":"1","data":{"a":"'),
      Buffer.from([0xff]),
      bytes('"}}\n{"id":"2","data":{}}'),
    ]);
    const { arrivals, rejects } = await readBody('records', body);
    expect([arrivals.map(({ key }) => key), rejects.map(({ line }) => line)]).toEqual([['2'], [1]]);
  });

  it.each(['lines', 'array'])('cuts a large body of %s into chunks that give the same lines', async (kind) => {
    const row = (id: number) => (id % 7 === 0 ? `{"id":"${id}"}` : `{"id":"${id}","data":{"a":"]},\\"{["}}`);
    const rows = Array.from({ length: 1_203 }, (_, index) => row(index + 1));
    const body = bytes(kind === 'lines' ? rows.join('\r\n') : ` [ ${rows.join(' ,\n')} ]\n`);
    const { chunks, rejects } = await acceptBody('records', body);
    expect(chunks.map(({ n }) => n)).toEqual([...Array.from({ length: 10 }, () => 100), 32]);
    expect(rejects.map(({ line }) => line)).toEqual(rows.flatMap((_, index) => (index % 7 === 6 ? [index + 1] : [])));
    const { arrivals } = await readBody('records', body);
    expect(arrivals.map(({ line }) => `${line}`)).toEqual(arrivals.map(({ key }) => key));
    expect(arrivals).toHaveLength(1_032);
  });

  it('loses no line where a chunk would begin with a bad one that looks like an array', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `{"id":"${index + 1}","data":{}}`);
    const { arrivals, rejects } = await readBody(
      'records',
      bytes([...rows, '[1]', '{"id":"502","data":{}}'].join('\n')),
    );
    expect(rejects.map(({ line, code }) => [line, code])).toEqual([[501, 'wrong-form']]);
    expect(arrivals.at(-1)).toMatchObject({ line: 502, key: '502' });
  });

  it('takes a delivery only with an id that the hub could have given out', async () => {
    const event = { specversion: '1.0', id: 'e', source: '/s', type: 'customer.changed', subject: '1', data: {} };
    const id = '0d4f0d5e-7c1c-4b57-9a0e-2a3a1c0f4b5d';
    const events = [id, 'mine'].map((deliveryid) => ({ ...event, deliveryid, deliveryversion: 3 }));
    const { arrivals } = await readBody('events', bytes(JSON.stringify(events)));
    expect(arrivals.map(({ delivery }) => delivery)).toEqual([{ id, version: 3 }, null]);
  });

  describe('of events', () => {
    const event = { specversion: '1.0', id: 'e', source: '/s', subject: '1', rowversion: 4 };
    const read = (...events: object[]) => readBody('events', bytes(JSON.stringify(events)));

    it.each([
      ['customer.changed', { a: 1 }, 'whole', { a: 1 }],
      ['customer.patched', { a: null, b: { c: [] } }, 'patch', { a: null, b: { c: [] } }],
      [
        'customer.incremented',
        { points: -5, 'account.spend': 0.25 },
        'increment',
        { points: -5, 'account.spend': 0.25 },
      ],
      ['customer.deleted', undefined, 'delete', null],
      ['customer.deleted', { reason: 'left' }, 'delete', null],
    ])('takes %s with %j as the act %s', async (type, data, act, kept) => {
      const { arrivals, rejects } = await read({ ...event, type, data });
      expect(rejects).toEqual([]);
      expect(arrivals).toMatchObject([{ act, version: 4, data: kept }]);
    });

    it('names an event by its source and its id, and a record line by nothing', async () => {
      const deleted = { ...event, type: 'customer.deleted' };
      const { arrivals } = await read(
        deleted,
        { ...deleted, subject: '2' },
        { ...deleted, id: 'f' },
        { ...deleted, source: '/t' },
      );
      const [first, second, ...others] = arrivals.map(({ eventId }) => eventId);
      expect(second).toBe(first);
      expect(new Set([first, ...others]).size).toBe(3);
      expect((await readBody('records', bytes('{"id":"1","data":{}}'))).arrivals).toMatchObject([
        { act: 'whole', eventId: null },
      ]);
    });

    it.each([
      [
        'an increment without the version it made',
        { rowversion: undefined },
        'increment-without-version',
        'rowversion',
      ],
      ['an increment by no number', { data: { points: '5' } }, 'wrong-form', 'data.points'],
      ['an increment that is not exact', { data: { points: 2 ** 53 } }, 'wrong-form', 'data.points'],
      ['an increment of what is no path', { data: { 'points[': 5 } }, 'not-a-path', 'data.points['],
      ['an increment without amounts', { data: undefined }, 'wrong-form', 'data'],
      ['a patch that is a list', { type: 'customer.patched', data: [] }, 'wrong-form', 'data'],
      ['a type that the hub does not know', { type: 'customer.sold' }, 'wrong-form', 'type'],
    ])('rejects %s and says what to send instead', async (_, members, code, path) => {
      const { arrivals, rejects } = await read({
        ...event,
        type: 'customer.incremented',
        data: { points: 5 },
        ...members,
      });
      expect(arrivals).toEqual([]);
      expect(rejects).toMatchObject([{ line: 1, code, path, detail: expect.stringMatching(/\w+ \w+/) }]);
    });

    it('rejects an amount too large for a number', async () => {
      const text = JSON.stringify({ ...event, type: 'customer.incremented', data: { points: 1 } }).replace(
        ':1}',
        ':1e999}',
      );
      expect((await readBody('events', bytes(text))).rejects).toMatchObject([
        { code: 'wrong-form', path: 'data.points' },
      ]);
    });
  });

  const anEventLike = fc.record(
    {
      specversion: fc.constant('1.0'),
      id: fc.string(),
      source: fc.string(),
      type: fc.constantFrom('customer.changed', 'customer.patched', 'customer.incremented', 'customer.deleted', 'x'),
      subject: fc.string(),
      rowversion: fc.oneof(fc.nat(), fc.jsonValue()),
      data: fc.oneof(fc.dictionary(fc.string(), fc.double()), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );

  it.each(['records', 'events'] as const)('takes or rejects any JSON sent as %s, and never breaks', async (form) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.jsonValue(), anEventLike), { maxLength: 5 }), async (lines) => {
        const body = bytes(JSON.stringify(lines));
        const { arrivals, rejects } = await readBody(form, body);
        const placed = [...arrivals, ...rejects].map(({ line }) => line);
        expect(placed.toSorted((a, b) => a - b)).toEqual(lines.map((_, index) => index + 1));
      }),
    );
  });
});
