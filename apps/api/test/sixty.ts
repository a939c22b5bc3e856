import { takeBackPreview, type BatchAccepted, type DecisionMade } from '@cinch/api-contract';
import { inject } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Ingest } from '../src/pipeline/ingest.ts';
import { Rederive } from '../src/pipeline/rederive.ts';
import { Database } from '../src/platform/transaction.ts';
import { aMapping, ListeningHub, type Answer } from './listening-hub.ts';

const mapping = (system: string) => ({
  ...aMapping(system),
  version: { path: 'rev' },
  changedAt: { path: 'changed', steps: [{ step: 'isoInstant' }] },
  attributes: [
    ...aMapping(system).attributes,
    { attribute: 'phone.primary', path: 'phone' },
    { attribute: 'email.primary', path: 'email' },
  ],
});

/** Numbers of sixty customers. */
export const sixty = Array.from({ length: 60 }, (_, n) => n);
export const phoneOf = (n: number) => `+120255501${String(n).padStart(2, '0')}`;
const syllables = [
  'ba',
  'ce',
  'di',
  'fo',
  'gu',
  'ha',
  'ke',
  'li',
  'mo',
  'nu',
  'pa',
  're',
  'si',
  'to',
  'vu',
  'wa',
  'xe',
  'zi',
];
/** Nobody is like anybody else. */
export const wordOf = (n: number) => {
  const [a, b, c] = [n * 7 + 3, n * 11 + 5, n * 13 + 1].map((one) => syllables[(one + Math.floor(n / 18) * 5) % 18]!);
  return `${a!.toUpperCase().at(0)}${a!.slice(1)}${b}${c}${syllables[n % 18]}`;
};

/** One customer of sixty; of a revision it says when it was made. */
export function row(n: number, rev: number, more: object = {}) {
  const changed = new Date(Date.UTC(2026, 2, rev, 10, n % 60)).toISOString();
  const [given, family] = [wordOf(n), wordOf(n + 100)];
  const said = { given, family, phone: phoneOf(n), email: `${given}.${family}@example.com`.toLowerCase() };
  return { id: `n${n}`, data: { id: `n${n}`, ...said, rev, changed, ...more } };
}

/** A hub with two systems that know the same sixty customers; nothing is worked on by itself. */
export class Sixty {
  private constructor(
    readonly hub: ListeningHub,
    private readonly keys: Record<string, string>,
  ) {}

  /** `isBraked`: what its systems change at once is held; otherwise it counts. */
  static async open({ isBraked }: { isBraked: boolean }): Promise<Sixty> {
    const hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    const keys = { shop: await hub.aSystem('shop', mapping('shop')), desk: await hub.aSystem('desk', mapping('desk')) };
    const made = new Sixty(hub, keys);
    if (isBraked) await hub.asAdmin('PUT', '/api/v1/systems/shop/limits', {});
    for (const system of ['shop', 'desk'])
      await made.push(
        system,
        sixty.map((n) => row(n, 1)),
      );
    return made;
  }

  keyOf(system: string): string {
    return this.keys[system]!;
  }

  async push(system: string, lines: object[], query = ''): Promise<number> {
    const path = `/api/v1/systems/${system}/records${query}`;
    const answer = await this.hub.call('POST', path, { token: this.keys[system]!, body: lines });
    mustBe(202, answer);
    await this.workedOff();
    return answer.json<BatchAccepted>().batchId;
  }

  async load(system: string, lines: object[]): Promise<number> {
    const token = this.keys[system]!;
    const opened = await this.hub.call('POST', `/api/v1/systems/${system}/loads`, { token, body: {} });
    const { loadId } = opened.json<{ loadId: number }>();
    await this.push(system, lines, `?load=${loadId}`);
    const expected = { expected: lines.length };
    await this.hub.call('POST', `/api/v1/loads/${loadId}/complete`, { token, body: expected });
    return loadId;
  }

  async workedOff(): Promise<void> {
    while (await this.hub.hub.app.get(Ingest).next());
    while (await this.hub.hub.app.get(Rederive).next());
  }

  async foresee(what: object) {
    return this.hub.asAdmin('POST', '/api/v1/systems/shop/take-backs/preview', { what });
  }

  /** Looks at it, takes it back, and returns the number of the decision. */
  async takeBack(what: object): Promise<number> {
    const { entries } = takeBackPreview.parse((await this.foresee(what)).json());
    const made = await this.hub.asAdmin('POST', '/api/v1/systems/shop/take-backs', { what, entries, reason: 'a bug' });
    mustBe(201, made);
    await this.workedOff();
    return made.json<DecisionMade>().decisionId;
  }

  async bringIn(decisionId: number): Promise<void> {
    mustBe(204, await this.hub.asAdmin('POST', `/api/v1/take-backs/${decisionId}/undo`));
    await this.workedOff();
  }

  /** Golden phones of all customers, in the order of their names. */
  async phones(): Promise<unknown[]> {
    const rows = await this.hub.hub.app
      .get(Database)
      .read((tx) => tx.query<{ a: string }>('select attributes as a from golden order by display'));
    const values = rows.map(({ a }) => JSON.parse(a) as Record<string, { value: unknown }>);
    return values.map((attributes) => attributes['phone.primary']?.value ?? null);
  }
}

function mustBe(status: number, answer: Answer): void {
  if (answer.status !== status) throw new Error(`${answer.status} in place of ${status}: ${answer.text}`);
}
