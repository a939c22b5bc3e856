import { Injectable } from '@nestjs/common';
import {
  changeOfPerson,
  foldTimeline,
  isPart,
  isTelling,
  Order,
  positionOf,
  tellingWho,
  wordsNow,
  type AttributeId,
  type Entry,
  type Folded,
  type Model,
  type Words,
} from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { ModelsStore, type JudgeInForce } from '../stages/matching/models.store.ts';
import { HoldsStore } from '../stages/records/holds.store.ts';
import { PersonsStore, type MaybeSomebodyElse, type OpenDoubt } from '../stages/records/persons.store.ts';
import { TimelinesStore } from '../stages/records/timelines.store.ts';
import { Timelines, type FoldedRecord, type Touched } from '../stages/records/timelines.ts';
import { refoldSome } from './refold-some.ts';
import { mustWork, type SystemInForce } from './systems-in-force.ts';

type InForce = ReadonlyMap<number, SystemInForce>;

/** Who answers what later news decides. */
const theHub = 'the hub';

/**
 * Holds what a record's own words say that contradicts what it said before in its name and in another thing that tells who somebody is
 * (rule 21): it may be somebody else now. A person says, or later news: its end, or what it said before.
 */
@Injectable()
export class PersonWatch {
  constructor(
    private readonly clock: Clock,
    private readonly models: ModelsStore,
    private readonly store: PersonsStore,
    private readonly holds: HoldsStore,
    private readonly entries: TimelinesStore,
    private readonly timelines: Timelines,
  ) {}

  /** The records as they are without what is held from now on, and with what is held no more. */
  async pass(
    tx: Tx,
    inForce: InForce,
    touched: ReadonlyMap<number, Touched>,
    folded: readonly FoldedRecord[],
  ): Promise<readonly FoldedRecord[]> {
    const news = folded.flatMap((record) => {
      const told = toldWho(record, touched.get(record.recordId)?.told ?? [], modelOf(inForce, record));
      return told === null ? [] : [{ record, told }];
    });
    const held = folded.flatMap(({ recordId, holdId }) => (holdId === null ? [] : [recordId]));
    if (news.length === 0 && held.length === 0) return folded;
    const judge = await this.models.inForce(tx);
    const moved: number[] = [];
    for (const { record, told } of news) {
      const by = { system: inForce.get(record.systemId)!.code, scorer: judge.scorer, model: judge.canonical, told };
      const found = changeOfPerson(record.began, wordsNow(record.known), by);
      if (!found) continue;
      await this.ask(tx, inForce, record, found, touched.get(record.recordId)!.told!);
      moved.push(record.recordId);
    }
    const byId = new Map(folded.map((record) => [record.recordId, record]));
    for (const doubt of await this.store.open(
      tx,
      held.filter((id) => !moved.includes(id)),
    )) {
      const isDecided = await this.decide(tx, inForce, judge, byId.get(doubt.recordId)!, doubt);
      if (isDecided) moved.push(doubt.recordId);
    }
    return refoldSome(tx, this.timelines, inForce, folded, moved);
  }

  private async ask(
    tx: Tx,
    inForce: InForce,
    record: FoldedRecord,
    found: readonly AttributeId[],
    told: NonNullable<Touched['told']>,
  ): Promise<void> {
    const { recordId, systemId, sourceKey, known, began } = record;
    const timeline = (await this.entries.read(tx, [recordId])).get(recordId)!;
    const order = positionsIn(timeline, inForce.get(systemId)!);
    const contradicting = new Set(found.flatMap((attribute) => known.asserted[attribute]?.position ?? []));
    const since = order.find((position) => contradicting.has(position)) ?? told[0]!.position;
    const seen: MaybeSomebodyElse = {
      code: 'somebody-else',
      sourceId: sourceKey,
      before: whoOf(began, modelOf(inForce, record)),
      now: whoOf(wordsNow(known), modelOf(inForce, record)),
      since,
    };
    const positions = told.map(({ position }) => position);
    await this.store.ask(tx, { systemId, recordId }, positions, seen, this.clock.now());
  }

  /** Whether what was told since decides it, so that nobody is asked any more. */
  private async decide(
    tx: Tx,
    inForce: InForce,
    { scorer, canonical: model }: JudgeInForce,
    record: FoldedRecord,
    { holdId, recordId }: OpenDoubt,
  ): Promise<boolean> {
    const system = inForce.get(record.systemId)!;
    const { lens, epochs } = mustWork(system);
    const timeline = (await this.entries.read(tx, [recordId])).get(recordId)!;
    const letIn = timeline.map(asLetIn);
    const asIf: Folded = foldTimeline(letIn, lens, record.kind, epochs);
    const waiting = timeline.filter(({ hold }) => hold?.standing === 'held').map(positionOf);
    const last = positionsIn(letIn, system).findLast((position) => waiting.includes(position));
    const { deleted, life } = asIf.state;
    const told = new Set(tellingWho(model));
    if (deleted === null && life === record.known.life) {
      const now = wordsNow(asIf.state);
      if (changeOfPerson(asIf.began, now, { system: system.code, scorer, model, told })) {
        const { seen } = (await this.store.seenOf(tx, holdId))!;
        await this.store.see(tx, [{ holdId, seen: { ...seen, now: whoOf(now, model) } }]);
        return false;
      }
    }
    // Its end, or what it said before: what was told between is nobody's word. What stands after its end, and a part of a row that says
    // nothing without what was told before it, count as all that they are part of.
    const isPartial = timeline.some((entry) => positionOf(entry) === last && isPart(entry));
    const answer = isPartial || (deleted === null && life > record.known.life) ? 'let-in' : 'settled';
    if (answer === 'settled' && last !== undefined) await this.store.letIn(tx, holdId, last);
    await this.holds.answer(tx, [holdId], { answer }, theHub, this.clock.now());
    return true;
  }
}

/** By which the system’s record was read. */
function modelOf(inForce: InForce, { systemId }: FoldedRecord): Model {
  return inForce.get(systemId)!.lens.model;
}

/** What of the news tells who somebody is and changes what it said; null where none of it does. */
function toldWho(
  record: FoldedRecord,
  told: NonNullable<Touched['told']>,
  model: Model,
): ReadonlySet<AttributeId> | null {
  if (record.isNew || record.excluded || record.tombstoned || told.length === 0) return null;
  const positions = new Set(told.map(({ position }) => position));
  const telling = tellingWho(model);
  const changed = record.changes.filter(
    ({ position, attribute }) => positions.has(position) && telling.includes(attribute),
  );
  if (changed.length === 0 && record.kind === record.kindBefore) return null;
  return new Set(changed.map(({ attribute }) => attribute));
}

function whoOf({ kind, values }: Words, model: Model): Words {
  const telling = tellingWho(model).flatMap((id) => (values[id] === undefined ? [] : [[id, values[id]]]));
  return { kind, values: Object.fromEntries(telling) as Words['values'] };
}

function asLetIn(entry: Entry): Entry {
  return entry.hold?.standing === 'held' ? { ...entry, hold: { standing: 'let-in' } } : entry;
}

/** Where what its system told stands, in the order of the timeline. */
export function positionsIn(timeline: readonly Entry[], { epochs }: Pick<SystemInForce, 'epochs'>): string[] {
  const telling = new Order(epochs).of(timeline).filter((entry) => isTelling(entry) && entry.kind !== 'receipt');
  return telling.map(positionOf);
}
