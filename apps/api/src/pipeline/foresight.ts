import { modelInForce } from '../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import {
  closingId,
  compileLens,
  isCreationClosed,
  keptByDelivery,
  ReachCount,
  reachSide,
  standingsOf,
  tellsOtherwise,
  type CustomerBefore,
  type MappingDocument,
  type MatchModel,
  type Reach,
  type ReachSide,
  type RuleDocument,
  type ScopeDocument,
  type Model,
} from '@cinch/canonical-model';
import { rehearse } from '../platform/attempt.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { saidOfPairs, valueDecisions, type StandingDecision } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import { LivesStore } from '../stages/matching/lives.store.ts';
import type { Told } from '../stages/matching/placement.ts';
import { ShadowPlacement } from '../stages/matching/shadow-placement.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { stored, Timelines, type FoldedRecord } from '../stages/records/timelines.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import type { ViewRow } from '../stages/views/view-row.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { memberOf, takesPart } from './members.ts';
import { suppliersAway, Survive } from './survive.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** Small enough that other calls are answered in between. */
const atOnce = 200;

/** What is to be otherwise. What is left out stays as it is. */
export interface Proposal {
  /** By the ids of the systems. */
  mappings?: ReadonlyMap<number, MappingDocument>;
  scopes?: ReadonlyMap<number, ScopeDocument>;
  rules?: RuleDocument;
  canonical?: Model;
  model?: MatchModel;
  /** Decisions about values, as if they stood; only the customers of their records are looked at. */
  decided?: readonly StandingDecision[];
}

/** Everything by which customers are worked out, as it is and as it would be. */
interface Grounds {
  inForce: ReadonlyMap<number, SystemInForce>;
  rules: RuleDocument;
  model: Model;
  /** Of all systems, those without a mapping too. */
  scopes: ReadonlyMap<number, { code: string; scope: ScopeDocument }>;
}

/** A customer, or what would be one: the records that it has now, and those that it would have. */
interface Regrouped {
  /** Null: it would begin. */
  customerId: number | null;
  now: readonly SourceRecord[];
  later: readonly SourceRecord[];
}

/**
 * What an act would change before it acts: golden values, rows of every system that would be written otherwise, and who would have a row
 * there. All that is stored is worked out twice, a page of customers at a time, beside whatever is committed meanwhile; nothing is
 * written. Who is who is judged anew where a match model is proposed, or a canonical model that tells matching something else.
 */
