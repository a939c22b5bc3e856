import {
  changeRequestPage,
  conflictPage,
  customer,
  errorEntryPage,
  holdPage,
  publishedCanonicalModel,
  replayAnswer,
} from '@cinch/api-contract';
import type { SteadySystem } from '../../../e2e/crash/steady-system.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { Worker } from '../src/pipeline/worker.ts';
import { anArmedSystem, startRun } from './armed-system.ts';
import { StewardDesk } from './steward-desk.ts';

/** In every value that not everybody may see, and in nothing else; one is of an attribute that is sensitive as it ships. */
export const planted = /zyx|1989-11-02/i;

const added = [
  { id: 'occupation', shape: 'text', matching: 'trait', sensitivity: 'sensitive' },
  { id: 'employer', shape: 'text', sensitivity: 'confidential' },
  { id: 'loyalty', shape: 'identifier', sensitivity: 'sensitive' },
  { id: 'tier', shape: 'code', codeSet: 'tiers', sensitivity: 'sensitive' },
];
const clubs = {
  id: 'clubs',
  label: 'Clubs',
  number: 205,
  sensitivity: 'sensitive',
  members: [{ id: 'no', label: 'Number', shape: 'text', needed: true }],
  key: ['no'],
  words: ['{no}'],
};

/** A desk on which values that not everybody may see lie wherever values can lie. */
export class PlantedDesk {
  customers: string[] = [];
  conflictId = 0;
  holdId = 0;
  requestId = 0;
  errorId = 0;
  replayId = 0;
  runId = 0;
  loadId = 0;
  records: number[] = [];

  private constructor(
    readonly desk: StewardDesk,
    private readonly target: SteadySystem,
  ) {}

  static async open(): Promise<PlantedDesk> {
    const desk = await StewardDesk.open();
    await declare(desk);
    const { target } = await anArmedSystem(desk.hub, 'shop');
    await desk.hub.asAdmin('PUT', '/api/v1/systems/shop/lane', { lane: 'off' });
    for (const system of ['adipose', 'bellyfat', 'shop']) await map(desk, system);
    const planted = new PlantedDesk(desk, target);
    await planted.fill();
    return planted;
  }

  async close(): Promise<void> {
    await this.target.close();
    await this.desk.close();
  }

  private async fill(): Promise<void> {
    const { desk } = this;
    const people = ['Aumont', 'Brinkley', 'Cazorla', 'Dreyer'].map((family, n) => ({
      given: ['Odile', 'Tamsin', 'Ramiro', 'Ingolf'][n]!,
      family,
      birth: `19${60 + n}-0${n + 1}-1${n}`,
      phone: `+1202555010${n}`,
      email: `${family.toLowerCase()}@example.com`,
      trade: `Zyxbaker ${n}`,
      firm: `Zyxworks ${n}`,
      card: `ZYX-${n}`,
      clubs: [{ no: `Zyxclub ${n}` }],
    }));
    const rows = (prefix: string, more: readonly object[] = []) =>
      Object.fromEntries(people.map((person, n) => [`${prefix}${n}`, { ...person, ...more[n] }]));
    await desk.pushAll('adipose', rows('P-'));
    await desk.pushAll('bellyfat', rows('p_'));
    await desk.pushAll(
      'adipose',
      rows('P-', [{ trade: 'Zyxtailor' }, { trade: 'Zyxmason' }, { tier: 'Zyxgold', birth: 'Zyxday' }]),
    );
    await desk.pushAll('bellyfat', rows('p_', [{ trade: 'Zyxsmith' }, { trade: 'Zyxcook' }, { firm: 'Zyxmills' }]));
    // Without a key it is in the error log as a whole.
    await desk.asSystem('POST', 'adipose', 'records', [{ id: 'P-9', version: 99, data: { id: '', trade: 'Zyxlost' } }]);
    await desk.hub.hub.app.get(Worker).drained();
    const load = await desk.asSystem('POST', 'adipose', 'loads', {});
    this.loadId = load.json<{ loadId: number }>().loadId;
    this.customers = await desk.customersOf(['P-0', 'P-1', 'P-2', 'P-3']);
    const { conflicts } = await desk.get('/conflicts?limit=100', conflictPage);
    const decided = conflicts.find(({ customerId }) => customerId === this.customers[1])!;
    const basis = decided.candidates.map(({ assertionId }) => assertionId);
    await desk.decide(`/conflicts/${decided.conflictId}/resolution`, { chosen: basis[0], basis });
    await desk.decide(`/customers/${this.customers[3]}/pins`, { attribute: 'occupation', value: 'Zyxpilot' });
    // Somebody else by name, birth date and contacts.
    await desk.push('adipose', 'P-3', {
      ...people[3],
      given: 'Yasmin',
      family: 'Toprak',
      birth: '1989-11-02',
      phone: '+12025550199',
      email: 'toprak@example.com',
      trade: 'Zyxdiver',
    });
    await this.remember();
  }

