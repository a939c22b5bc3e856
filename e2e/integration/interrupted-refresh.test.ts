import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/ports.ts';
import { type AdapterProxy, startAdapterProxy } from '../stack/adapter-proxy.ts';
import { drained } from '../stack/drained.ts';
import { type HubApi, hubApi } from '../stack/hub-api.ts';
import { type SharedCustomer, sharedCustomers } from '../stack/shared-customer.ts';
import { adiposeCustomer, setBellyfatPhone } from '../stack/system-api.ts';
import { newDataDir, startThrowawayStack, type ThrowawayStack } from '../stack/throwaway-stack.ts';

const limitMs = 120_000;
const admin = { email: 'admin@cinch.test', password: 'only-for-this-test', token: 'only-for-this-test-too' };

let dataDir: string;
let ports: { port: number; adipose: number; bellyfat: number };
let proxy: AdapterProxy;
let stack: ThrowawayStack;
let hub: HubApi;

const pidFile = () => join(dataDir, 'hub.pid');

async function start(): Promise<void> {
  const { port, ...systemPorts } = ports;
  stack = await startThrowawayStack({
    dataDir,
    admin,
    port,
    systemPorts,
    programs: { hub: fileURLToPath(new URL('./hub-behind-proxy.ts', import.meta.url)) },
    env: { PROXIED_ADIPOSE_URL: proxy.url, HUB_PID_FILE: pidFile() },
  });
  hub = hubApi(stack);
}

beforeAll(async () => {
  dataDir = newDataDir();
  ports = { port: await freePort(), adipose: await freePort(), bellyfat: await freePort() };
  proxy = await startAdapterProxy(`http://127.0.0.1:${ports.adipose}`);
  await start();
}, limitMs);

afterAll(async () => {
  await stack?.stop();
  await proxy?.close();
});

test(
  'a receipt lost on the way: the run repeats the same deliveries, and nothing is applied twice',
  async () => {
    const edited = await sharedCustomers(hub, 5);
    const before = await rowsOf(edited);
    await editInBellyfat(edited, '20255502');
    const sentBefore = proxy.upserts.length;

    proxy.cutNextAnswer();
    const run = await hub.refresh('adipose');

    expect(run, 'the refresh closes equal').toMatchObject({
      phase: 'closed',
      closing: expect.stringMatching(/^equal as of /),
    });
    expect(run.counts, 'each edit was applied once').toMatchObject({ change: 5, applied: 5, failed: 0 });
    const [first, second, ...more] = proxy.upserts.slice(sentBefore).map(deliveriesOf);
    expect(second, 'the cut delivery is repeated under the same ids').toEqual(first);
    expect(more, 'and sent no third time').toEqual([]);
    await expectOneVersionMore(edited, before, '20255502');
  },
  limitMs,
);

test(
  'a hub killed in the middle of a refresh finishes it after its restart, and nothing is applied twice',
  async () => {
    const edited = await sharedCustomers(hub, 40, 10);
    const before = await rowsOf(edited);
    await editInBellyfat(edited, '30355503');
    const sentBefore = proxy.upserts.length;

    // Adipose has written, and the hub is dead before it can hear so: the worst moment there is.
    proxy.cutNextAnswer(async () => {
      process.kill(Number(readFileSync(pidFile(), 'utf8')), 'SIGKILL');
      await stack.broken;
    });
    const { runId } = await hub.startRefresh('adipose');
    await hub.release({ runId });
    expect(await stack.broken, 'the hub was killed').toContain('the hub ended with SIGKILL');
    await stack.stop({ keepData: true });
    await start();

    const run = await hub.ended(runId);
    expect(run, 'the same run closes equal after the restart').toMatchObject({
      phase: 'closed',
      closing: expect.stringMatching(/^equal as of /),
    });
    expect(run.counts, 'each edit was applied once').toMatchObject({ change: 40, applied: 40, failed: 0 });
    const [first, second] = proxy.upserts.slice(sentBefore).map(deliveriesOf);
    expect(second, 'the deliveries of the dead hub are repeated under the same ids').toEqual(first);
    await expectOneVersionMore(edited, before, '30355503');

    const next = await hub.refresh('adipose');
    expect(next, 'the next refresh finds nothing to do').toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { change: 0, heard: 0 },
    });
    expect(await hub.openConflicts(), 'no conflict opened').toEqual([]);
  },
  limitMs,
);

const phoneOf = (prefix: string, place: number) => `${prefix}${String(place).padStart(2, '0')}`;

async function editInBellyfat(customers: readonly SharedCustomer[], prefix: string): Promise<void> {
  for (const [place, { bellyfatKey }] of customers.entries())
    await setBellyfatPhone(stack.bellyfatUrl, bellyfatKey, `+1${phoneOf(prefix, place)}`);
  await drained(stack, hub);
}

function rowsOf(customers: readonly SharedCustomer[]) {
  return Promise.all(customers.map(({ adiposeKey }) => adiposeCustomer(stack.adiposeUrl, adiposeKey)));
}

function deliveriesOf(body: string): string[] {
  return (JSON.parse(body) as { items: { deliveryId: string }[] }).items.map(({ deliveryId }) => deliveryId);
}

async function expectOneVersionMore(
  customers: readonly SharedCustomer[],
  before: Awaited<ReturnType<typeof rowsOf>>,
  prefix: string,
): Promise<void> {
  const asWanted = before.map((row, place) => ({ key: row.acct_no, phone: phoneOf(prefix, place), ver: row.ver + 1 }));
  const now = (await rowsOf(customers)).map(({ acct_no: key, phone, ver }) => ({ key, phone, ver }));
  expect(now, 'Adipose holds every edited phone, each row exactly one version further').toEqual(asWanted);
}
