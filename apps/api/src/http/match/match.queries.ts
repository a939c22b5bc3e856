import { Injectable } from '@nestjs/common';
import type { MatchAnswer } from '@cinch/api-contract';
import { entriesOf, explain, type Json, type Reading, type Said } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { ModelsStore } from '../../stages/matching/models.store.ts';
import { WhoIs, type Candidate } from '../../stages/matching/who-is.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { isTombstoned } from '../records/record-state.ts';

/** More are no answer to who this is: what is asked says too little. */
const mostCandidates = 10;

@Injectable()
export class MatchQueries {
  constructor(
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly models: ModelsStore,
    private readonly who: WhoIs,
  ) {}

  async whoIs(tx: Tx, code: string, data: Json): Promise<MatchAnswer> {
    const { systemId } = await this.systems.named(tx, code);
    const reading = (await this.mappings.lensOf(tx, systemId)).read(data);
    const judge = await this.models.inForce(tx);
    const somebody = { kind: reading.kind, said: saidIn(reading), system: code };
    const candidates = await this.who.candidates(tx, judge, somebody);
    if (candidates === null)
      throw new ProblemError(
        'invalid-request',
        'Nothing in "data" tells customers apart: give a name with a birth date or an address, or a phone, e-mail or identifier, as in a push.',
      );
    const best = candidates.slice(0, mostCandidates);
    const known = await this.customers(tx, systemId, best);
    return {
      candidates: best.map(({ customerId, grade, comparison }) => {
        const { isHere, ...customer } = known.get(customerId)!;
        // A second row of one customer is a question there.
        const isTwice = isHere && judge.model.duplicateFree?.includes(code);
        return { ...customer, grade: isTwice ? 'maybe' : grade, evidence: explain(comparison, judge.scorer) };
      }),
      unreadable: reading.unreadable,
    };
  }

  private async customers(tx: Tx, systemId: number, candidates: readonly Candidate[]) {
    const rows = await tx.query<{ number: number; customerId: string; sourceIds: string[]; isHere: boolean }>(
      `select c.customer_id as number, c.public_id as "customerId",
         array(select r.source_key from source_record r where r.customer_id = c.customer_id and r.system_id = $2
           and r.source_key is not null order by 1) as "sourceIds",
         exists (select 1 from source_record r where r.customer_id = c.customer_id and r.system_id = $2
           and r.state = 'live' and not ${isTombstoned}) as "isHere"
       from customer c where c.customer_id = any($1::bigint[])`,
      [candidates.map(({ customerId }) => customerId), systemId],
    );
    return new Map(rows.map(({ number, ...row }) => [number, row]));
  }
}

function saidIn({ attributes }: Reading): Said {
  return Object.fromEntries(entriesOf(attributes).flatMap(([id, { value }]) => (value == null ? [] : [[id, [value]]])));
}
