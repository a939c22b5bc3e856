import { createServer, type Server } from 'node:http';
import { isIP, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemError } from '../problem-error.ts';
import { callOut } from './call-out.ts';
import { parseEgressAllow } from './egress-allow.ts';
import { EgressPolicy } from './egress-policy.ts';

/** What names mean, in the place of a name server. */
const names: Record<string, string[]> = {
  'public.example': ['93.184.215.14'],
  localhost: ['127.0.0.1'],
  'here.example': ['127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'inner.example': ['10.1.2.3'],
  'both.example': ['93.184.215.14', '192.168.1.1'],
  'six.example': ['fe80::1'],
  '127.0.0.1.nip.example': ['127.0.0.1'],
};
const resolve = async (host: string) => (names[host] ?? []).map((address) => ({ address, family: isIP(address) }));
const policy = (allow = '') => new EgressPolicy(parseEgressAllow(allow), resolve);
const refused = async (url: string, allow = '') =>
  (await policy(allow)
    .mustAllow(url)
    .catch((error: { code: string }) => error.code)) === 'address-refused';

const inner = {
  'as they are':
    '127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 169.254.169.254 ' +
    '169.254.170.2 0.0.0.0 0.1.2.3 224.0.0.1 255.255.255.255 192.0.0.192 198.18.0.1 168.63.129.16 ' +
    '100.100.100.200',
  'as one number, in octal, in hexadecimal, with parts left out, with digits of another script':
    '2130706433 017700000001 0x7f000001 0177.0.0.1 0x7f.1 127.1 127.0.1 2852039166 0xA9FEA9FE ' +
    '１２７.０.０.１ 127。0。0。1',
  'IPv6, mapped, compatible, translated, tunnelled':
    '[::1] [::] [fe80::1] [fc00::1] [fd00:ec2::254] [ff02::1] [::ffff:127.0.0.1] [::ffff:7f00:1] ' +
    '[::ffff:169.254.169.254] [::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1] [2002:7f00:1::] ' +
    '[2001:0:7f00:1::] [0:0:0:0:0:ffff:a00:1] [::ffff:0:a9fe:a9fe] [::ffff:0:7f00:1] [0:0:0:0:ffff:0:a00:1] ' +
    '[2606:2800:21f:cb07:0:5efe:a9fe:a9fe] [2606:2800:21f:cb07:200:5efe:7f00:1] [2606:2800::5efe:127.0.0.1]',
  'by name':
    'localhost LOCALHOST here.example metadata.google.internal inner.example both.example ' +
    'six.example 127.0.0.1.nip.example',
};

describe('addresses that the hub may call', () => {
  it.each(
    Object.entries(inner).flatMap(([written, hosts]) => hosts.split(' ').map((host) => [written, host] as const)),
  )('refuses, %s, %s where nothing is allowed, whatever the way and the port', async (_, host) => {
    expect(await refused(`http://${host}/`)).toBe(true);
    expect(await refused(`https://${host}:8443/path`)).toBe(true);
  });

  it.each([
    'http://public.example/',
    'https://93.184.215.14:8443/',
    'http://[2606:2800:21f:cb07::1]/',
    'http://unknown.example/',
  ])('takes %s', async (url) => expect(await refused(url)).toBe(false));

  it.each([
    ['loopback', 'http://127.0.0.1:9/', 'http://10.0.0.1/'],
    ['loopback', 'http://[::1]:9/', 'http://metadata.google.internal/'],
    ['private', 'http://10.0.0.1/', 'http://127.0.0.1/'],
    ['private', 'http://inner.example/', 'http://169.254.169.254/'],
    ['private', 'http://[fd12::1]/', 'http://[fd00:ec2::254]/'],
    ['private', 'http://100.64.0.1/', 'http://100.100.100.200/'],
    ['10.1.0.0/16', 'http://inner.example/', 'http://10.2.0.1/'],
    ['0.0.0.0/0', 'http://10.2.0.1/', 'http://169.254.169.254/'],
    ['169.254.10.0/24', 'http://169.254.10.1/', 'http://169.254.169.254/'],
    ['here.example:3001', 'http://here.example:3001/', 'http://here.example:3002/'],
    ['here.example', 'https://here.example/', 'http://localhost/'],
    ['metadata.google.internal, 127.0.0.1:80', 'http://127.0.0.1/', 'http://metadata.google.internal/'],
    ['169.254.169.254:80', 'http://169.254.169.254/', 'http://169.254.169.254:81/'],
  ])('by EGRESS_ALLOW=%s takes %s and refuses %s', async (allow, taken, left) => {
    expect([await refused(taken, allow), await refused(left, allow)]).toEqual([false, true]);
  });

  it.each(['http://x', '10.0.0.0/99', 'a b', 'user@host', '10.0.0.1/x'])(
    'says which entry of EGRESS_ALLOW it cannot read: %s',
    (entry) => {
      expect(() => parseEgressAllow(`loopback,${entry}`)).toThrow(entry);
    },
  );

  it.each([
    ['http://169.254.169.254/', false],
    ['http://[fe80::1]/', false],
    ['http://metadata.google.internal/', false],
    ['http://100.100.100.200/', false],
    ['http://10.0.0.1/', true],
  ])('of %s, EGRESS_ALLOW is the way: %s', async (url, isTheWay) => {
    const { detail } = await policy()
      .mustAllow(url)
      .then(
        () => ({ detail: '' }),
        (error: ProblemError) => error,
      );
    expect([detail !== '', detail?.includes('EGRESS_ALLOW')]).toEqual([true, isTheWay]);
  });

  it('refuses a name and a password in an address', async () => {
    expect(await refused('http://me:secret@public.example/')).toBe(true);
  });
});

describe('a name that means something else when it is called', () => {
  let server: Server;
  let calls = 0;
  beforeAll(async () => {
    server = createServer((_, response) => {
      calls += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const call = async (using: EgressPolicy, host: string) => {
    const url = new URL(`http://${host}:${(server.address() as AddressInfo).port}/`);
    const asked = { method: 'GET', headers: {}, mostBytes: 100, signal: AbortSignal.timeout(5_000) } as const;
    return callOut(using, url, asked).then(
      ({ status }) => status,
      (error: { reason: string }) => error.reason,
    );
  };

  it('is not called: it is looked at again at the connection, and what was looked at is what is connected', async () => {
    const answers = ['93.184.215.14', '127.0.0.1'];
    const changing = new EgressPolicy(parseEgressAllow(''), async () => [
      { address: answers.shift() ?? '127.0.0.1', family: 4 },
    ]);
    await changing.mustAllow('http://changing.example/');
    expect(await call(changing, 'changing.example')).toBe('address-refused');
    expect(calls).toBe(0);
  });

  it('is not called where only one of its addresses is an inner one', async () => {
    names['mixed.example'] = ['93.184.215.14', '127.0.0.1'];
    expect(await call(policy(), 'mixed.example')).toBe('address-refused');
    expect(await call(policy(), '127.0.0.1')).toBe('address-refused');
    expect(calls).toBe(0);
  });

  it('is called where the configuration allows what it means', async () => {
    expect(await call(policy('loopback'), 'here.example')).toBe(200);
    expect(calls).toBe(1);
  });
});
