import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { anArmedSystem, runOf, startRun, type ArmedSystem } from '../../test/armed-system.ts';
import { ListeningHub } from '../../test/listening-hub.ts';
import { TokenSeal } from '../platform/token-seal.ts';
import { Database } from '../platform/transaction.ts';
import { SealTokens } from './seal-tokens.ts';

const token = 'only-for-this-test';

describe('the tokens of adapters at rest', () => {
  let hub: ListeningHub;
  let shop: ArmedSystem;
  const shown: (string | undefined)[] = [];
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    shop = await anArmedSystem(hub, 'shop');
    shop.target.trouble = (request) => {
      shown.push(request.headers.authorization);
      return false;
    };
  });
  afterAll(async () => {
    await hub?.close();
    await shop?.target.close();
  });

  const sql = <Row>(text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query<Row>(text));
  const stored = async () => (await sql<{ row: string }>('select row_to_json(s)::text as row from system s'))[0]!.row;
  const refreshed = async () => {
    shown.length = 0;
    const runId = await startRun(hub, 'shop', 'plan');
    await expect.poll(async () => (await runOf(hub, runId)).phase).toMatch(/failed|planned|closed/);
    return runOf(hub, runId);
  };

  it('are not to be read in the database, and are what the target is shown', async () => {
    expect(await stored()).toContain('adapter_token_key');
    expect(await stored()).not.toContain(token);
    expect((await refreshed()).phase).toBe('closed');
    expect(new Set(shown)).toEqual(new Set([`Bearer ${token}`]));
  });

  it('are in no exported configuration, which changes nothing when it is brought back', async () => {
    const exported = await hub.asAdmin('GET', '/api/v1/configuration');
    expect(exported.text).not.toContain(token);
    const { systems } = exported.json<{ systems: object[] }>();
    const again = { format: 1, systems: systems.map((system) => ({ ...system, adapterToken: token })) };
    for (const body of [exported.json<object>(), again])
      expect((await hub.asAdmin('PUT', '/api/v1/configuration', body)).json<{ count: number }>().count).toBe(0);
    expect((await refreshed()).phase).toBe('closed');
  });

  it('are sealed at the start of a hub whose database holds them as they are', async () => {
    await sql(`update system set adapter_token = '${token}', adapter_token_key = null`);
    expect((await refreshed()).phase).toBe('closed');
    await hub.hub.app.get(SealTokens).again();
    expect(await stored()).not.toContain(token);
    expect((await refreshed()).phase).toBe('closed');
  });

  it('that were sealed with another secret are asked for by name, and are taken', async () => {
    const { keyId, text } = new TokenSeal(['y'.repeat(40)]).seal(token);
    await sql(`update system set adapter_token = '${text}', adapter_token_key = '${keyId}'`);
    await hub.hub.app.get(SealTokens).again();
    const { phase, failure } = await refreshed();
    expect({ phase, shown }).toEqual({ phase: 'failed', shown: [] });
    expect(failure).toContain('The adapter token of shop was sealed with another secret');
    const exported = (await hub.asAdmin('GET', '/api/v1/configuration')).json<{ systems: object[] }>();
    const systems = exported.systems.map((system) => ({ ...system, adapterToken: token }));
    expect((await hub.asAdmin('PUT', '/api/v1/configuration', { format: 1, systems })).status).toBe(200);
    expect((await refreshed()).phase).toBe('closed');
  });
});

it('opens what a secret sealed that is to be replaced, and nothing that was changed', () => {
  const [before, after] = [new TokenSeal(['a'.repeat(32)]), new TokenSeal(['b'.repeat(32), 'a'.repeat(32)])];
  const sealed = before.seal(token);
  expect([after.open(sealed), after.isCurrent(sealed), after.isCurrent(after.seal(token))]).toEqual([
    token,
    false,
    true,
  ]);
  expect(before.open(after.seal(token))).toBe(null);
  const flipped = Buffer.from(sealed.text, 'base64');
  flipped[flipped.length - 1]! ^= 1;
  expect(before.open({ ...sealed, text: flipped.toString('base64') })).toBe(null);
  expect(before.open({ ...sealed, text: '' })).toBe(null);
});
