import { fuzz, type SendOne } from './fuzzing.ts';
import { aMapping, ListeningHub } from './listening-hub.ts';
import { malformed } from './malformed.ts';

const pin = { attribute: 'name', value: { given: 'Jo', family: 'Doe' }, reason: 'asked', until: null };
const headers = { 'content-type': 'application/json' };

function asAdmin(method: string, path: string, valid: unknown): SendOne {
  return (random, hub) =>
    hub.call(method, path, { token: ListeningHub.adminToken, headers, raw: malformed(random, valid) });
}

function loads(valid: unknown): SendOne {
  return (random, hub) =>
    hub.call('POST', '/api/v1/systems/shop/loads', { token: hub.key, headers, raw: malformed(random, valid) });
}

/** Completes, gives up and accepts loads in turn: those that the class before has opened, and some that were never there. */
function endingLoads(valid: unknown): SendOne {
  const acts = ['complete', 'accept', 'abort'];
  let turn = 0;
  return (random, hub) => {
    turn += 1;
    return asAdmin('POST', `/api/v1/loads/${1 + (turn % 40)}/${acts[turn % acts.length]}`, valid)(random, hub);
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
const asking: SendOne = (random, hub) => {
  const asked = malformed(random, 'text').toString('latin1').slice(0, 2_000);
  const path = `/api/v1/${random.pick(lists)}${encodeURIComponent(asked)}`;
  return hub.call('GET', path, { token: ListeningHub.adminToken });
};

fuzz([
  ['loads', loads({ asOf: '2026-01-02T03:04:05Z' })],
  ['loads that end', endingLoads({ expected: 5 })],
  ['mappings', asAdmin('POST', '/api/v1/systems/shop/mapping/check', { document: aMapping('shop') })],
  ['rules', asAdmin('PUT', '/api/v1/rules/survivorship', { document: { format: 1, rules: {} }, reason: 'asked' })],
  ['systems', asAdmin('POST', '/api/v1/systems', { code: 'other', name: 'Other' })],
  ['pins', asAdmin('POST', '/api/v1/customers/7f9c24e8-3b12-4fef-91e0-5a7b2c6d8e90/pins', pin)],
  ['reviews', asAdmin('POST', '/api/v1/match-reviews/decision', { records: [1, 2], same: true, reason: 'asked' })],
  ['lists', asking],
]);
