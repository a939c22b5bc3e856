import {
  batchAccepted,
  changeRequestPage,
  configuration,
  conflictPage,
  customerPage,
  decisionMade,
  errorEntryPage,
  keyMade,
  matchReviewPage,
  publishedMatchModel,
  survivorshipRules,
  takeBackPreview,
  publishedCanonicalModel,
} from '@cinch/api-contract';
import { drained } from '../stack/drained.ts';
import type { HubApi } from '../stack/hub-api.ts';
import type { StackAddress } from '../stack/throwaway-stack.ts';
import { payloads } from './payloads.ts';
import type { Sender } from './sender.ts';

const codes = ['shop', 'depot'] as const;
type Code = (typeof codes)[number];
type Keys = Record<Code, string>;

/** Unlike each other, so that records are one customer's only where that is wanted. */
const surnames = (
  'Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ironwood Juniper Katsura Larch Maple Nutmeg Oak Pine Quince Rowan Spruce Teak ' +
  'Upas Viburnum Willow Xylosma Yew Zelkova Acacia Baobab Cypress Ebony'
).split(' ');

const mapping = (system: string) => ({
  format: 1,
  system,
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'first' }, family: { path: 'last' } } },
    { attribute: 'birthDate', path: 'born' },
    { attribute: 'email.primary', path: 'mail' },
    {
      attribute: 'lifecycle',
      path: 'phase',
      absent: 'unknown',
      steps: [
        {
          step: 'codes',
          table: Object.fromEntries(payloads.map((text) => [text, 'active'])),
          writeAs: {
            active: payloads[0],
            prospect: payloads[0],
            dormant: payloads[0],
            former: payloads[0],
            deceased: payloads[0],
          },
        },
      ],
    },
    { attribute: 'address.primary', members: { lines: { paths: ['street'] }, locality: { path: 'town' } } },
  ],
});

/** Two systems whose customers, names, keys and values are all payloads: what the hub makes of it waits for a person. */
export async function pushPayloads(stack: StackAddress, sender: Sender): Promise<void> {
  const { hub } = sender;
  const keys = {} as Keys;
  for (const [place, code] of codes.entries()) {
    const name = payloads[place]!.slice(0, 80);
    await sender.send('POST', '/systems', { code, name });
    await sender.send('POST', `/systems/${code}/keys`, { name: payloads[3] });
    keys[code] = keyMade.parse(await sender.send('POST', `/systems/${code}/keys`, { name: payloads[4] })).key;
    await sender.send('PUT', `/systems/${code}/mapping`, { document: mapping(code), reason: payloads[7] });
    await sender.send('PUT', `/systems/${code}/mastering`, { mastering: 'on' });
    await sender.send('PUT', `/systems/${code}/scope`, {
      scope: { create: { attribute: 'identifier.national', in: payloads } },
      reason: payloads[8],
    });
  }
  const { document } = await hub.answer(survivorshipRules, '/rules/survivorship');
  const rules = document as { attributes: object };
  await sender.send('PUT', '/rules/survivorship', {
    document: { ...rules, attributes: { ...rules.attributes, name: { strategy: 'owner', system: 'shop' } } },
    reason: payloads[5],
  });
  const { document: model } = await hub.answer(publishedCanonicalModel, '/canonical-model');
  const { attributes, ...others } = model as { attributes: object[] };
  const named = payloads.map((text, n) => ({
    id: `text${n}`,
    number: 100 + n,
    label: text.slice(0, 80),
    shape: 'text',
  }));
  const labelled = payloads.map((text, n) => ({ code: `code${n}`, label: text.slice(0, 300).trim() }));
  await sender.send('PUT', '/canonical-model', {
    document: {
      ...others,
      attributes: [...attributes, ...named],
      codeSets: [{ id: 'texts', label: 'Texts', codes: labelled }],
    },
    reason: payloads[6],
  });
  for (const [n, text] of payloads.entries()) {
    await sender.send('POST', '/systems', { code: `text-${n}`, name: text.slice(0, 80) });
    const person = { name: text.slice(0, 80), email: `script${n}@example.com`, role: 'auditor' };
    await sender.send('POST', '/users', person);
  }
  const push = async (code: Code, version: number, row: (text: string, n: number) => Record<string, string>) => {
    const changedAt = new Date(Date.UTC(2026, 0, version)).toISOString();
    const body = payloads.map((text, n) => ({ version, changedAt, ...withId(`${code}${n}${text}`, row(text, n)) }));
    await sender.send('POST', `/systems/${code}/records`, body, keys[code]);
    await drained(stack, hub);
  };
  const other = (n: number) => payloads[(n + 1) % payloads.length]!;
  const shared = (text: string, n: number) => ({
    first: text,
    last: surnames[n]!,
    mail: `${surnames[n]!.toLowerCase()}@example.com`,
    street: `${n + 1} ${surnames[n]!} Road`,
  });
  for (const code of codes) await push(code, 1, shared);
  await push('shop', 2, (text, n) => ({ ...shared(text, n), street: text, town: 'Shopton' }));
  await push('depot', 3, (_, n) => ({ ...shared(other(n), n), street: other(n), town: 'Depotville' }));
  await pushMore(stack, sender, keys.shop);
  await takeBackOne(stack, sender, keys.shop);
  await setWithPayloads(sender);
}

/** What was told of one record is taken back, for a reason that is a payload. */
async function takeBackOne(stack: StackAddress, sender: Sender, key: string): Promise<void> {
  const record = { version: 1, ...withId('bad', { first: payloads[11]!, last: 'Zebrano' }) };
  const { batchId } = batchAccepted.parse(await sender.send('POST', '/systems/shop/records', [record], key));
  await drained(stack, sender.hub);
  const what = { batchId };
  const preview = await sender.send('POST', '/systems/shop/take-backs/preview', { what });
  const { entries } = takeBackPreview.parse(preview);
  const made = await sender.send('POST', '/systems/shop/take-backs', { what, entries, reason: payloads[11] });
  const { decisionId } = decisionMade.parse(made);
  await sender.send('POST', `/take-backs/${decisionId}/undo`, { reason: payloads[10] });
}

