import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../stack/until.ts';
import { PersistentClient } from './persistent-client.ts';
import { unlikeName } from './unlike-name.ts';

const began = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;
const peopleInRound = 12;
const peopleInStream = 8;
/** However often the workers are killed meanwhile. */
const workedOnLimitMs = 600_000;

/** What the hub has acknowledged: it must never be lost. */
export interface Acknowledged {
  system: string;
  key: string;
  batchId: number;
  accepted: number;
}

/**
 * One client with people of its own: it tells of them in two systems, whole and in part, each push by one key until it is answered, and
 * goes on when that has been worked on, so that the order in which a customer is told of is always the same.
 */
export class Pusher {
  readonly acknowledged: Acknowledged[] = [];
  private readonly client: PersistentClient;
  private readonly name: string;
  private readonly place: number;
  private readonly keys: Record<string, string>;
  private readonly limitMs: number;

  /** `kind` and `place` name it and its people. */
  constructor(
    hubUrl: string,
    { kind, place }: { kind: string; place: number },
    keys: Record<string, string>,
    limitMs = workedOnLimitMs,
  ) {
    this.client = new PersistentClient(hubUrl);
    this.name = `${kind}${place}`;
    this.place = place;
    this.keys = keys;
    this.limitMs = limitMs;
  }

  get retries(): number {
    return this.client.retries;
  }

  /** Tells round after round while `more` says so. How many rounds were told. */
  async push(more: (round: number) => boolean): Promise<number> {
    let round = 0;
    for (; more(round); round += 1) await this.tell(round);
    return round;
  }

  /**
   * People of its own, one after the other and a push each, at this pace (0: as fast as it goes) while `more` says so. How many pushes
   * there were. What is told of one person is told in order, and not waited for once it is acknowledged.
   */
  async stream(everyMs: number, more: (push: number) => boolean): Promise<number> {
    let [push, next] = [0, performance.now()];
    for (; more(push); push += 1) {
      await this.accept('north', 'records', `${this.name}, push ${push}`, [this.small(push)]);
      next = Math.max(next + everyMs, performance.now() - everyMs);
      await wait(Math.max(0, next - performance.now()));
    }
    return push;
  }

  private small(push: number) {
    const round = Math.floor(push / peopleInStream);
    const id = `${this.name}s-${push % peopleInStream}`;
    // A phone that two had would ask whether they are one, and who of them gets a row at the target first is chance.
    const person = this.place * peopleInStream + (push % peopleInStream);
    const exchange = 212 + (person % 90);
    const phone = `+1${person < 90 ? 202 : 312}${exchange}${String(round % 10_000).padStart(4, '0')}`;
    const data = {
      id,
      given: 'Cleo',
      family: unlikeName(id),
      email: `${unlikeName(id)}@example.com`.toLowerCase(),
      phone,
    };
    return { id, version: round + 1, changedAt: this.at(round), data };
  }

  private async tell(round: number): Promise<void> {
    const now = Array.from({ length: peopleInRound }, (_, index) => round * peopleInRound + index);
    const before = now.map((person) => person - peopleInRound).filter((person) => person >= 0);
    const key = `${this.name}, round ${round}`;
    const twice = now.slice(0, 2).map((person) => this.row('north', person, round));
    await this.send('north', 'records', `${key}, north`, [
      ...now.map((person) => this.row('north', person, round)),
      ...before.map((person) => this.row('north', person, round)),
      ...twice,
      { id: '', data: null },
    ]);
    await this.send(
      'east',
      'records',
      `${key}, east`,
      [...now, ...before].map((person) => this.row('east', person, round)),
    );
    const events = before.map((person) => this.event('customer.patched', person, round));
    if (events.length > 0) await this.send('north', 'events', `${key}, in part`, events);
  }

  private async send(system: string, form: string, key: string, body: readonly object[]): Promise<void> {
    const batchId = await this.accept(system, form, key, body);
    const batch = async () => {
      const { body: told } = await this.client.call('GET', `/batches/${batchId}`, this.keys[system]!);
      return told as Record<string, number>;
    };
    await until(`"${key}" is worked on`, batch, ({ waiting }) => waiting === 0, this.limitMs);
  }

  private async accept(system: string, form: string, key: string, body: readonly object[]): Promise<number> {
    const token = this.keys[system]!;
    const answer = await this.client.call('POST', `/systems/${system}/${form}`, token, body, key);
    if (answer.status !== 202) throw new Error(`${key} was refused: ${JSON.stringify(answer)}`);
    const { batchId, accepted } = answer.body as { batchId: number; accepted: number };
    this.acknowledged.push({ system, key, batchId, accepted });
    return batchId;
  }

  private row(system: string, person: number, round: number) {
    const id = `${this.name}-${person}`;
    const data = {
      id,
      given: `Ada${round}`,
      family: unlikeName(id),
      email: `${unlikeName(id)}@example.com`.toLowerCase(),
      phone: null,
    };
    return { id, version: round * 2 + 1, changedAt: this.at(round * 4 + (system === 'east' ? 1 : 0)), data };
  }

  private event(type: string, person: number, round: number) {
    const envelope = { specversion: '1.0', source: `/${this.name}`, type, subject: `${this.name}-${person}` };
    const when = { time: this.at(round * 4 + 2), rowversion: round * 2 + 2 };
    return {
      ...envelope,
      ...when,
      id: `${person} in ${round}`,
      data: { given: `Grace${round}` },
    };
  }

  private at(minute: number): string {
    return new Date(began + minute * minuteMs).toISOString();
  }
}
