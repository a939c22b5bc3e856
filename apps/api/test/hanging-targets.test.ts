import type { ServerResponse } from 'node:http';
import { outwardLimits, status } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { anArmedSystem, pushPerson, runOf, startRun, type ArmedSystem } from './armed-system.ts';
import { ListeningHub } from './listening-hub.ts';

/** Far below any deadline of a call, far above what the hub needs by itself. */
const soon = { timeout: 3_000 };

describe('a target that does not answer', () => {
  let hub: ListeningHub;
  let slow: ArmedSystem;
  let quick: ArmedSystem;
  let shop: string;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    shop = await hub.aSystem('shop');
    slow = await anArmedSystem(hub, 'slow');
    quick = await anArmedSystem(hub, 'quick');
  });
  afterAll(async () => {
    await slow?.target.close();
    await quick?.target.close();
  });

  /** Calls that the target got and does not answer, with how many the hub has let go of. */
  const held = { calls: [] as ServerResponse[], cut: 0 };
  const hang = (method: string) => {
    slow.target.trouble = (request, response) => {
      if (request.method !== method) return false;
      held.calls.push(response);
      response.on('close', () => (held.cut += 1));
      return true;
    };
  };
  const heal = () => {
    slow.target.trouble = null;
    for (const response of held.calls.splice(0)) response.destroy();
  };

  it('delays no change to another system', async () => {
    hang('POST');
    await pushPerson(hub, 'shop', shop, 'A');
    await expect.poll(() => quick.target.shown().length, soon).toBe(1);
    await pushPerson(hub, 'shop', shop, 'B');
    await expect.poll(() => quick.target.shown().length, soon).toBe(2);
    expect(slow.target.shown()).toEqual([]);
    heal();
    await expect.poll(() => slow.target.shown().length, { timeout: 10_000 }).toBe(2);
  });

  it('delays no refresh of another system', async () => {
    hang('GET');
    const hanging = await startRun(hub, 'slow', 'full');
    const other = await startRun(hub, 'quick', 'full');
    await expect.poll(async () => (await runOf(hub, other)).closing, soon).toMatch(/^equal as of /);
    expect((await runOf(hub, hanging)).closing).toBe(null);
    heal();
    await expect.poll(async () => (await runOf(hub, hanging)).closing, { timeout: 10_000 }).toMatch(/^equal as of /);
  });

  it('is told to be away while its call is still waited for, and to be back once it answers', async () => {
    const away = async () => {
      const { troubles } = status.parse((await hub.asAdmin('GET', '/api/v1/status')).json());
      return troubles.filter(({ code }) => code === 'system-away').map(({ system }) => system);
    };
    hang('POST');
    await pushPerson(hub, 'shop', shop, 'C');
    await expect.poll(away, { timeout: outwardLimits.silentMs + soon.timeout }).toEqual(['slow']);
    heal();
    await expect.poll(away, { timeout: 10_000 }).toEqual([]);
  });

  it('is let go of when its refresh is cancelled, and nothing is written of it afterwards', async () => {
    hang('GET');
    held.cut = 0;
    const runId = await startRun(hub, 'slow', 'full');
    await expect.poll(() => held.calls.length, soon).toBe(1);
    await hub.asAdmin('POST', `/api/v1/refreshes/${runId}/cancel`);
    await expect.poll(() => held.cut, soon).toBe(1);
    heal();
    // The system is worked for again at once.
    const next = await startRun(hub, 'slow', 'full');
    await expect.poll(async () => (await runOf(hub, next)).closing, soon).toMatch(/^equal as of /);
    expect(await runOf(hub, runId)).toMatchObject({ phase: 'cancelled', counts: { listed: 0 } });
  });

  it('does not keep the hub from being stopped', async () => {
    hang('GET');
    await startRun(hub, 'slow', 'full');
    await expect.poll(() => held.calls.length, soon).toBe(1);
    const began = performance.now();
    await hub.close();
    expect(performance.now() - began).toBeLessThan(soon.timeout);
  });
});
