import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { TakeBack, TakeBackPage, TakeBackPreview } from '@cinch/api-contract';
import type { AttributeId } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import type { TakeBackDifference } from '../../pipeline/take-back-preview.ts';
import type { DecisionBodies } from '../../stages/decisions/decision.ts';
import type { Portion } from '../../stages/records/take-backs.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { portionWords } from '../decisions/decision-words.ts';
import { along, cut, type SortedPage } from '../paging.ts';

interface Row extends Omit<TakeBack, 'words' | 'at' | 'undoneAt' | 'doneAt'> {
  systemName: string;
  body: string;
  at: Date;
  undoneAt: Date | null;
  doneAt: Date | null;
}

@Injectable()
export class TakeBacksQueries {
  constructor(private readonly systems: SystemsStore) {}

  async list(tx: Tx, system: string, { cursor, limit, sort }: SortedPage): Promise<TakeBackPage> {
    const { systemId } = await this.systems.named(tx, system);
    const made = along('d.decision_id', { sort });
    const rows = await tx.query<Row>(
      `select d.decision_id as "decisionId", s.code as system, s.name as "systemName", d.body, d.reason, d.made_by as by, d.made_at as at,
         d.undone_by as "undoneBy", d.undone_at as "undoneAt", d.undone_reason as "undoneReason", t.done_at as "doneAt",
         (select count(*)::int from record_entry e where e.taken_back = d.decision_id) as entries
       from take_back t join decision d using (decision_id) join system s using (system_id)
       where t.system_id = $1 and ${made.beyond('$2')} order by ${made.order} limit $3`,
      [systemId, cursor ?? null, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.decisionId);
    return { takeBacks: shown.map(takeBackOf), nextCursor };
  }

  async shown(tx: Tx, system: string, what: Portion, difference: TakeBackDifference): Promise<TakeBackPreview> {
    const { entries, records, surplus, customers, retired, byAttribute, rowsBySystem, samples } = difference;
    const names = new Map((await this.systems.all(tx)).map((one) => [one.systemId, one]));
    const ids = await this.publicIds(tx, samples);
    const model = await modelInForce(tx);
    return {
      words: portionWords(what, (await this.systems.named(tx, system)).name),
      entries,
      records,
      surplus,
      customers,
      retired,
      byAttribute: Object.entries(byAttribute)
        .map(([attribute, changed]) => {
          return { attribute, label: model.labelOf(attribute), changed };
        })
        .sort((a, b) => b.changed - a.changed),
      rowsBySystem: [...rowsBySystem]
        .map(([id, rows]) => ({ system: names.get(id)!.code, systemName: names.get(id)!.name, rows }))
        .sort((a, b) => b.rows - a.rows),
      samples: samples.map(({ customerId, name, was, became }) => {
        const changed = [...new Set([...Object.keys(was), ...Object.keys(became)])] as AttributeId[];
        const changes = changed.map((id) => ({
          attribute: id,
          label: model.labelOf(id),
          from: was[id] ?? null,
          to: became[id] ?? null,
        }));
        return { customerId: ids.get(customerId)!, name, changes };
      }),
    };
  }

  private async publicIds(tx: Tx, samples: readonly { customerId: number }[]): Promise<Map<number, string>> {
    const rows = await tx.query<{ id: number; shown: string }>(
      'select customer_id as id, public_id as shown from customer where customer_id = any($1::bigint[])',
      [samples.map(({ customerId }) => customerId)],
    );
    return new Map(rows.map(({ id, shown }) => [id, shown]));
  }
}

function takeBackOf({ body, systemName, at, undoneAt, doneAt, ...row }: Row): TakeBack {
  return {
    ...row,
    words: portionWords(JSON.parse(body) as DecisionBodies['take-back'], systemName),
    at: at.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
    doneAt: doneAt?.toISOString() ?? null,
  };
}
