import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { FuzzedHub, mostGrowth, mostHeapGrowth, runsEach, type SendOne } from './fuzzing.ts';
import { malformed, malformedCsv } from './malformed.ts';

let hub: FuzzedHub;
beforeAll(async () => {
  hub = await FuzzedHub.open(inject('postgresUrl'));
  await hub.warmUp(classes.map(([, send]) => send));
}, 600_000);
afterAll(() => hub?.close());

const row = { id: 'f1', given: 'Jo', family: 'Doe' };
const event = { specversion: '1.0', id: 'e', source: '/shop', subject: 'f1', rowversion: 3 };
const dated = { version: 1, changedAt: '2026-01-02T03:04:05Z' };

function post(path: string, type: string, valid: unknown): SendOne {
  return (random) =>
    hub.call('POST', `/api/v1/systems/shop/${path}`, {
      token: hub.key,
      headers: { 'content-type': type },
      raw: typeof valid === 'string' ? malformedCsv(random, valid) : malformed(random, valid),
    });
}

const events = [
  { ...event, type: 'customer.changed', time: '2026-01-02T03:04:05Z', data: row },
  { ...event, type: 'customer.incremented', data: { points: 5 } },
];
const csv = 'id,given,family,note\nf1,Jo,"Doe, Jr.",\nf2,Ann,"Brook ""B""","two\nlines"\n';

const classes: [string, SendOne][] = [
  ['records by lines', post('records', 'application/x-ndjson', { id: 'f1', ...dated, data: row })],
  ['records in an array', post('records', 'application/json', [{ id: 'f1', version: 1, data: row }])],
  ['events', post('events', 'application/cloudevents-batch+json', events)],
  ['records as CSV', post('records', 'text/csv', csv)],
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
