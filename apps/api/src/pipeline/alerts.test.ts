import { createHmac } from 'node:crypto';
import type { Status } from '@cinch/api-contract';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../test/listening-hub.ts';
import { Clock } from '../platform/clock.ts';
import { Troubles } from '../platform/troubles.ts';
import { Database } from '../platform/transaction.ts';
import { signedHeaders } from '../stages/alerts/webhook.ts';
import { Alerts } from './alerts.ts';
import { DutyWatch } from './duty-watch.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const minute = 60_000;

interface Heard {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

describe('alerts by webhook', () => {
  const heard: Heard[] = [];
  let status = 204;
  let now = Date.UTC(2026, 2, 1);
  let listener: Server;
  let hub: ListeningHub;
  let alerts: Alerts;
  beforeAll(async () => {
    listener = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        heard.push({ headers: request.headers, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/alerts`;
    const environment = { ROLE: 'api', ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret };
    hub = await ListeningHub.open(inject('postgresUrl'), environment);
    hub.hub.app.get(Clock).now = () => now;
    alerts = hub.hub.app.get(Alerts);
    // Nobody is at work here: that is not what these tests are about.
    await hub.hub.app.get(DutyWatch).onApplicationShutdown();
    await hub.aSystem('shop');
  });
  afterAll(async () => {
    await hub?.close();
    await new Promise((resolve) => listener.close(resolve));
  });
  afterEach(() => {
    heard.length = 0;
    status = 204;
  });

  const sql = (text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query(text));
  const aRun = (phase: string, closedAt: string) =>
    sql(`insert into refresh_run (system_id, mode, phase, counts, started_by, started_at, closed_at, failure)
         values (1, 'plan', '${phase}', '{}', 'test', '2026-03-01', ${closedAt}, 'shop could not be reached')`);
  /** Looks, and tells all that is due. */
  const tellAll = async () => {
    now += minute;
    while (await alerts.next());
  };
  const troubles = () =>
    hub.hub.app
      .get(Troubles)
      .list()
      .map(({ code }) => code);
  const types = () => heard.map(({ body }) => (JSON.parse(body) as { type: string }).type);

  it('says nothing where all is well', async () => {
    await tellAll();
    expect(heard).toEqual([]);
  });

  it('tells once of a refresh that failed, signed over id, time and body', async () => {
    await aRun('failed', `'2026-03-01'`);
    await tellAll();
    await tellAll();
    expect(types()).toEqual(['refresh.failed']);
    const [{ headers, body }] = heard as [Heard];
    expect(JSON.parse(body)).toMatchObject({ data: { system: 'shop', reason: 'shop could not be reached' } });
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    const signature = createHmac('sha256', Buffer.alloc(24, 7)).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    expect(Number(headers['webhook-timestamp']) * 1000).toBeLessThanOrEqual(now);
  });

  it('tells of a refresh that nobody watches and that the brake holds', async () => {
    const brake = '[{"code":"changed-share","count":90,"of":100}]';
    await sql(`insert into refresh_run (system_id, mode, phase, counts, started_by, started_at, brake)
               values (1, 'full', 'planned', '{}', 'test', '2026-03-01', '${brake}')`);
    await tellAll();
    expect(types()).toEqual(['refresh.braked']);
    expect(JSON.parse(heard[0]!.body)).toMatchObject({ data: { system: 'shop', brake: JSON.parse(brake) as object } });
    await sql(`update refresh_run set phase = 'cancelled' where phase = 'planned'`);
  });

  it('tells once of a lane that has paused itself', async () => {
    const why = '{"count":501,"of":1000,"limit":0.1,"fromRows":500,"at":"2026-03-01T00:00:00.000Z"}';
    await sql(`update system set lane_braked = '${why}'`);
    await tellAll();
    await tellAll();
    expect(types()).toEqual(['lane.braked']);
    expect(JSON.parse(heard[0]!.body)).toMatchObject({ data: { system: 'shop', count: 501, limit: 0.1 } });
    await sql('update system set lane_braked = null');
  });

  it('tells once of a system that has not answered for a minute', async () => {
    const away = (since: string) =>
      sql(`update system set adapter_url = 'http://127.0.0.1:1', outbound = 'armed', away_since = ${since}`);
    await away(`'2026-03-01T00:00:00Z'`);
    await tellAll();
    await tellAll();
    expect(types()).toEqual(['system.away']);
    expect(JSON.parse(heard[0]!.body)).toMatchObject({ data: { system: 'shop', since: '2026-03-01T00:00:00.000Z' } });
    await sql(`update system set adapter_url = null, outbound = 'off', away_since = null`);
  });

  it('tries again under the same id until it is taken, later and later', async () => {
    status = 500;
    await aRun('failed', `'2026-03-01'`);
    await tellAll();
    expect(troubles()).toContain('alerts-unreachable');
    await alerts.next();
    expect(heard).toHaveLength(1);
    status = 204;
    await tellAll();
    await tellAll();
    expect(troubles()).not.toContain('alerts-unreachable');
    expect(heard).toHaveLength(2);
    expect(heard[1]!.headers['webhook-id']).toBe(heard[0]!.headers['webhook-id']);
  });

  it('tells of a run and of an inbox that do not move, once for each time', async () => {
    await aRun('hear', 'null');
    const records = [{ id: '1', data: { id: '1', given: 'Ada', family: 'Byron' } }];
    const key = await hub.asAdmin('POST', '/api/v1/systems/shop/keys', { name: 'test' });
    const { key: token } = key.json<{ key: string }>();
    expect((await hub.call('POST', '/api/v1/systems/shop/records', { token, body: records })).status).toBe(202);
    await tellAll();
    now += 5 * minute;
    await tellAll();
    expect(heard).toEqual([]);
    await sql(`update refresh_run set cursor = 'moved' where phase = 'hear'`);
    now += 5 * minute;
    await tellAll();
    expect(heard.map(({ body }) => (JSON.parse(body) as { data: { what: string } }).data.what)).toEqual([
      'inbox of shop',
    ]);
    now += 9 * minute;
    await tellAll();
    now += 20 * minute;
    await tellAll();
    expect(types()).toEqual(['stuck', 'stuck']);
    expect(heard.every(({ body }) => !/Ada|Byron/.test(body))).toBe(true);
  });
});

it('says at the start that the hub may not call its webhook', async () => {
  const environment = { ROLE: 'api', ALERT_WEBHOOK_URL: 'http://10.0.0.1/alerts', ALERT_WEBHOOK_SECRET: secret };
  const hub = await ListeningHub.open(inject('postgresUrl'), environment);
  try {
    await hub.hub.app.get(Alerts).lookAtWebhook();
    const { troubles } = (await hub.asAdmin('GET', '/api/v1/status')).json<Status>();
    expect(troubles).toContainEqual(
      expect.objectContaining({ words: expect.stringContaining('EGRESS_ALLOW') as string }),
    );
  } finally {
    await hub.close();
  }
});

it('signs as the published example of Standard Webhooks does', () => {
  const headers = signedHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'msg_p5jXN8AQM9LWM0D4loKWxJek',
    1_614_265_330_000,
    '{"test": 2432232314}',
  );
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});