@Injectable()
export class Foresight {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly systemsStore: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly rules: RulesStore,
    private readonly mastering: MasteringStore,
    private readonly records: RecordsStore,
    private readonly decisions: DecisionsStore,
    private readonly timelines: Timelines,
    private readonly views: ViewsStore,
    private readonly shadow: ShadowPlacement,
    private readonly survive: Survive,
    private readonly lives: LivesStore,
  ) {}

  async of(proposal: Proposal): Promise<Reach> {
    const lane = this.database.in('long');
    if (!(await lane.read((tx) => this.asksWhoIsWho(tx, proposal)))) return lane.read((tx) => this.count(tx, proposal));
    const oneInstant = ['set transaction isolation level repeatable read'];
    return lane.begun(oneInstant, (tx) => rehearse(tx, () => this.count(tx, proposal)));
  }

  /** What the work would change. It is done for real, as the committer does it, and nothing of it stays. */
  async rehearsed<T>(tx: Tx, work: () => Promise<T>): Promise<{ result: T; reach: Reach }> {
    const { result, ids, later } = await rehearse(tx, async () => {
      const seen = this.survive.watch(tx);
      const done = await work();
      const all = [...seen].sort((a, b) => a - b);
      return { result: done, ids: all, later: await this.asTheyAre(tx, all) };
    });
    const now = new Map((await this.asTheyAre(tx, ids)).map((one) => [one.customerId, one.now]));
    const then = new Map(later.map((one) => [one.customerId, one.now]));
    const grounds = await this.grounds(tx);
    const count = new ReachCount();
    const page = ids.map((id) => ({
      customerId: now.has(id) ? id : null,
      now: now.get(id) ?? [],
      later: then.get(id) ?? [],
    }));
    await this.add(tx, count, page, grounds, grounds, {});
    return { result, reach: count.result() };
  }

  private async asksWhoIsWho(tx: Tx, { model, canonical }: Proposal): Promise<boolean> {
    return model !== undefined || (canonical !== undefined && tellsOtherwise(await modelInForce(tx), canonical));
  }

  private async grounds(tx: Tx): Promise<Grounds> {
    const inForce = await this.systems.load(tx);
    const { document: rules } = await this.rules.inForce(tx);
    const scopes = new Map((await this.systemsStore.all(tx)).map((system) => [system.systemId, system]));
    const model = await modelInForce(tx);
    return { inForce, rules, model, scopes };
  }

  private async count(tx: Tx, proposal: Proposal): Promise<Reach> {
    const now = await this.grounds(tx);
    const { inForce, rules, model, scopes } = now;
    const then: Grounds = {
      inForce: await this.readBy(tx, inForce, proposal),
      model: proposal.canonical ?? model,
      rules: proposal.rules ?? rules,
      scopes: new Map(
        [...scopes].map(([id, { code, scope }]) => [id, { code, scope: proposal.scopes?.get(id) ?? scope }]),
      ),
    };
    const count = new ReachCount();
    if (isNothing(proposal)) return count.result();
    for await (const page of this.pages(tx, proposal, then)) await this.add(tx, count, page, now, then, proposal);
    return count.result();
  }

  private async *pages(tx: Tx, proposal: Proposal, then: Grounds): AsyncGenerator<Regrouped[]> {
    const { decided } = proposal;
    if (await this.asksWhoIsWho(tx, proposal)) return yield* this.pagesBy(tx, proposal, then);
    if (decided) {
      const about = await this.records.byIds(tx, [...new Set(decided.flatMap(({ records }) => records))]);
      const ids = [...new Set(about.flatMap(({ customerId }) => customerId ?? []))].sort((a, b) => a - b);
      for (let from = 0; from < ids.length; from += atOnce) yield this.asTheyAre(tx, ids.slice(from, from + atOnce));
      return;
    }
    for await (const customerIds of this.mastering.pages(tx, atOnce)) yield this.asTheyAre(tx, customerIds);
  }

  private async asTheyAre(tx: Tx, customerIds: readonly number[]): Promise<Regrouped[]> {
    const records = (await this.records.byCustomers(tx, customerIds)).filter((record) => !record.excluded);
    return [...Map.groupBy(records, (record) => record.customerId!)].map(([customerId, own]) => {
      return { customerId, now: own, later: own };
    });
  }

  /** Piece by piece of what may stand together by the models, or stands together now. */
  private async *pagesBy(tx: Tx, proposal: Proposal, then: Grounds): AsyncGenerator<Regrouped[]> {
    const told = proposal.canonical ? this.toldAnew(tx, proposal, then.inForce) : null;
    const foresee = await this.shadow.place(tx, proposal, told);
    const saidOf = async (ids: readonly number[]) => saidOfPairs(await this.decisions.standing(tx, ids));
    const met = new Set<number>();
    for (let after = 0; ;) {
      const recordIds = await this.records.after(tx, after, atOnce);
      if (recordIds.length === 0) return;
      after = recordIds.at(-1)!;
      const { near, clusters } = await foresee(
        recordIds.filter((id) => !met.has(id)),
        saidOf,
      );
      for (const { recordId } of near) met.add(recordId);
      const known = await this.records.byIds(
        tx,
        near.map(({ recordId }) => recordId),
      );
      yield regrouped(
        known.filter((record) => !record.excluded),
        clusters,
      );
    }
  }

  /** What records say of themselves, read by the proposed canonical model. */
  private async *toldAnew(tx: Tx, proposal: Proposal, inForce: Grounds['inForce']): AsyncGenerator<Told[]> {
    for (let after = 0; ;) {
      const recordIds = await this.records.after(tx, after, atOnce);
      if (recordIds.length === 0) return;
      after = recordIds.at(-1)!;
      const own = (await this.records.byIds(tx, recordIds)).filter(({ origin }) => origin !== 'hub');
      const folded = [...(await this.readAnew(tx, own, proposal, inForce)).values()];
      yield folded.map((record) => ({ ...record, system: inForce.get(record.systemId)!.code, isNew: false }));
    }
  }

  private async add(
    tx: Tx,
    count: ReachCount,
    page: readonly Regrouped[],
    now: Grounds,
    then: Grounds,
    proposal: Proposal,
  ): Promise<void> {
    const { decided = [], rules } = proposal;
    const all = new Map(page.flatMap((one) => [...one.now, ...one.later]).map((record) => [record.recordId, record]));
    const anew = await this.readAnew(tx, [...all.values()], proposal, then.inForce);
    const standing = await this.decisions.standing(tx, [...all.keys()]);
    const asOf = this.clock.now();
    const lives = await this.lives.of(tx, suppliersAway(all));
    const before = { rules: now.rules, model: now.model, decisions: valueDecisions(standing), asOf, lives };
    const allDecided = valueDecisions([...standing, ...decided]);
    const after = { rules: then.rules, model: then.model, decisions: allDecided, asOf, lives };
    const seen = page.map((one) => {
      const members = {
        now: one.now.filter(takesPart).map((record) => reachedOf(record, now.inForce)),
        later: one.later
          .filter(takesPart)
          .map((record) => reachedOf(anew.get(record.recordId) ?? record, then.inForce)),
      };
      const sides = {
        before: reachSide({ members: members.now, ...before }),
        after: reachSide({ members: members.later, ...after }),
      };
      const heard = { members: members.later, decisions: after.decisions, model: then.model, asOf, lives };
      const delivered = rules && sides.after.golden ? keptByDelivery(sides.after.golden, heard, rules) : [];
      return { ...one, ...sides, delivered };
    });
    const standings = await this.standings(tx, seen, now, then);
    const systemOf = (recordId: number) => now.inForce.get(all.get(recordId)!.systemId)!.code;
    for (const { customerId, before: was, after: becomes, delivered, ...one } of seen) {
      const isRegrouped = namesOf(one.now) !== namesOf(one.later);
      const own = customerId === null ? [] : (standings.get(customerId) ?? []);
      count.add({ customerId, before: was, after: becomes, systemOf, isRegrouped, delivered, standings: own });
    }
  }

  /** All that these records' systems ever said of them, read by the proposed mappings. */
  private async readAnew(
    tx: Tx,
    records: readonly SourceRecord[],
    { mappings, canonical }: Proposal,
    inForce: Grounds['inForce'],
  ): Promise<Map<number, FoldedRecord>> {
    const own = records.filter(({ systemId }) => (canonical || mappings?.has(systemId)) && inForce.has(systemId));
    if (own.length === 0) return new Map();
    const touched = stored(own.map(({ recordId }) => recordId));
    const folded = await this.timelines.refold(tx, touched, (id) => inForce.get(id)!);
    return new Map(folded.map((record) => [record.recordId, record]));
  }

  /** Another canonical model has every mapping read and write by it. */
  private async readBy(
    tx: Tx,
    inForce: ReadonlyMap<number, SystemInForce>,
    { mappings, canonical }: Proposal,
  ): Promise<ReadonlyMap<number, SystemInForce>> {
    const proposed = new Map<number, SystemInForce>();
    for (const [systemId, system] of inForce) {
      const { lens, isStopped } = system;
      const model = canonical ?? lens.model;
      const isOther = canonical !== undefined && !isStopped;
      const document =
        mappings?.get(systemId) ?? (isOther ? await this.mappings.document(tx, systemId, lens.version, model) : null);
      if (document === null) proposed.set(systemId, system);
      else {
        const next = compileLens(document, lens.version + 1, model);
        const redating = await this.mappings.redatingBy(tx, systemId, next, document);
        proposed.set(systemId, { ...system, lens: next, redating });
      }
    }
    return proposed;
  }

  /** What customers are to systems, where a golden record or a scope is another. */
  private async standings(
    tx: Tx,
    seen: readonly (Regrouped & { before: ReachSide; after: ReachSide })[],
    now: Grounds,
    then: Grounds,
  ) {
    const found = new Map<number, NonNullable<Parameters<ReachCount['add']>[0]['standings']>[number][]>();
    for (const [systemId, after] of then.scopes) {
      const before = now.scopes.get(systemId)!;
      const isProposed = before.scope !== after.scope;
      if (!isProposed && isForAll(before.scope)) continue;
      const concerned = seen.flatMap((one) =>
        one.customerId !== null && (isProposed || isOther(one)) ? [{ ...one, customerId: one.customerId }] : [],
      );
      const rows = await this.views.ofCustomers(
        tx,
        systemId,
        concerned.map(({ customerId }) => customerId),
      );
      const there = Map.groupBy(rows, (row) => row.customerId);
      const without = [...there].filter(([, own]) => own.every(({ record }) => record?.sourceKey == null));
      const maybe = await this.views.maybeThere(
        tx,
        systemId,
        without.map(([customerId]) => customerId),
      );
      for (const { customerId, ...one } of concerned) {
        const [row] = there.get(customerId) ?? [];
        if (!row) continue;
        const stand = (side: ReachSide, records: readonly SourceRecord[]): CustomerBefore =>
          standingOf(side, records, systemId, row, maybe.has(customerId));
        const sides = standingsOf(
          { scope: before.scope, customer: stand(one.before, one.now) },
          { scope: after.scope, customer: stand(one.after, one.later) },
        );
        const own = { system: after.code, ...sides, isProposed };
        found.set(customerId, [...(found.get(customerId) ?? []), own]);
      }
    }
    return found;
  }
}

