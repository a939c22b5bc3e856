import {
  changeRequestPage,
  decisionMade,
  errorCausePage,
  errorEntryPage,
  keyMade,
  linkMade,
  mappingPublished,
  matchReviewPage,
  replayAnswer,
  system as systemSchema,
  type RefreshRun,
  type Role,
} from '@cinch/api-contract';
import { drained, onDatabase } from '../stack/drained.ts';
import type { HubApi } from '../stack/hub-api.ts';
import { sharedCustomers, type SharedCustomer } from '../stack/shared-customer.ts';
import { setAdiposePhone, setBellyfatCreditLimit, setBellyfatPhone } from '../stack/system-api.ts';
import type { StackAddress } from '../stack/throwaway-stack.ts';

export type FullDesk = Awaited<ReturnType<typeof fillDesk>>;

const reason = 'Called the customer: this one rings.';
const shop = { code: 'shop', name: 'Front shop' };
const shopMapping = (key: string) => ({
  format: 1,
  system: shop.code,
  key: { path: key },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'given' }, family: { path: 'family' } } },
    { attribute: 'birthDate', path: 'born' },
    { attribute: 'email.primary', path: 'mail' },
  ],
});

/** A demo in whose every list something stands: what waits for a person, what went wrong, what was decided, and runs of every end. */
export async function fillDesk(stack: StackAddress, hub: HubApi) {
  const customers = await sharedCustomers(hub, 9);
  const [open, chosen, pinned, asking, refused, ...moved] = customers as [
    SharedCustomer,
    SharedCustomer,
    SharedCustomer,
    SharedCustomer,
    SharedCustomer,
  ];
  for (const { adiposeKey, bellyfatKey } of [open, chosen]) {
    await setAdiposePhone(stack.adiposeUrl, adiposeKey, '2025550187');
    await setBellyfatPhone(stack.bellyfatUrl, bellyfatKey, '+13125550146');
  }
  for (const { bellyfatKey } of [asking, refused])
    await setBellyfatCreditLimit(stack.bellyfatUrl, bellyfatKey, '12345.00');
  for (const [place, { adiposeKey }] of (moved as SharedCustomer[]).entries())
    await setAdiposePhone(stack.adiposeUrl, adiposeKey, `415555016${place}`);
  await drained(stack, hub);

  const conflicts = await hub.openConflicts();
  const conflictOf = ({ customerId, name }: SharedCustomer) => {
    const found = conflicts.find((conflict) => conflict.customerId === customerId);
    if (!found) throw new Error(`No conflict over the phone of ${name} has opened.`);
    return found;
  };
  const { candidates, conflictId: closedConflict } = conflictOf(chosen);
  const [older] = candidates.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  await hub.send(decisionMade, 'POST', `/conflicts/${closedConflict}/resolution`, {
    chosen: older!.assertionId,
    basis: candidates.map(({ assertionId }) => assertionId),
    reason,
  });
  const pin = { attribute: 'phone.primary', value: '+12025550123', reason };
  await hub.send(decisionMade, 'POST', `/customers/${pinned.customerId}/pins`, pin);
  const { requests } = await hub.answer(changeRequestPage, '/change-requests');
  const request = requests.find(({ customerId }) => customerId === refused.customerId)!;
  await hub.send(decisionMade, 'POST', `/change-requests/${request.requestId}/answer`, { accepted: false, reason });

  const errors = await fillErrors(stack, hub);
  const [pair, judged] = await judgeOne(hub);
  const runs = await fillRuns(stack, hub);
  return {
    open,
    chosen,
    pinned,
    asking,
    conflict: conflictOf(open).conflictId,
    closedConflict,
    pair,
    judged,
    runs,
    errors,
  };
}

