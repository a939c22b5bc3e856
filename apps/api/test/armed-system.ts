import type { RefreshRun } from '@cinch/api-contract';
import { defaultLimits } from '@cinch/canonical-model';
import { expect } from 'vitest';
import { SteadySystem } from '../../../e2e/crash/steady-system.ts';
import { unlikeName } from '../../../e2e/crash/unlike-name.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { aMapping, ListeningHub } from './listening-hub.ts';

/** A system that the hub refreshes and whose lane is on, as small as can be; its target can be made to misbehave. */
export interface ArmedSystem {
  target: SteadySystem;
  key: string;
}

/** Nothing is too much: for tests of something else, which write many rows. */
export const unbraked = Object.fromEntries(
  Object.keys(defaultLimits).map((name) => [name, name.endsWith('Share') ? 1 : 1_000_000]),
) as Record<keyof typeof defaultLimits, number>;

export async function anArmedSystem(hub: ListeningHub, code: string): Promise<ArmedSystem> {
  const target = await SteadySystem.open(code);
  const { url: adapterUrl, adapterToken } = target;
  const scope = { create: 'everybody', keep: 'everybody' };
  await hub.asAdmin('POST', '/api/v1/systems', { code, name: code, scope, adapterUrl, adapterToken });
  await hub.asAdmin('PUT', `/api/v1/systems/${code}/mapping`, { document: aMapping(code) });
  await hub.asAdmin('PUT', `/api/v1/systems/${code}/limits`, unbraked);
  // Nothing is armed before somebody has looked at one plan.
  const runId = await startRun(hub, code, 'plan');
  await hub.hub.app.get(Refresh).finished(runId);
  await hub.asAdmin('GET', `/api/v1/refreshes/${runId}/items`);
  await hub.asAdmin('PUT', `/api/v1/systems/${code}/outbound`, { outbound: 'armed' });
  if ((await runOf(hub, runId)).phase === 'planned') await hub.asAdmin('POST', `/api/v1/refreshes/${runId}/cancel`);
  await hub.asAdmin('PUT', `/api/v1/systems/${code}/lane`, { lane: 'on' });
  const made = await hub.asAdmin('POST', `/api/v1/systems/${code}/keys`);
  return { target, key: made.json<{ key: string }>().key };
}

export async function startRun(hub: ListeningHub, system: string, mode: 'plan' | 'full'): Promise<number> {
  return (await hub.asAdmin('POST', '/api/v1/refreshes', { system, mode })).json<{ runId: number }>().runId;
}

export async function runOf(hub: ListeningHub, runId: number): Promise<RefreshRun> {
  return (await hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();
}

/** The name of the person that is pushed under this id. */
export function nameOf(id: string): { given: string; family: string } {
  const family = unlikeName(id);
  return { given: unlikeName(family), family };
}

/** Pushes a new person. */
export async function pushPerson(hub: ListeningHub, from: string, key: string, id: string): Promise<void> {
  const line = { id, version: 1, data: { id, ...nameOf(id) } };
  const answer = await hub.call('POST', `/api/v1/systems/${from}/records`, { token: key, body: [line] });
  expect(answer.status).toBeLessThan(300);
}
