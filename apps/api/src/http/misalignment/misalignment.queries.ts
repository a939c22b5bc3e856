import { Injectable } from '@nestjs/common';
import { misalignmentReport, type Misalignment, type MisalignmentLine } from '@cinch/api-contract';
import { modelInForce } from '../../platform/model-in-force.ts';
import type { Tx } from '../../platform/transaction.ts';

type Line = Omit<MisalignmentLine, 'label'>;
type Found = Omit<Line, 'decided'>;
type Decided = Pick<Line, 'month' | 'attribute' | 'systems' | 'decided'>;

const monthOf = (instant: string) => `to_char(${instant} at time zone 'UTC', 'YYYY-MM')`;
/** An item stands for its list: what it is known by may be personal. */
const plain = (attribute: string) => `split_part(${attribute}, ':', 1)`;

@Injectable()
export class MisalignmentQueries {
  async between(tx: Tx, since: Date, until: Date): Promise<Misalignment> {
    const lines = new Map<string, Line>();
    const lineOf = ({ month, attribute, systems }: Decided | Found) => {
      const name = JSON.stringify([month, attribute, systems]);
      let line = lines.get(name);
      if (!line) lines.set(name, (line = { month, attribute, systems, found: 0, repaired: 0, refused: 0, decided: 0 }));
      return line;
    };
    for (const { found, repaired, refused, ...of } of await this.found(tx, since, until))
      Object.assign(lineOf({ ...of, found, repaired, refused }), { found, repaired, refused });
    for (const one of await this.decided(tx, since, until)) lineOf(one).decided = one.decided;
    const model = await modelInForce(tx);
    const sorted = [...lines.values()].sort(byMonthAndCost);
    return {
      since: since.toISOString(),
      until: until.toISOString(),
      lines: sorted
        .slice(0, misalignmentReport.lines)
        .map((line) => ({ ...line, label: model.labelOf(line.attribute) })),
      leftOut: Math.max(0, sorted.length - misalignmentReport.lines),
    };
  }

  /** By whole runs that closed: what a run that was given up had found is found again by the next. */
  private found(tx: Tx, since: Date, until: Date): Promise<Found[]> {
    return tx.query<Found>(
      `select ${monthOf('i.at')} as month, ${plain('f.attribute')} as attribute,
         case when source.code = s.code or source.code is null then array[s.code]
              else array[least(s.code, source.code), greatest(s.code, source.code)] end as systems,
         count(*)::int as found, (count(*) filter (where i.outcome = 'stored'))::int as repaired,
         (count(*) filter (where i.outcome in ('parked', 'mismatch')))::int as refused
       from refresh_item i join refresh_run run using (run_id) join system s on s.system_id = run.system_id
       cross join lateral (select distinct field ->> 'attribute' as attribute from json_array_elements(i.fields::json) field) f
       left join record_entry offer on offer.kind = 'offer' and offer.delivery_id = i.delivery_id
       left join source_record supplier
         on supplier.record_id = (offer.native::json #>> array[f.attribute, 'supplier', 'recordId'])::bigint
       left join system source on source.system_id = supplier.system_id
       where i.at >= $1 and i.at < $2 and i.kind = 'change' and i.outcome <> 'withdrawn'
         and run.mode <> 'events' and run.phase = 'closed' and f.attribute is not null
       group by 1, 2, 3`,
      [since, until],
    );
  }

  private decided(tx: Tx, since: Date, until: Date): Promise<Decided[]> {
    return tx.query<Decided>(
      `select ${monthOf('d.made_at')} as month, ${plain("d.body::json ->> 'attribute'")} as attribute, parties.systems,
         count(*)::int as decided
       from decision d cross join lateral (
         select array_agg(distinct s.code order by s.code) as systems from source_record r join system s using (system_id)
         where r.record_id = any(d.records || array(
           select split_part(shown, '@', 1)::bigint from json_array_elements_text(d.body::json -> 'basis') shown))) parties
       where d.kind in ('choice', 'answer') and d.made_at >= $1 and d.made_at < $2 and d.undone_at is null
         and parties.systems is not null
       group by 1, 2, 3`,
      [since, until],
    );
  }
}

function byMonthAndCost(a: Line, b: Line): number {
  const cost = ({ found, decided }: Line) => found + decided;
  if (a.month !== b.month) return a.month < b.month ? 1 : -1;
  return cost(b) - cost(a) || (a.attribute < b.attribute ? -1 : 1);
}
