import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Target } from './target.ts';

/** What the attackers have got hold of: the key of a system, and the admin token of somebody careless. */
export interface Loot {
  system: string;
  key: string;
  adminToken: string;
  adminEmail: string;
}

type Attack = (target: Target, loot: Loot, isOn: () => boolean) => Promise<void>;

const json = { 'content-type': 'application/json' };
const [kib, mib] = [1024, 1024 * 1024];

/** So many side by side, each again and again. */
async function inLoops(count: number, isOn: () => boolean, act: (n: number) => Promise<unknown>): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      while (isOn()) await act(n);
    }),
  );
}

/** So many connections that say their beginning and then a byte a second; one that is closed is opened anew. */
async function drip(target: Target, count: number, beginning: string, isOn: () => boolean): Promise<void> {
  await inLoops(count, isOn, async () => {
    const socket = target.open();
    socket.write(beginning);
    while (isOn() && !socket.destroyed && socket.writable) {
      await wait(1_000);
      socket.write('x');
    }
    socket.destroy();
  });
}

/** So many connections, each of which sends all of this at once; one that is cut is opened anew at once. */
async function flood(target: Target, count: number, sent: (n: number) => Buffer, isOn: () => boolean): Promise<void> {
  await inLoops(count, isOn, async (n) => {
    const socket = target.open();
    socket.write(sent(n));
    await once(socket, 'close').catch(() => undefined);
  });
}

const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const wide = (names: number) => `{${Array.from({ length: names }, (_, n) => `"k${n}":1`).join(',')}}`;

/** Each by its name, as the report names it. */
export const attacks: Record<string, Attack> = {
  'anonymous bodies of 4 MiB': async (target, _, isOn) => {
    const body = JSON.stringify({ email: `${'x'.repeat(4 * mib - 100)}@example.com`, password: 'guess' });
    const paths = ['/api/v1/session', '/api/v1/systems', '/api/v1/systems/adipose/records', '/api/v1/nothing'];
    await inLoops(8, isOn, (n) => target.send('POST', paths[n % paths.length]!, json, body));
  },
  'a flood of log-ins': async (target, { adminEmail }, isOn) => {
    const guess = (email: string) =>
      target.send('POST', '/api/v1/session', json, JSON.stringify({ email, password: `guess-${Math.random()}` }));
    const steadily = async () => {
      const underWay: Promise<void>[] = [];
      while (isOn()) {
        underWay.push(guess(adminEmail));
        await wait(25);
      }
      await Promise.all(underWay);
    };
    await Promise.all([steadily(), inLoops(20, isOn, () => guess(`u${Math.random()}@example.com`))]);
  },
  'slow headers and slow bodies': async (target, _, isOn) => {
    const body = `POST /api/v1/session HTTP/1.1\r\nhost: h\r\ncontent-type: application/json\r\ncontent-length: 10000\r\n\r\n{`;
    await Promise.all([
      drip(target, 250, 'POST /api/v1/session HTTP/1.1\r\nhost: h\r\nx: ', isOn),
      drip(target, 250, body, isOn),
    ]);
  },
  '500 idle streams': async (target, { adminToken }, isOn) => {
    const head = `GET /api/v1/live HTTP/1.1\r\nhost: h\r\nauthorization: Bearer ${adminToken}\r\n\r\n`;
    await inLoops(500, isOn, async () => {
      const socket = target.open();
      socket.write(head);
      while (isOn() && !socket.destroyed && socket.readable) await wait(500);
      socket.destroy();
    });
  },
  'deep and wide JSON': async (target, { system, key }, isOn) => {
    const own = { ...json, authorization: `Bearer ${key}` };
    const records = `/api/v1/systems/${system}/records`;
    const bodies: [string, Record<string, string>, string][] = [
      ['/api/v1/session', json, `{"email":${nested(4_000)},"password":"x"}`],
      ['/api/v1/session', json, wide(1_500)],
      [`/api/v1/systems/${system}/match`, own, `{"data":${nested(100_000)}}`],
      [`/api/v1/systems/${system}/match`, own, `{"data":${wide(20_000)}}`],
      [records, own, nested(500_000)],
      [records, own, `[{"id":"1","data":${wide(80_000)}}]`],
      [records, { ...own, 'content-type': 'application/x-ndjson' }, `{"id":"1","data":${nested(400_000)}}`],
    ];
    await inLoops(7, isOn, (n) => target.send('POST', ...bodies[n % bodies.length]!));
  },
  'zip bombs': async (target, { system, key }, isOn) => {
    // It begins as a body does: what says nothing is refused sooner.
    const begun = gzipSync('[{"id":"1","data":{"id":"1"}},\n');
    const member = gzipSync(Buffer.alloc(64 * mib, 10));
    const bomb = Buffer.concat([begun, ...Array.from({ length: Math.ceil((10 * mib) / member.length) }, () => member)]);
    const packed = { authorization: `Bearer ${key}`, 'content-encoding': 'gzip' };
    const types = ['application/x-ndjson', 'application/json', 'text/csv'];
    await inLoops(6, isOn, (n) =>
      target.send('POST', `/api/v1/systems/${system}/records`, { ...packed, 'content-type': types[n % 3]! }, bomb),
    );
  },
  'long values': async (target, { system, key }, isOn) => {
    const own = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
    let id = 0;
    await inLoops(4, isOn, async (n) => {
      id += 1;
      const long = 'x'.repeat(n % 2 === 0 ? 480 * 1024 : 32 * 1024);
      const data = {
        id: `long-${id}`,
        given: long,
        family: `Long${n}`,
        email: `${long}${id}@example.com`,
        phone: long,
      };
      const body = JSON.stringify({ id: data.id, data });
      await target.send('POST', `/api/v1/systems/${system}/records`, own, body);
      await target.send('POST', `/api/v1/systems/${system}/match`, { ...own, ...json }, JSON.stringify({ data }));
    });
  },
  patterns: async (target, { adminToken }, isOn) => {
    const own = { ...json, authorization: `Bearer ${adminToken}` };
    const evil = [
      '%_'.repeat(100),
      `${'a'.repeat(150)}%`,
      '((a+)+)+$'.repeat(20),
      `${'\\'.repeat(199)}%`,
      '_'.repeat(200),
    ];
    await inLoops(8, isOn, async (n) => {
      const search = evil[n % evil.length]!;
      await target.send('POST', '/api/v1/customers/search', own, JSON.stringify({ search }));
      await target.send('POST', '/api/v1/audit/search', own, JSON.stringify({ search }));
    });
  },
  'tiny requests and chunks': async (target, _, isOn) => {
    const filled = (head: string, text: string) => Buffer.from(head + text.repeat(Math.ceil((64 * kib) / text.length)));
    const chunked = 'POST /api/v1/session HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n';
    const bodies = [
      filled('', 'GET / HTTP/1.1\r\n\r\n'),
      filled(chunked, '1\r\n0\r\n'),
      filled('', 'GET / HTTP/1.1\r\nhost:h\r\n\r\n'),
      filled('', 'POST / HTTP/1.1\r\nhost:h\r\ncontent-length:1\r\n\r\n0'),
    ];
    await flood(target, 400, (n) => bodies[n % bodies.length]!, isOn);
  },
  'guessed keys': async (target, _, isOn) => {
    await inLoops(20, isOn, () => {
      const guess = `cinch_adipose_${Math.random().toString(36).repeat(4).slice(0, 43)}`;
      return target.send('GET', '/api/v1/status', { authorization: `Bearer ${guess}` });
    });
  },
};
