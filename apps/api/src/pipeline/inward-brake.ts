import { Injectable } from '@nestjs/common';
import {
  alwaysPassing,
  inboundUsualMs,
  inboundWindowMs,
  inwardAllowance,
  isRespelled,
  subjectsChanged,
  usualOf,
  type NewsSubject,
} from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { InboundStore, type MuchChanged, type ToldNews } from '../stages/records/inbound.store.ts';
import { Timelines, type FoldedRecord, type Touched } from '../stages/records/timelines.ts';
import { refoldSome } from './refold-some.ts';
import type { SystemInForce } from './systems-in-force.ts';

type InForce = ReadonlyMap<number, SystemInForce>;

/** What was told of a record, and what of it that changed which had stood. */
interface News {
  record: FoldedRecord;
  told: NonNullable<Touched['told']>;
  subjects: Set<NewsSubject>;
  /** Some of its values are only written otherwise, which counts against nothing. */
  isRespelled: boolean;
}

/**
 * How many records a system has is counted once a minute, beside the committer: all of them are looked at. A count that is older than an hour
 * is waited for.
 */
const [countedMs, oldestCountMs] = [60_000, 60 * 60_000];

/**
 * Holds what a system tells when it changes, within a window, one attribute of more records than is usual for it (rule 31): before it
 * masters, under one question. What begins records, repeats, and what only spells a value otherwise is no such change.
 */
@Injectable()
export class InwardBrake {
  private readonly counted = new Map<number, { population: number; at: number }>();
  private readonly counting = new Set<number>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: InboundStore,
    private readonly timelines: Timelines,
  ) {}

  /** The records as they are without the news that is held from now on. */
  async pass(
    tx: Tx,
    inForce: InForce,
    touched: ReadonlyMap<number, Touched>,
    folded: readonly FoldedRecord[],
  ): Promise<readonly FoldedRecord[]> {
    const news = folded.flatMap((record) => newsOf(record, touched.get(record.recordId)?.told ?? []));
    if (news.length === 0) return folded;
    const held = new Set<number>();
    for (const [systemId, own] of Map.groupBy(news, ({ record }) => record.systemId))
      for (const recordId of await this.held(tx, inForce.get(systemId)!, own)) held.add(recordId);
    return refoldSome(tx, this.timelines, inForce, folded, [...held]);
  }

  /** Notes what passes and holds what does not; returns the records of which news is held. */
  private async held(tx: Tx, system: SystemInForce, news: readonly News[]): Promise<number[]> {
    const { systemId } = system;
    const now = this.clock.now();
    const subjects = [...new Set(news.flatMap((one) => [...one.subjects]))];
    const open = await this.store.openQuestion(tx, systemId);
    const changed = await this.store.changedSince(tx, systemId, subjects, now - inboundWindowMs);
    const held: News[] = [];
    const allowed = new Map<NewsSubject, number>();
    const passed: (ToldNews & { subject: NewsSubject })[] = [];
    const question: MuchChanged = open?.seen ?? { code: 'changed-much', subjects: [], of: 0, usual: 0 };
    for (const one of news.toSorted(byAcceptance)) {
      const { recordId } = one.record;
      const over = new Set<NewsSubject>();
      for (const subject of one.subjects) {
        const before = changed.get(subject)?.size ?? 0;
        if (question.subjects.includes(subject)) over.add(subject);
        else if (!changed.get(subject)?.has(recordId) && before >= alwaysPassing(subject, system.limits)) {
          if ((allowed.get(subject) ?? 0) <= before)
            allowed.set(subject, await this.allowance(tx, system, subject, before + 1, question));
          if (allowed.get(subject)! <= before) over.add(subject);
        }
      }
      if (over.size > 0) {
        held.push(one);
        for (const subject of over) if (!question.subjects.includes(subject)) question.subjects.push(subject);
        continue;
      }
      for (const subject of one.subjects) {
        const records = changed.get(subject) ?? new Set();
        changed.set(subject, records.add(recordId));
        for (const { batchId, line, runId } of one.told) passed.push({ subject, recordId, batchId, line, runId });
      }
      if (one.isRespelled)
        for (const { batchId, line, runId } of one.told)
          passed.push({ subject: 'spelling', recordId, batchId, line, runId });
    }
    await this.store.note(tx, systemId, passed, now);
    if (held.length === 0) return [];
    const holdId = await this.store.ask(tx, systemId, question, now);
    const toHold = held.flatMap(({ record: { recordId }, told }) => told.map((one) => ({ ...one, recordId })));
    await this.store.hold(tx, holdId, toHold);
    return held.map(({ record }) => record.recordId);
  }

  /** What is usual is looked up only where it matters. */
  private async allowance(
    tx: Tx,
    { systemId, limits }: SystemInForce,
    subject: NewsSubject,
    records: number,
    question: MuchChanged,
  ): Promise<number> {
    const now = this.clock.now();
    const population = await this.population(tx, systemId, now);
    const least = inwardAllowance({ subject, population, usual: 0 }, limits);
    if (records <= least) return least;
    const since = now - inboundWindowMs;
    const usual = usualOf(await this.store.busiestByDay(tx, systemId, subject, now - inboundUsualMs, since));
    const allowed = inwardAllowance({ subject, population, usual }, limits);
    if (records <= allowed) return allowed;
    // Those that began since the last count are among them, and the question names how many there are.
    const of = await this.count(tx, systemId, now);
    Object.assign(question, { of, usual: Math.max(question.usual, Math.round(usual)) });
    return inwardAllowance({ subject, population: of, usual }, limits);
  }

  private async population(tx: Tx, systemId: number, now: number): Promise<number> {
    const known = this.counted.get(systemId);
    const ageMs = known ? now - known.at : -1;
    if (!known || ageMs < 0 || ageMs > oldestCountMs) return this.count(tx, systemId, now);
    if (ageMs >= countedMs) this.countAside(systemId, now);
    return known.population;
  }

  /** Nobody waits for it, and where it fails the next one comes soon. */
  private countAside(systemId: number, now: number): void {
    if (this.counting.has(systemId)) return;
    this.counting.add(systemId);
    void this.database
      .in('work')
      .read((tx) => this.count(tx, systemId, now))
      .catch(() => undefined)
      .finally(() => this.counting.delete(systemId));
  }

  private async count(tx: Tx, systemId: number, now: number): Promise<number> {
    const population = await this.store.population(tx, systemId);
    this.counted.set(systemId, { population, at: now });
    return population;
  }
}

function newsOf(record: FoldedRecord, told: NonNullable<Touched['told']>): News[] {
  if (told.length === 0) return [];
  const positions = new Set(told.map(({ position }) => position));
  const changes = record.changes.filter(({ position }) => positions.has(position));
  const subjects = subjectsChanged(changes);
  if (record.kindBefore !== record.kind) subjects.add('kind');
  const { deleted } = record.known;
  if (deleted !== null && positions.has(deleted.position)) subjects.add('end');
  const isAnyRespelled = changes.some(isRespelled);
  return subjects.size === 0 && !isAnyRespelled ? [] : [{ record, told, subjects, isRespelled: isAnyRespelled }];
}

function byAcceptance({ told: [a] }: News, { told: [b] }: News): number {
  return (a!.batchId ?? 0) - (b!.batchId ?? 0) || (a!.line ?? 0) - (b!.line ?? 0);
}
