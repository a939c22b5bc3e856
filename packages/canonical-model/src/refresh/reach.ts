import { itemListOf, type AttributeId, type Value } from '../customer/attributes.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Survived } from '../survivorship/golden.ts';
import { survive, type MemberRecord, type SurviveInput } from '../survivorship/survive.ts';
import type { ScopeDocument } from './scope.ts';
import { standingIn, type CustomerBefore, type Standing } from './standing.ts';
import { viewDifference, type FieldChange } from './view.ts';

/** A customer as things stand, or as they would be: its golden record, and what a delivery to each of its rows would change. */
export interface ReachSide {
  golden: Survived | null;
  rows: ReadonlyMap<number, readonly FieldChange[]>;
}

/** What other documents would do to one attribute, or to the items of one list. */
export interface AttributeReach {
  /** Customers whose golden value would be another. */
  changed: number;
  opened: number;
  closed: number;
  /** Customers whose value stays only because it was delivered already: with the superseded ones another would win under the new rules. */
  delivered: number;
}

/** What would go out to one system. */
export interface SystemReach {
  /** Rows that would be written otherwise. */
  rows: number;
  /** Rows that would be made for customers that have none there. */
  made: number;
  /** Rows that would not belong there any more. */
  surplus: number;
  /** By attribute, list or place: rows in which it would be written otherwise. */
  attributes: Record<string, number>;
}

/** How many customers a scope concerns, by what they are to the system under it. */
type ScopeCounts = Record<'create' | 'withheld' | 'refresh' | 'surplus', number>;

interface ReachExample {
  customerId: number;
  changes: { attribute: AttributeId; before: Value | null; after: Value | null }[];
  rows: { system: string; recordId: number; changes: FieldChange[] }[];
}

/** What an act would change, counted over all that is stored before it acts. */
export interface Reach {
  /** Customers that were looked at. */
  customers: number;
  /** Customers that are there, with another golden value, another row, another place in a system, or other records. */
  changed: number;
  /** Customers that would begin, and that would be no customers of their own any more. */
  begun: number;
  ended: number;
  attributes: Record<string, AttributeReach>;
  systems: Record<string, SystemReach>;
  /** Of a system with another scope: whom the scope in force and the proposed one concern. */
  scopes: Record<string, { inForce: ScopeCounts; proposed: ScopeCounts }>;
  /** Of the changed customers those first known. */
  examples: ReachExample[];
}

/** A customer, or what would be one (`customerId` null), before the act and after it. */
export interface Reached {
  customerId: number | null;
  before: ReachSide | null;
  after: ReachSide | null;
  /** By the records that it has before or after: their systems. */
  systemOf: (recordId: number) => string;
  /** It would have other records. */
  isRegrouped?: boolean;
  /** Attributes that stay only because they were delivered. */
  delivered?: readonly AttributeId[];
  /** What it is to systems where that may have changed. */
  standings?: readonly { system: string; before: Standing; after: Standing; isProposed: boolean }[];
}

export const mostExamples = 10;
/** Of one example: beyond these it would be no example but a list. */
const mostShownRows = 5;

/** Adds up, customer by customer, what an act would change. */
export class ReachCount {
  private readonly reach: Reach = {
    customers: 0,
    changed: 0,
    begun: 0,
    ended: 0,
    attributes: {},
    systems: {},
    scopes: {},
    examples: [],
  };

  add(one: Reached): void {
    const { reach } = this;
    const { before, after, standings = [] } = one;
    const goldens = [before?.golden ?? null, after?.golden ?? null] as const;
    if (!goldens[0] && !goldens[1]) return;
    reach.customers += 1;
    if (!goldens[0] && goldens[1]) reach.begun += 1;
    if (goldens[0] && !goldens[1]) reach.ended += 1;
    const changed = goldens[0] && goldens[1] ? attributesChanged(goldens[0], goldens[1]) : [];
    this.count('changed', changed);
    this.count('opened', conflictsOnlyIn(goldens[1], goldens[0]));
    this.count('closed', conflictsOnlyIn(goldens[0], goldens[1]));
    this.count('delivered', one.delivered ?? []);
    const rows = [...(after?.rows ?? [])].flatMap(([recordId, changes]) => {
      const moved = writtenOtherwise(before?.rows.get(recordId) ?? [], changes);
      return moved.length === 0 ? [] : [{ system: one.systemOf(recordId), recordId, changes: moved }];
    });
    for (const { system, changes } of rows) {
      const own = this.ofSystem(system);
      own.rows += 1;
      for (const place of new Set(changes.map(placeOf))) own.attributes[place] = (own.attributes[place] ?? 0) + 1;
    }
    const isMoved = standings.map((standing) => this.addStanding(standing)).includes(true);
    // Who begins is counted by itself: of whom it parts, that is a change.
    if (!goldens[0]) return;
    const isEnded = goldens[1] === null;
    if (changed.length === 0 && rows.length === 0 && !isMoved && !isEnded && !one.isRegrouped) return;
    reach.changed += 1;
    if (one.customerId !== null) this.show(one.customerId, changed, goldens, rows);
  }

