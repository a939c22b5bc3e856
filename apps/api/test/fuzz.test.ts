import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { FuzzedHub, mostGrowth, mostHeapGrowth, runsEach, type SendOne } from './fuzzing.ts';
import { aMapping, ListeningHub } from './listening-hub.ts';
import { malformed } from './malformed.ts';

let hub: FuzzedHub;
beforeAll(async () => {
  hub = await FuzzedHub.open(inject('postgresUrl'));
  await hub.warmUp(classes.map(([, send]) => send));
}, 600_000);
afterAll(() => hub?.close());

const pin = { attribute: 'name', value: { given: 'Jo', family: 'Doe' }, reason: 'asked', until: null };
const headers = { 'content-type': 'application/json' };

function asAdmin(method: string, path: string, valid: unknown): SendOne {
  return (random) => hub.call(method, path, { token: ListeningHub.adminToken, headers, raw: malformed(random, valid) });
}

function loads(valid: unknown): SendOne {
  return (random) =>
    hub.call('POST', '/api/v1/systems/shop/loads', { token: hub.key, headers, raw: malformed(random, valid) });
}

/** Completes, gives up and accepts loads in turn: those that the class before has opened, and some that were never there. */
function endingLoads(valid: unknown): SendOne {
  const acts = ['complete', 'accept', 'abort'];
  let turn = 0;
  return (random) => {
    turn += 1;
    return asAdmin('POST', `/api/v1/loads/${1 + (turn % 40)}/${acts[turn % acts.length]}`, valid)(random);
  };
}

const lists = [
  'customers?cursor=',
  'conflicts?cursor=',
  'records?state=',
  'refreshes?limit=',
  'batches/',
  'customers/',
  'loads/',
];
const asking: SendOne = (random) => {
  const asked = malformed(random, 'text').toString('latin1').slice(0, 2_000);
  const path = `/api/v1/${random.pick(lists)}${encodeURIComponent(asked)}`;
  return hub.call('GET', path, { token: ListeningHub.adminToken });
};

const classes: [string, SendOne][] = [
  ['loads', loads({ asOf: '2026-01-02T03:04:05Z' })],
  ['loads that end', endingLoads({ expected: 5 })],
  ['mappings', asAdmin('POST', '/api/v1/systems/shop/mapping/check', { document: aMapping('shop') })],
  ['rules', asAdmin('PUT', '/api/v1/rules/survivorship', { document: { format: 1, rules: {} }, reason: 'asked' })],
  ['systems', asAdmin('POST', '/api/v1/systems', { code: 'other', name: 'Other' })],
  ['pins', asAdmin('POST', '/api/v1/customers/7f9c24e8-3b12-4fef-91e0-5a7b2c6d8e90/pins', pin)],
  ['reviews', asAdmin('POST', '/api/v1/match-reviews/decision', { records: [1, 2], same: true, reason: 'asked' })],
  ['lists', asking],
];

it.each(classes)('%s: whatever comes is taken or refused in words', { timeout: 1_200_000 }, async (_, send) => {
  expect(await hub.sendAll(send)).toBe(runsEach);
});

it('all that was accepted has its place, and memory stays flat', { timeout: 600_000 }, async () => {
  const { unplaced, grown, heapGrown } = await hub.outcome();
  expect(unplaced).toBe(0);
  expect(grown).toBeLessThan(mostGrowth);
  expect(heapGrown).toBeLessThan(mostHeapGrowth);
});
