import { expect, it } from 'vitest';
import { databaseTroubleIn } from './database-trouble.ts';

const withCode = (code: string, message = 'some words') => Object.assign(new Error(message), { code });

it.each([
  ['53100', 'disk-full'],
  ['53200', 'database-busy'],
  ['53300', 'database-busy'],
  ['57014', 'database-busy'],
  ['55P03', 'database-busy'],
  ['40001', 'database-busy'],
  ['40P01', 'database-busy'],
  ['57P01', 'database-away'],
  ['57P03', 'database-away'],
  ['08006', 'database-away'],
  ['58030', 'database-away'],
  ['25006', 'database-read-only'],
  ['ECONNREFUSED', 'database-away'],
  ['23505', null],
  ['22021', null],
  ['42703', null],
  ['XX001', null],
  ['ENOENT', null],
])('takes %s for %s', (code, trouble) => {
  const error = Object.assign(withCode(code), code.startsWith('E') && { syscall: 'connect' });
  expect(databaseTroubleIn(error)?.code ?? null).toBe(trouble);
  const wrapped = new Error('it failed', { cause: error });
  expect(databaseTroubleIn(wrapped)?.code ?? null).toBe(trouble);
});

it.each([
  ['Connection terminated unexpectedly', 'database-away'],
  ['Connection terminated due to connection timeout', 'database-away'],
  ['timeout expired', 'database-away'],
  ['timeout exceeded when trying to connect', 'database-busy'],
  ['Query read timeout', 'database-busy'],
  ['Cannot read properties of undefined', null],
])('takes "%s" for %s', (message, trouble) => {
  expect(databaseTroubleIn(new Error(message))?.code ?? null).toBe(trouble);
});

it('takes a caller that breaks off for no trouble of the database', () => {
  expect(databaseTroubleIn(withCode('ECONNRESET', 'aborted'))).toBeNull();
  expect(databaseTroubleIn(withCode('ECONNABORTED', 'request aborted'))).toBeNull();
});