  result(): Reach {
    return structuredClone(this.reach);
  }

  private addStanding({ system, before, after, isProposed }: NonNullable<Reached['standings']>[number]): boolean {
    if (isProposed) {
      const own = (this.reach.scopes[system] ??= { inForce: nobody(), proposed: nobody() });
      if (before in own.inForce) own.inForce[before as keyof ScopeCounts] += 1;
      if (after in own.proposed) own.proposed[after as keyof ScopeCounts] += 1;
    }
    if (before === after) return false;
    if (after === 'create') this.ofSystem(system).made += 1;
    if (after === 'surplus') this.ofSystem(system).surplus += 1;
    return true;
  }

  private ofSystem(system: string): SystemReach {
    return (this.reach.systems[system] ??= { rows: 0, made: 0, surplus: 0, attributes: {} });
  }

  private show(
    customerId: number,
    changed: readonly AttributeId[],
    [before, after]: readonly [Survived | null, Survived | null],
    rows: ReachExample['rows'],
  ): void {
    const valueOf = (side: Survived | null, attribute: AttributeId) => side?.attributes[attribute]?.value ?? null;
    const changes = changed.map((attribute) => {
      return { attribute, before: valueOf(before, attribute), after: valueOf(after, attribute) };
    });
    this.reach.examples = [...this.reach.examples, { customerId, changes, rows: rows.slice(0, mostShownRows) }]
      .sort((a, b) => a.customerId - b.customerId)
      .slice(0, mostExamples);
  }

  /** A customer counts once for a list, however many of its items are concerned. */
  private count(what: keyof AttributeReach, ids: readonly AttributeId[]): void {
    for (const subject of new Set(ids.map((id) => itemListOf(id) ?? id))) {
      const counts = (this.reach.attributes[subject] ??= { changed: 0, opened: 0, closed: 0, delivered: 0 });
      counts[what] += 1;
    }
  }
}

/** A record as reach sees it: a vote, and a row where the system has one of it. */
export type ReachedMember = MemberRecord & {
  /** Nothing is written to it: it is still to be made, or held. */
  hasNoRow?: boolean;
};

/** The customer of these records. */
export function reachSide({
  members,
  ...grounds
}: Omit<SurviveInput, 'members'> & { members: readonly ReachedMember[] }): ReachSide {
  const live = members.filter(({ tombstoned }) => !tombstoned);
  if (live.length === 0) return { golden: null, rows: new Map() };
  const golden = survive({ members, ...grounds });
  const { kind, attributes, conflicts, requests } = golden;
  const view = { kind, attributes, held: conflicts.map(({ attribute }) => attribute), requests };
  const rows = live
    .filter(({ hasNoRow }) => hasNoRow !== true)
    .map(({ recordId, state, lens }) => {
      return [recordId, viewDifference(view, { recordId, ...state }, lens).changes] as const;
    });
  return { golden, rows: new Map(rows) };
}

/** What the customer is to a system before and after. */
export function standingsOf(
  before: { scope: ScopeDocument; customer: CustomerBefore },
  after: { scope: ScopeDocument; customer: CustomerBefore },
): { before: Standing; after: Standing } {
  return { before: standingIn(before.scope, before.customer), after: standingIn(after.scope, after.customer) };
}

function nobody(): ScopeCounts {
  return { create: 0, withheld: 0, refresh: 0, surplus: 0 };
}

function attributesChanged(before: Survived, after: Survived): AttributeId[] {
  const ids = [...new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])] as AttributeId[];
  return ids.filter((id) => textOf(before, id) !== textOf(after, id)).sort();
}

/** Nothing known is another answer than *cleared*. */
function textOf({ attributes }: Survived, id: AttributeId): string {
  const golden = attributes[id];
  return golden ? canonicalJson(golden.value as Json) : '';
}

function conflictsOnlyIn(one: Survived | null, other: Survived | null): AttributeId[] {
  const elsewhere = new Set(other?.conflicts.map(({ attribute }) => attribute));
  return (one?.conflicts ?? []).map(({ attribute }) => attribute).filter((attribute) => !elsewhere.has(attribute));
}

/** What would go out after the act and does not as things stand. */
function writtenOtherwise(before: readonly FieldChange[], after: readonly FieldChange[]): FieldChange[] {
  const was = new Map(before.map(({ path, to }) => [path, canonicalJson(to)]));
  return after.filter(({ path, to }) => was.get(path) !== canonicalJson(to));
}

function placeOf({ attribute, path }: FieldChange): string {
  return attribute === null ? path : (itemListOf(attribute) ?? attribute);
}
