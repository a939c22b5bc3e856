import { fuzz, type SendOne } from './fuzzing.ts';
import { malformed, malformedCsv } from './malformed.ts';

const row = { id: 'f1', given: 'Jo', family: 'Doe' };
const event = { specversion: '1.0', id: 'e', source: '/shop', subject: 'f1', rowversion: 3 };
const dated = { version: 1, changedAt: '2026-01-02T03:04:05Z' };

function post(path: string, type: string, valid: unknown): SendOne {
  return (random, hub) =>
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

fuzz([
  ['records by lines', post('records', 'application/x-ndjson', { id: 'f1', ...dated, data: row })],
  ['records in an array', post('records', 'application/json', [{ id: 'f1', version: 1, data: row }])],
  ['events', post('events', 'application/cloudevents-batch+json', events)],
  ['records as CSV', post('records', 'text/csv', csv)],
]);
