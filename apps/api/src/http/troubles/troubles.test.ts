import { status } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { LiveStream } from '../../../test/live-stream.ts';
import { Troubles } from '../../platform/troubles.ts';

describe('what is wrong with the hub as a whole', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
  });
  afterAll(() => hub?.close());

  const told = async (token = ListeningHub.adminToken) =>
    status.parse((await hub.call('GET', '/api/v1/status', { token })).json()).troubles;

  it('is told with what to do, and live: met by a process, paused by an admin', async () => {
    expect(await told()).toEqual([]);
    const stream = await LiveStream.open(hub, { authorization: `Bearer ${ListeningHub.adminToken}` });
    hub.hub.app.get(Troubles).meet('disk-full');
    await stream.changed('troubles');
    expect(await told()).toMatchObject([{ code: 'disk-full', system: null, words: expect.stringMatching(/full\. /) }]);
    hub.hub.app.get(Troubles).clear('disk-full');
    await stream.changed('troubles');
    await hub.asAdmin('PUT', '/api/v1/outbound', { outbound: 'paused', reason: 'a look at the plan' });
    await stream.changed('troubles');
    expect(await told()).toMatchObject([{ code: 'outbound-paused', since: expect.any(String) }]);
    await hub.asAdmin('PUT', '/api/v1/outbound', { outbound: 'on', reason: 'looked at' });
    await stream.changed('troubles');
    expect(await told()).toEqual([]);
    stream.close();
  });

  it('names to a system no other system', async () => {
    const [one] = [await hub.aSystem('one'), await hub.aSystem('two')];
    await hub.asAdmin('PUT', '/api/v1/systems/two/inbound', { inbound: 'paused' });
    expect(await told()).toMatchObject([{ code: 'inbound-paused', system: 'two' }]);
    expect(await told(one)).toEqual([]);
  });
});
