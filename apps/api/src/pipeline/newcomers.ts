import { Injectable } from '@nestjs/common';
import { alwaysPass, itemListOf, type AttributeId } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { InboundStore } from '../stages/records/inbound.store.ts';
import { NewcomersStore } from '../stages/records/newcomers.store.ts';
import type { Touched } from '../stages/records/timelines.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import type { SystemInForce } from './systems-in-force.ts';

type TouchedRecords = ReadonlyMap<number, Touched>;

/** What came of deriving records. */
export interface Derived {
  affected: number[];
  /** The customer of each record that was touched. */
  customerOf: ReadonlyMap<number, number>;
  moves: readonly { from: number; to: number }[];
  /** Of customers that were there before: which golden values are others now; of one that is no more, none. */
  changed: ReadonlyMap<number, readonly AttributeId[]>;
}

/** A record that begins, of a system that is new. */
interface Beginner {
  recordId: number;
  systemId: number;
}

/**
 * Of a new system only that masters which changes nothing of others (rule 31): where a record begins that changes the golden values of a
 * customer that another system told of, and five have passed, it is held under one question. It is derived for real to find that out, and
 * again without what is held.
 */
@Injectable()
export class Newcomers {
  private readonly rehearsing = new WeakSet<Tx>();

  constructor(
    private readonly clock: Clock,
    private readonly store: NewcomersStore,
    private readonly inbound: InboundStore,
    private readonly systems: SystemsStore,
  ) {}

  /** Within this transaction, of which nothing stays, everything counts. */
  letAllIn(tx: Tx): void {
    this.rehearsing.add(tx);
  }

  async guard(
    tx: Tx,
    inForce: ReadonlyMap<number, SystemInForce>,
    touched: TouchedRecords,
    derive: (touched: TouchedRecords) => Promise<Derived>,
  ): Promise<Derived> {
    const beginners = [...touched].flatMap(([recordId, { fresh }]): Beginner[] => {
      if (!fresh || fresh.head.holdId !== null) return [];
      const { systemId } = fresh.head;
      return inForce.get(systemId)!.mastersAt === null ? [{ recordId, systemId }] : [];
    });
    if (beginners.length === 0 || this.rehearsing.has(tx)) return derive(touched);
    const held = new Map<number, { systemId: number; customerId: number; subjects: string[] }>();
    for (let current = touched; ;) {
      await tx.query('savepoint newcomer');
      const derived = await derive(current);
      const left = beginners.filter(({ recordId }) => !held.has(recordId));
      const { passing, over } = await this.sort(tx, left, derived);
      if (over.length === 0) {
        await tx.query('release savepoint newcomer');
        await this.keep(tx, touched, passing, held);
        return derived;
      }
      await tx.query('rollback to savepoint newcomer');
      await tx.query('release savepoint newcomer');
      for (const { recordId, ...one } of over) held.set(recordId, one);
      current = new Map([...touched].map(([id, one]) => [id, held.has(id) ? asHeld(one) : one]));
    }
  }

  /** Which of the beginners change customers of others, in the order in which they were accepted; five of a system pass. */
  private async sort(tx: Tx, beginners: readonly Beginner[], { customerOf, moves, changed }: Derived) {
    const passing: Beginner[] = [];
    const over: (Beginner & { customerId: number; subjects: string[] })[] = [];
    const heirs = new Map(moves.map(({ from, to }) => [from, to]));
    const subjectsOf = new Map<number, string[]>();
    for (const [customerId, attributes] of changed)
      subjectsOf.set(heirs.get(customerId) ?? customerId, [...new Set(attributes.map((id) => itemListOf(id) ?? id))]);
    for (const [systemId, own] of Map.groupBy(beginners, (one) => one.systemId)) {
      const concerned = own.flatMap((one) => {
        const customerId = customerOf.get(one.recordId);
        const subjects = customerId === undefined ? undefined : subjectsOf.get(customerId);
        return subjects ? [{ ...one, customerId: customerId!, subjects }] : [];
      });
      const others = await this.store.othersAmong(
        tx,
        systemId,
        concerned.map(({ customerId }) => customerId),
      );
      const changing = concerned.filter(({ customerId }) => others.has(customerId));
      if (changing.length === 0) continue;
      const before = await this.store.passed(tx, systemId);
      if (before + changing.length > alwaysPass && (await this.store.isSettled(tx, systemId, this.clock.now()))) {
        await this.systems.setMasters(tx, systemId, this.clock.now());
        continue;
      }
      const most = Math.max(0, alwaysPass - before);
      passing.push(...changing.slice(0, most));
      over.push(...changing.slice(most));
    }
    return { passing, over };
  }

  private async keep(
    tx: Tx,
    touched: TouchedRecords,
    passing: readonly Beginner[],
    held: ReadonlyMap<number, { systemId: number; customerId: number; subjects: string[] }>,
  ): Promise<void> {
    const now = this.clock.now();
    const newsOf = (recordId: number) => touched.get(recordId)!.fresh!.origins.map((one) => ({ ...one, recordId }));
    for (const [systemId, own] of Map.groupBy(passing, (one) => one.systemId)) {
      const news = own.flatMap(({ recordId }) => newsOf(recordId).slice(0, 1));
      await this.inbound.note(
        tx,
        systemId,
        news.map((one) => ({ ...one, subject: 'others' })),
        now,
      );
    }
    for (const [systemId, own] of Map.groupBy(held, ([, one]) => one.systemId)) {
      const changes = new Map(own.map(([, { customerId, subjects }]) => [customerId, subjects]));
      const holdId = await this.store.ask(tx, systemId, changes, now);
      await this.inbound.hold(
        tx,
        holdId,
        own.flatMap(([recordId]) => newsOf(recordId)),
      );
    }
  }
}

function asHeld({ fresh, ...rest }: Touched): Touched {
  const entries = fresh!.entries.map((entry) => ({ ...entry, hold: { standing: 'held' } as const }));
  return { ...rest, fresh: { ...fresh!, entries } };
}
