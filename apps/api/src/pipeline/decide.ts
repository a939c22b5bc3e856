import { modelInForce } from '../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Resolution } from '@cinch/api-contract';
import { assertionId, type AttributeId, type Value } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { ProblemError } from '../platform/problem-error.ts';
import type { Tx } from '../platform/transaction.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import { RequestsStore, type OpenRequest } from '../stages/mastering/requests.store.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { Acts } from './acts.ts';
import { choiceOf } from './choice-of.ts';
import { SystemsInForce } from './systems-in-force.ts';

/** Who acts and why, and which standing decisions give way. */
export interface Wish {
  reason: string;
  by: string;
  replaces?: readonly number[] | undefined;
}

export interface PinWish extends Wish {
  attribute: AttributeId;
  value: Value | null;
  until: number | null;
}

export interface AnswerWish extends Wish {
  accepted: boolean;
  /** The owner's record that gets an accepted value, by its key; may be left out where the customer has only one there. */
  target?: string | undefined;
}

/** A steward's acts about values. */
@Injectable()
export class Decide {
  constructor(
    private readonly acts: Acts,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly decisions: DecisionsStore,
    private readonly mastering: MasteringStore,
    private readonly requests: RequestsStore,
    private readonly records: RecordsStore,
  ) {}

  resolve(conflictId: number, resolution: Resolution, by: string): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      const question = await this.decisions.question(tx, conflictId);
      if (!question) throw new ProblemError('not-found', 'There is no such conflict: look at the list.');
      const { reason, replaces } = resolution;
      return { kind: 'choice', ...choiceOf(question, resolution), conflictId, reason, by, replaces };
    });
  }

  /** Fixes a value, also against what the systems will say, until it ends or is undone. */
  pin(customerId: number, { attribute, value, until, ...wish }: PinWish): Promise<{ decisionId: number }> {
    if (until !== null && until <= this.clock.now())
      throw new ProblemError('invalid-request', 'The pin would have ended already: choose a later end, or none.');
    return this.acts.make(async (tx) => {
      const { shape } = (await modelInForce(tx)).attributeOf(attribute);
      const problem = value === null ? null : shape.problem(value);
      if (problem) throw new ProblemError('invalid-request', `The value cannot be pinned: ${problem.detail}`);
      const members = await this.membersOf(tx, customerId);
      const golden = (await this.mastering.golden(tx, [customerId])).get(customerId);
      const from = golden?.attributes[attribute]?.from.recordId;
      const recordId = members.find((member) => member.recordId === from)?.recordId ?? members[0]!.recordId;
      return { kind: 'pin', body: { attribute, recordId, value, until }, records: [recordId], ...wish };
    });
  }

  /** An accepted value is delivered to the owner's record, whose receipt makes it the owner's own word. */
  answer(requestId: number, { accepted, target, ...wish }: AnswerWish): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      const request = await this.requests.open(tx, requestId);
      if (!request) throw new ProblemError('not-found', 'There is no such open change request: look at the list.');
      const { attribute, assertion, customerId } = request;
      const members = await this.membersOf(tx, customerId);
      const targetId = accepted ? await this.targetOf(tx, request, members, target) : null;
      const shown = { [assertion]: { value: request.value, at: request.at } };
      const body = { attribute, request: assertion, accepted, target: targetId, shown };
      const records = [Number(assertion.slice(0, assertion.indexOf('@'))), ...(targetId === null ? [] : [targetId])];
      return { kind: 'answer', body, records, ...wish };
    });
  }

  /** Values that deliveries replaced vote again. */
  reconsider(customerId: number, attribute: AttributeId, wish: Wish): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      const superseded = (await this.membersOf(tx, customerId)).flatMap(({ recordId, known }) => {
        const own = known.asserted[attribute];
        return own?.superseded ? [{ recordId, position: own.position, value: own.value, at: own.at }] : [];
      });
      if (superseded.length === 0)
        throw new ProblemError('not-possible', 'No delivery has replaced a value of this attribute.');
      const said = superseded.map((one) => [assertionId(one), { value: one.value, at: one.at }]);
      const body = { attribute, assertions: superseded.map(assertionId), shown: Object.fromEntries(said) };
      return { kind: 'reconsider', body, records: superseded.map((one) => one.recordId), ...wish };
    });
  }

  undo(decisionId: number, by: string, why?: string): Promise<void> {
    return this.acts.undo(decisionId, by, why);
  }

  private async membersOf(tx: Tx, customerId: number): Promise<SourceRecord[]> {
    const members = (await this.records.byCustomers(tx, [customerId])).filter((one) => !one.tombstoned);
    if (members.length === 0)
      throw new ProblemError('not-possible', 'The customer has no live record: there is nothing to decide.');
    return members;
  }

  private async targetOf(
    tx: Tx,
    { owner }: OpenRequest,
    members: readonly SourceRecord[],
    key: string | undefined,
  ): Promise<number> {
    const ownerId = [...(await this.systems.load(tx)).values()].find((system) => system.code === owner)?.systemId;
    const owned = members.filter((one) => one.systemId === ownerId && one.sourceKey !== null);
    const named = key === undefined ? owned : owned.filter((one) => one.sourceKey === key);
    if (named.length === 1) return named[0]!.recordId;
    const keys = owned.map((one) => one.sourceKey).join(', ');
    const detail = keys ? `Name in "target" one of its records in ${owner}: ${keys}.` : `It has no record in ${owner}.`;
    throw new ProblemError('invalid-request', detail);
  }
}