/** A system that pushes only: lines that cannot be read, a part that cannot, and a customer that it keeps twice. */
async function fillErrors(stack: StackAddress, hub: HubApi) {
  await hub.send(systemSchema, 'POST', '/systems', shop);
  await hub.send(mappingPublished, 'PUT', `/systems/${shop.code}/mapping`, { document: shopMapping('number') });
  const { key } = await hub.send(keyMade, 'POST', `/systems/${shop.code}/keys`, { name: 'till' });
  const push = async (lines: { id: string; data: Record<string, string> }[]) => {
    const body = lines.map(({ id, data }) => ({ id, version: 1, data: { id, ...data } }));
    const headers = { authorization: `Bearer ${key}` };
    const pushed = await hub.call(`/systems/${shop.code}/records`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!pushed.ok) throw new Error(`${shop.name} should push, but was answered: ${await pushed.text()}`);
    await drained(stack, hub);
  };
  await push([
    { id: 'f1', data: { given: 'Odd', family: 'Quill' } },
    { id: 'f2', data: { given: 'Odd', family: 'Rooney' } },
  ]);
  await hub.send(replayAnswer, 'POST', '/errors/replay', { system: shop.code });
  await drained(stack, hub);
  await hub.send(mappingPublished, 'PUT', `/systems/${shop.code}/mapping`, { document: shopMapping('id') });
  const twice = { given: 'Philippa', family: 'Twice', born: '1980-02-03', mail: 'philippa.twice@example.com' };
  await push([
    { id: 'd1', data: twice },
    { id: 'd2', data: twice },
    { id: 'd3', data: { given: 'Tess', family: 'Typo', born: 'the third of May' } },
    { id: 'e1', data: { given: 'Wanda', family: 'Mirror' } },
    { id: 'e2', data: { given: 'Wanda', family: 'Mirror' } },
  ]);
  // One version with two contents: somebody is asked about it.
  for (const family of ['Hold', 'Holt']) await push([{ id: 'h1', data: { given: 'Hedda', family } }]);
  const { causes } = await hub.answer(errorCausePage, '/errors');
  const cause = causes.find(({ kind }) => kind === 'line')!.cause;
  const { entries } = await hub.answer(errorEntryPage, `/errors/entries?cause=${cause}`);
  return { cause, entry: entries[0]!.errorId };
}

/** Two pairs of customers that look alike: one waits, one was said to be two customers. */
async function judgeOne(hub: HubApi) {
  const { reviews } = await hub.answer(matchReviewPage, '/match-reviews');
  const [waits, said] = reviews.map(({ evidence }) => evidence.records);
  if (!waits || !said) throw new Error('The demo should have two pairs of customers that look alike.');
  await hub.send(decisionMade, 'POST', '/match-reviews/decision', { records: said, same: false, reason });
  return [waits, said] as const;
}

/** A run that closed with exceptions, one whose plan waits, and one that is braked. */
async function fillRuns(stack: StackAddress, hub: HubApi) {
  const [lost, ...drifted] = (await sharedCustomers(hub, 6, 20)) as [SharedCustomer, ...SharedCustomer[]];
  await onDatabase(stack.databaseUrls.bellyfat!, (client) =>
    client.query('delete from customer where customer_id = $1', [lost.bellyfatKey]),
  );
  const closed = await hub.refresh('bellyfat');
  await onDatabase(stack.databaseUrls.adipose!, (client) => client.query("update customer set phone = '2025550100'"));
  const plan = (system: string) =>
    hub.send({ parse: (run) => run as RefreshRun }, 'POST', '/refreshes', { system, mode: 'plan' });
  const braked = await hub.heard((await plan('adipose')).runId);
  await onDatabase(stack.databaseUrls.bellyfat!, (client) =>
    client.query(
      `update customer set document = jsonb_set(document::jsonb, '{phones}', '[]')::json where customer_id = any($1)`,
      [drifted.map(({ bellyfatKey }) => bellyfatKey)],
    ),
  );
  const planned = await hub.heard((await plan('bellyfat')).runId);
  return { closed: closed.runId, braked: braked.runId, planned: planned.runId, states: [closed, braked, planned] };
}

export interface Person {
  role: Role;
  email: string;
  password: string;
}

/** One person of each role besides the admin of the first start, one who was invited and has not come, and one who is out. */
export async function fillPeople(stack: StackAddress, hub: HubApi) {
  const password = 'five green otters swim';
  const invite = (name: string, role: Role) =>
    hub.send(linkMade, 'POST', '/users', { name, email: `${name.split(' ')[0]!.toLowerCase()}@example.com`, role });
  const join = async (name: string, role: Role): Promise<Person & { userId: string }> => {
    const { token, user } = await invite(name, role);
    await hub.call('/links/use', { method: 'POST', body: JSON.stringify({ token, password }) });
    return { role, email: user.email, password, userId: user.userId };
  };
  const steward = await join('Stella Steward', 'steward');
  const auditor = await join('Alma Auditor', 'auditor');
  const gone = await join('Gustav Gone', 'steward');
  await hub.call(`/users/${gone.userId}/disable`, { method: 'POST' });
  const { token } = await invite('Ina Invited', 'steward');
  const admin: Person = { role: 'admin', email: stack.adminEmail, password: stack.adminPassword };
  return { people: [admin, steward, auditor] as Person[], token };
}