  private async remember(): Promise<void> {
    const { desk } = this;
    const firstOf = <Thing>(things: readonly Thing[], what: string): Thing => {
      if (things[0] === undefined) throw new Error(`There is no ${what} on the desk.`);
      return things[0];
    };
    this.conflictId = firstOf((await desk.get('/conflicts', conflictPage)).conflicts, 'conflict').conflictId;
    this.holdId = firstOf((await desk.get('/holds', holdPage)).holds, 'hold').holdId;
    this.requestId = firstOf((await desk.get('/change-requests', changeRequestPage)).requests, 'request').requestId;
    this.errorId = firstOf((await desk.get('/errors/entries', errorEntryPage)).entries, 'error').errorId;
    const replay = await desk.hub.asAdmin('POST', '/api/v1/errors/replay', { system: 'adipose' });
    this.replayId = replayAnswer.parse(replay.json()).replayId!;
    await desk.hub.hub.app.get(Worker).drained();
    const members = (await desk.get(`/customers/${this.customers[0]}`, customer)).members;
    this.records = members.map(({ recordId }) => recordId);
    this.runId = await startRun(desk.hub, 'shop', 'plan');
    await desk.hub.hub.app.get(Refresh).finished(this.runId);
  }
}

async function declare(desk: StewardDesk): Promise<void> {
  const { document } = await desk.get('/canonical-model', publishedCanonicalModel);
  const { attributes, lists, ...rest } = document as { attributes: object[]; lists: object[] };
  const codes = [{ code: 'gold', label: 'Gold' }];
  const wanted = {
    ...rest,
    attributes: [...attributes, ...added.map((one, n) => ({ number: 200 + n, label: one.id, ...one }))],
    lists: [...lists, clubs],
    codeSets: [{ id: 'tiers', label: 'Tiers', codes }],
  };
  await must(desk, '/canonical-model', { document: wanted, reason: 'What not everybody may see' });
  const { document: rules } = (await desk.hub.asAdmin('GET', '/api/v1/rules/survivorship')).json<{
    document: { attributes: object };
  }>();
  const owned = { ...rules.attributes, employer: { strategy: 'owner', system: 'adipose' } };
  await must(desk, '/rules/survivorship', { document: { ...rules, attributes: owned }, reason: 'Adipose knows' });
}

async function map(desk: StewardDesk, system: string): Promise<void> {
  const { document } = (await desk.hub.asAdmin('GET', `/api/v1/systems/${system}/mapping`)).json<{
    document: { attributes: object[]; lists?: object[] };
  }>();
  const attributes = [
    { attribute: 'occupation', path: 'trade' },
    { attribute: 'employer', path: 'firm' },
    { attribute: 'loyalty', path: 'card' },
    { attribute: 'tier', path: 'tier', absent: 'unknown', steps: [{ step: 'crosswalk', crosswalk: 'tiers' }] },
  ];
  await must(desk, `/systems/${system}/mapping`, {
    document: {
      ...document,
      attributes: [...document.attributes, ...attributes],
      lists: [...(document.lists ?? []), { list: 'clubs', path: 'clubs', members: { no: { path: 'no' } } }],
      crosswalks: { tiers: { set: 'tiers', table: { G: 'gold' } } },
    },
  });
}

async function must(desk: StewardDesk, path: string, body: object): Promise<void> {
  const answer = await desk.hub.putSeen(`/api/v1${path}`, body);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
}