function isNothing({ mappings, scopes, ...others }: Proposal): boolean {
  return (mappings?.size ?? 0) + (scopes?.size ?? 0) + Object.keys(others).length === 0;
}

function regrouped(
  records: readonly SourceRecord[],
  clusters: readonly { customerId: number | null; records: readonly number[] }[],
): Regrouped[] {
  const byId = new Map(records.map((record) => [record.recordId, record]));
  const now = Map.groupBy(records, ({ customerId }) => customerId);
  const then = clusters.map(({ customerId, records: ids }) => {
    return { customerId, later: ids.flatMap((id) => byId.get(id) ?? []) };
  });
  const named = new Set(then.map(({ customerId }) => customerId));
  const gone = [...now].filter(([customerId]) => customerId !== null && !named.has(customerId));
  return [
    ...then.map((one) => ({ ...one, now: one.customerId === null ? [] : (now.get(one.customerId) ?? []) })),
    ...gone.map(([customerId, own]) => ({ customerId, now: own, later: [] })),
  ];
}

function reachedOf(record: SourceRecord, inForce: ReadonlyMap<number, SystemInForce>) {
  return { ...memberOf(record, inForce), hasNoRow: record.holdId !== null || record.sourceKey === null };
}

function namesOf(records: readonly SourceRecord[]): string {
  return records
    .map(({ recordId }) => recordId)
    .sort((a, b) => a - b)
    .join();
}

function isForAll({ create, keep }: ScopeDocument): boolean {
  return (create === 'nobody' || create === 'everybody') && (keep === 'nobody' || keep === 'everybody');
}

function isOther({ before, after, ...one }: Regrouped & { before: ReachSide; after: ReachSide }): boolean {
  const text = ({ golden }: ReachSide) =>
    JSON.stringify(golden && { kind: golden.kind, attributes: golden.attributes });
  return text(before) !== text(after) || namesOf(one.now) !== namesOf(one.later);
}

function standingOf(
  { golden }: ReachSide,
  records: readonly SourceRecord[],
  systemId: number,
  { closings, reopened }: ViewRow,
  maybeThere: boolean,
): CustomerBefore {
  const present = records.some((one) => one.systemId === systemId && !one.tombstoned && one.sourceKey !== null);
  return {
    kind: golden?.kind ?? 'person',
    attributes: golden?.attributes ?? {},
    live: golden !== null,
    present,
    closed: isCreationClosed(closings.map(closingId), reopened),
    maybeThere,
  };
}
