import { expect, it } from 'vitest';
import { readEnvironment } from './environment.ts';

const good = { DATABASE_URL: 'postgres://hub@localhost/cinch', AUTH_SECRET: 'x'.repeat(32) };

it('fills in what is not given, an empty variable being none', () => {
  expect(readEnvironment({ ...good, PORT: '' })).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    demo: [],
    adminToken: null,
  });
});

it('lists every bad variable at once', () => {
  const read = () =>
    readEnvironment({ PORT: 'x', DATABASE_URL: 'mysql://x', DEMO: 'on', ADIPOSE_URL: 'http://localhost:1' });
  for (const name of ['PORT', 'DATABASE_URL', 'AUTH_SECRET', 'ADIPOSE_HUB_KEY', 'BELLYFAT_URL']) {
    expect(read).toThrow(new RegExp(`^  ${name}: `, 'm'));
  }
});

it('takes a process for everything unless told what it is for, and knows no other role', () => {
  expect(readEnvironment(good).role).toBe('all');
  expect(readEnvironment({ ...good, ROLE: 'worker' }).role).toBe('worker');
  expect(() => readEnvironment({ ...good, ROLE: 'helper' })).toThrow(/^ {2}ROLE: /m);
});

it('takes a webhook with a secret of the right form only, and both or none', () => {
  const webhook = {
    ALERT_WEBHOOK_URL: 'https://alerts.example.com/cinch',
    ALERT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24).toString('base64')}`,
  };
  expect(readEnvironment(good).webhook).toBeNull();
  const { url, secret } = readEnvironment({ ...good, ...webhook }).webhook!;
  expect([url, secret]).toEqual(Object.values(webhook));
  expect(() => readEnvironment({ ...good, ...webhook, ALERT_WEBHOOK_SECRET: '' })).toThrow(/both or none/);
  for (const bad of ['whsec_c2hvcnQ=', `whsec_${'!'.repeat(40)}`, Buffer.alloc(24).toString('base64')]) {
    expect(() => readEnvironment({ ...good, ...webhook, ALERT_WEBHOOK_SECRET: bad })).toThrow(
      /ALERT_WEBHOOK_SECRET: must/,
    );
  }
});
