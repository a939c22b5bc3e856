import { Injectable } from '@nestjs/common';
import { holdAnswers } from '@cinch/api-contract';
import { alwaysPass, isGrown, type Epoch, type Reach } from '@cinch/canonical-model';
import { Audit } from '../platform/audit.ts';
import { Clock, wholeSecond } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { InboundStore } from '../stages/records/inbound.store.ts';
import { HoldsStore, type HoldRow } from '../stages/records/holds.store.ts';
import { PersonsStore } from '../stages/records/persons.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { TimelinesStore } from '../stages/records/timelines.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import { Foresight } from './foresight.ts';
import { Ingest } from './ingest.ts';
import { positionsIn } from './person-watch.ts';
import { SystemsInForce } from './systems-in-force.ts';

/** Everybody waits for as many: more are derived in pieces, like what a new mapping reads. */
const derivedAtOnce = 50;
/** Who answers where it is only tried out. */
const nobody = 'nobody';
/** As much as one push brings: whoever looks at it waits for it. */
const mostTriedRows = 500;

/** What a person says: when the system was set back, or what its held rows are. */
export type Answered =
  | { answer: 'same-person' | 'somebody-else' }
  /** `stands`: it is said of every row of the system that looks set back from now on. */
  | { answer: 'drift' | 'anew'; stands?: boolean }
  /** `count`: so many rows are held, as a person has read it. */
  | { answer: 'let-in'; count?: number | undefined }
  | { answer: 'thrown-back'; alsoPassed: boolean }
  | { answer: 'restored'; rows: 'all' | 'held'; epoch: Epoch };

/** What is held counts, or does not, once a person has said what it was. */
@Injectable()
export class Holds {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly store: HoldsStore,
    private readonly systems: SystemsStore,
    private readonly inForce: SystemsInForce,
    private readonly ingest: Ingest,
    private readonly records: RecordsStore,
    private readonly inbound: InboundStore,
    private readonly audit: Audit,
    private readonly foresight: Foresight,
    private readonly persons: PersonsStore,
    private readonly timelines: TimelinesStore,
  ) {}

  answer(holdId: number, said: Answered, by: string, why?: string): Promise<void> {
    return this.committer.commit(async (tx) => {
      const hold = await this.open(tx, holdId);
      await this.carryOut(tx, hold, said, { by, why });
      await this.audit.note(tx, by, `hold ${holdId} answered: ${said.answer}`, hold.system);
    });
  }

  /** Answers the next row of a system of which a person has said what all such rows are. False when there is none. */
  async answerStanding(systemId: number | null = null): Promise<boolean> {
    const next = await this.database.glance((tx) => this.store.answered(tx, systemId));
    if (!next) return false;
    const { holdId, answer, by } = next;
    await this.committer.commit(async (tx) => {
      const hold = await this.store.byId(tx, holdId);
      if (hold?.answer === null) await this.letGo(tx, hold, { answer, why: `As ${by} said of all such rows.` }, by);
    });
    return true;
  }

  /** The system has been listed to its end since a person answered for all of its rows: the next one that looks set back is a question. */
  async endOnce(systemId: number): Promise<void> {
    while (await this.answerStanding(systemId));
    await this.committer.commit((tx) => this.systems.setStandingAnswer(tx, systemId, null));
  }

  /** What each answer would change; null where it cannot be tried out. Nothing is answered. */
  async foresee(holdId: number): Promise<{ answer: Answered['answer']; reach: Reach | null }[]> {
    const { reason } = await this.committer.tryOut((tx) => this.open(tx, holdId));
    const foreseen: { answer: Answered['answer']; reach: Reach | null }[] = [];
    for (const answer of holdAnswers[reason])
      foreseen.push({ answer, reach: await this.committer.tryOut((tx) => this.reachOf(tx, holdId, answer)) });
    return foreseen;
  }

  private async reachOf(tx: Tx, holdId: number, answer: Answered['answer']): Promise<Reach | null> {
    const hold = await this.open(tx, holdId);
    const said = tried(answer);
    if (!said || hold.isWhole || (await this.store.heldRows(tx, holdId)) > mostTriedRows) return null;
    const work = () => this.carryOut(tx, hold, said, { by: nobody });
    return (await this.foresight.rehearsed(tx, work)).reach;
  }

  private async open(tx: Tx, holdId: number): Promise<HoldRow> {
    const hold = await this.store.byId(tx, holdId);
    if (!hold)
      throw new ProblemError('not-found', 'Nothing is held under this number: look at the list of what is held.');
    if (hold.answer !== null)
      throw new ProblemError('not-possible', 'This was answered already: read the list of what is held again.');
    return hold;
  }

  private async carryOut(
    tx: Tx,
    hold: HoldRow,
    said: Answered,
    { by, why }: { by: string; why?: string | undefined },
  ): Promise<void> {
    const { holdId, systemId, reason } = hold;
    mustFit(hold, said);
    if (reason === 'newcomer' && said.answer === 'let-in' && by !== nobody)
      mustBeRead(await this.store.heldRows(tx, holdId), said.count);
    if (said.answer === 'thrown-back' && said.alsoPassed) await this.inbound.joinPassed(tx, holdId);
    if (said.answer === 'let-in') await this.inbound.noteLetIn(tx, holdId);
    if (reason === 'newcomer' && said.answer === 'let-in')
      await this.systems.setMasters(tx, systemId, this.clock.now());
    if (said.answer === 'somebody-else') await this.joinSince(tx, hold);
    if (said.answer === 'drift' || said.answer === 'anew') await this.noteStanding(tx, hold, said, by);
    if (said.answer !== 'restored') await this.letGo(tx, hold, { answer: said.answer, why }, by);
    else if (said.rows === 'all') await this.restored(tx, systemId, said.epoch, by, why);
    else {
      mustExplain(said.epoch, await this.store.since(tx, [holdId]), this.clock.now());
      await this.letGo(tx, hold, { answer: 'restored', epoch: bySeconds(said.epoch), why }, by);
    }
  }

  /** A restore of the system explains all that is held for the suspicion of one. All of its records are derived anew. */
  async restored(tx: Tx, systemId: number, told: Epoch, by: string, why?: string): Promise<void> {
    const now = this.clock.now();
    const open = await this.store.openOf(tx, systemId);
    const since = await this.store.since(tx, open);
    mustExplain(told, since, now);
    const epoch = bySeconds(told);
    mustFollow(epoch, (await this.systems.restores(tx)).get(systemId) ?? []);
    await this.systems.noteRestore(tx, systemId, epoch, by, now);
    await this.store.answer(tx, open, { answer: 'restored', why }, by, now);
    // It is held no more: its records are derived, and its lines taken in, from now on.
    await this.inForce.load(tx);
  }

  /** Of a whole system it is said of the rows that were not met yet as well. */
  private async noteStanding(
    tx: Tx,
    { systemId, isWhole }: HoldRow,
    { answer, stands }: { answer: 'drift' | 'anew'; stands?: boolean },
    by: string,
  ): Promise<void> {
    // One that is never listed is asked about row by row.
    const isListed = (await this.systems.byId(tx, systemId))!.adapterUrl !== null;
    if (!stands && !(isWhole && isListed)) return;
    await this.systems.setStandingAnswer(tx, systemId, { answer, by, at: this.clock.now(), once: !stands });
  }

  /** What was let through before anybody was asked, and told of somebody else already, begins the other's life with what is held. */
  private async joinSince(tx: Tx, { holdId, systemId }: HoldRow): Promise<void> {
    const { recordId, seen } = (await this.persons.seenOf(tx, holdId))!;
    const timeline = (await this.timelines.read(tx, [recordId])).get(recordId)!;
    const order = positionsIn(timeline, (await this.inForce.load(tx)).get(systemId)!);
    const since = order.indexOf(seen.since);
    if (since >= 0) await this.persons.join(tx, holdId, recordId, order.slice(since));
  }

  /** Each record is as if it had been told so from the start. What that changes waits for a run. */
  private async letGo(
    tx: Tx,
    { holdId, systemId }: HoldRow,
    answer: Parameters<HoldsStore['answer']>[2],
    by: string,
  ): Promise<void> {
    const recordIds = await this.store.answer(tx, [holdId], answer, by, this.clock.now());
    if (by !== nobody && recordIds.length > derivedAtOnce) await this.records.deriveAnew(tx, systemId, recordIds);
    else await this.ingest.again(tx, await this.inForce.load(tx), recordIds);
  }
}

