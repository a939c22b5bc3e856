import type { Customer, OwnRecord, SurvivorshipRules } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Worker } from '../../pipeline/worker.ts';
import { aMapping, ListeningHub } from '../../../test/listening-hub.ts';

let hub: ListeningHub;
beforeAll(async () => {
  hub = await ListeningHub.open(inject('postgresUrl'));
});
afterAll(() => hub?.close());

it('shows what the only system of an empty hub says of values and lists that the reference systems would own', async () => {
  const token = await hub.aSystem('shop', {
    ...aMapping('shop'),
    attributes: [
      ...aMapping('shop').attributes,
      { attribute: 'birthDate', path: 'born' },
      { attribute: 'points', path: 'points' },
      { attribute: 'lifecycle', path: 'phase' },
    ],
    lists: [{ list: 'products', path: 'items', members: { sku: { path: 'sku' } } }],
  });
  const data = { id: '1', given: 'Lotte', family: 'Visscher', born: '1987-07-07', points: 120, phase: 'active' };
  const body = [{ id: '1', data: { ...data, items: [{ sku: 'WASH-7' }] } }];
  expect((await hub.call('POST', '/api/v1/systems/shop/records', { token, body })).status).toBe(202);
  await hub.hub.app.get(Worker).drained();
  const { customerId } = (await hub.call('GET', '/api/v1/systems/shop/records/1', { token })).json<OwnRecord>();
  const { values } = (await hub.asAdmin('GET', `/api/v1/customers/${customerId}`)).json<Customer>();
  expect(values.map(({ attribute, value }) => [attribute, value])).toEqual(
    expect.arrayContaining([
      ['birthDate', '1987-07-07'],
      ['points', 120],
      ['lifecycle', 'active'],
      ['products:["WASH-7",null]', { sku: 'WASH-7' }],
    ]),
  );
  const rules = (await hub.asAdmin('GET', '/api/v1/rules/survivorship')).json<SurvivorshipRules>();
  expect(JSON.stringify(rules.document)).not.toMatch(/adipose|bellyfat/);
});