/** Pairs that look alike, parts and lines that cannot be read, and events. */
async function pushMore(stack: StackAddress, sender: Sender, key: string): Promise<void> {
  const alike = payloads.flatMap((text, n) =>
    ['one', 'other'].map((which) => ({
      version: 1,
      ...withId(`${which}${n}`, { first: text, last: `${surnames[n]!}stein` }),
    })),
  );
  await sender.send('POST', '/systems/shop/records', alike, key);
  const unread = payloads.map((text, n) => ({
    version: 1,
    ...withId(`u${n}${text}`, { last: `${surnames[n]!}ov`, born: text }),
  }));
  await sender.send('POST', '/systems/shop/records', unread, key);
  const strayed = payloads.map((text, n) => ({ id: `k${n}${text}`, version: 1, data: { id: text, last: text } }));
  await sender.send('POST', '/systems/shop/records', strayed, key);
  const events = payloads.map((text, n) => ({
    specversion: '1.0',
    type: 'customer.changed',
    id: `${n}${text}`,
    source: `/${text}`,
    subject: `e${n}${text}`,
    rowversion: 1,
    deliveryid: `d${n}${text}`,
    data: { id: `e${n}${text}`, first: text, last: `Mac${surnames[n]!}` },
  }));
  await sender.send('POST', '/systems/shop/events', events, key);
  await drained(stack, sender.hub);
}

/** What admins set: the reasons of rules, of the match model, of a configuration and of the switch that stops all sending. */
async function setWithPayloads(sender: Sender): Promise<void> {
  const { hub } = sender;
  const matching = await hub.answer(publishedMatchModel, '/rules/matching');
  await sender.send('PUT', '/rules/matching', { document: matching.document, reason: payloads[9] });
  const whole = await hub.answer(configuration, '/configuration');
  await sender.send('PUT', '/configuration', { ...whole, reason: payloads[10] });
  const { document, version: baseVersion } = await hub.answer(publishedMatchModel, '/rules/matching');
  const documents = [{ kind: 'matching', document, baseVersion }];
  await sender.send('POST', '/change-sets', { documents, reason: payloads[8] });
  for (const text of payloads) await sender.send('PUT', '/outbound', { outbound: 'on', reason: text });
}

/** What waits, and where it is looked at. */
export async function whatWaits(hub: HubApi) {
  const { conflicts } = await hub.answer(conflictPage, '/conflicts?state=open&limit=200');
  const { reviews } = await hub.answer(matchReviewPage, '/match-reviews?limit=100');
  const { requests } = await hub.answer(changeRequestPage, '/change-requests?limit=100');
  const { entries } = await hub.answer(errorEntryPage, '/errors/entries?limit=100');
  const { customers } = await hub.answer(customerPage, '/customers?limit=200');
  return { conflicts, reviews, requests, entries, customers };
}

/** Every act of a person that takes a reason, with a payload for it; each payload is the reason of one act of most kinds. */
export async function decideWithPayloads(sender: Sender, waits: Awaited<ReturnType<typeof whatWaits>>): Promise<void> {
  const { hub } = sender;
  const decide = (path: string, body: object) => sender.send('POST', path, body);
  const reasonOf = (n: number) => payloads[n % payloads.length]!;
  for (const [n, { conflictId, candidates }] of waits.conflicts.entries()) {
    const basis = candidates.map(({ assertionId }) => assertionId);
    await decide(`/conflicts/${conflictId}/resolution`, { chosen: basis[0], basis, reason: reasonOf(n) });
  }
  for (const [n, { requestId }] of waits.requests.entries())
    await decide(`/change-requests/${requestId}/answer`, { accepted: false, reason: reasonOf(n) });
  for (const [n, { evidence }] of waits.reviews.entries())
    await decide('/match-reviews/decision', { records: evidence.records, same: false, reason: reasonOf(n) });
  const asked = new Set(waits.reviews.flatMap(({ customers }) => customers.map(({ customerId }) => customerId)));
  const own = waits.customers.filter(({ systems, customerId }) => systems.length === 1 && !asked.has(customerId));
  const [merged, into, excluded, reopened] = own.splice(0, 4);
  for (const [n, { customerId }] of waits.customers.filter(({ systems }) => systems.length === 2).entries()) {
    const { members } = await hub.customer(customerId);
    const pin = { attribute: 'name', value: { given: reasonOf(n), family: 'Pinned' }, reason: reasonOf(n) };
    await decide(`/customers/${customerId}/pins`, pin);
    if (n % 3 === 0)
      await decide(`/customers/${customerId}/split`, { records: [members[1]!.recordId], reason: reasonOf(n) });
  }
  const recordOf = async (customerId: string) => (await hub.customer(customerId)).members[0]!.recordId;
  const merge = { with: into!.customerId, reason: reasonOf(6), replaces: [] };
  const { decisionId } = decisionMade.parse(await decide(`/customers/${merged!.customerId}/merge`, merge));
  await decide(`/decisions/${decisionId}/undo`, { reason: reasonOf(5) });
  await decide(`/records/${await recordOf(excluded!.customerId)}/exclude`, { reason: reasonOf(7) });
  await decide(`/records/${await recordOf(reopened!.customerId)}/confirm-deleted`, { reason: reasonOf(8) });
}

/** A record as it is sent, its key in its data too. */
const withId = (id: string, data: Record<string, string>) => ({ id, data: { id, ...data } });