/**
 * Many systems tell times by whole seconds: what they write in the second of their restore would else count as written before it, and
 * would be heard by every refresh from then on.
 */
function bySeconds({ setBackTo, restoredAt, ...rest }: Epoch): Epoch {
  const second = wholeSecond(restoredAt);
  return { ...rest, setBackTo, restoredAt: second > setBackTo ? second : restoredAt };
}

/** As it is tried out; null: it needs instants that only a person knows. */
function tried(answer: Answered['answer']): Answered | null {
  if (answer === 'restored') return null;
  return answer === 'thrown-back' ? { answer, alsoPassed: false } : { answer };
}

function mustBeRead(rows: number, typed: number | undefined): void {
  if (rows <= alwaysPass || (typed !== undefined && !isGrown(rows, typed) && !isGrown(typed, rows))) return;
  const detail = `${rows} rows are held. Look at what they would change, then send ${rows} as "count" to let them in. Nothing was changed.`;
  throw new ProblemError('reach-unseen', detail, undefined, { count: rows });
}

function mustFit({ reason }: HoldRow, { answer }: Answered): void {
  const fits: readonly string[] = holdAnswers[reason];
  if (!fits.includes(answer))
    throw new ProblemError('not-possible', `This question is answered by one of ${fits.join(', ')}: read it again.`);
}

function mustExplain({ setBackTo, restoredAt }: Epoch, since: Date | null, now: number): void {
  if (restoredAt > now)
    throw new ProblemError('invalid-request', 'restoredAt lies ahead: note a restore when it is done.');
  if (restoredAt <= setBackTo)
    throw new ProblemError('invalid-request', 'restoredAt must be later than setBackTo: a system is set back in time.');
  if (since === null || wholeSecond(restoredAt) <= since.getTime()) return;
  const detail = `What is held was told by the restored system at ${since.toISOString()}: restoredAt cannot be later than that.`;
  throw new ProblemError('invalid-request', detail);
}

function mustFollow({ restoredAt }: Epoch, before: readonly Epoch[]): void {
  const last = before.at(-1);
  if (!last || restoredAt > last.restoredAt) return;
  const detail = `The system was restored at ${new Date(last.restoredAt).toISOString()} already: restoredAt must be later than that.`;
  throw new ProblemError('not-possible', detail);
}
