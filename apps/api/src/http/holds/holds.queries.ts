import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Hold, HoldPage } from '@cinch/api-contract';
import { inboundWindowMs, type Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { along, cut, type SortedPage } from '../paging.ts';
import { questionOf, readingOf, type Seen } from './hold-words.ts';

interface Row extends Omit<Hold, 'question' | 'readings' | 'openedAt' | 'since' | 'answeredAt'> {
  seen: string;
  openedAt: Date;
  since: Date | null;
  answeredAt: Date | null;
}

/** Records that the system changed in the same way just before. */
const passed = `(select count(distinct c.record_id)::int from inbound_change c where c.system_id = h.system_id
  and c.subject in (select json_array_elements_text(h.seen::json -> 'subjects'))
  and c.told_at >= h.opened_at - make_interval(secs => ${inboundWindowMs / 1000}))`;

const selected = `select h.hold_id as "holdId", s.code as system, s.name as "systemName", h.reason, h.seen, h.is_whole as "isWhole",
    held.rows, held.told, held.since, case when h.reason not in ('restore', 'somebody-else') and h.answer is null then ${passed} else 0 end as passed, h.opened_at as "openedAt", h.answer, h.answered_by as "answeredBy", h.answered_at as "answeredAt", h.answer_reason as "answerReason",
    case when held.rows = 1 then r.source_key end as "sourceId", case when held.rows = 1 then c.public_id end as "customerId"
  from hold h join system s using (system_id)
  cross join lateral (
    select count(distinct record_id)::int as rows, count(*)::int as told, min(record_id) as record_id, min(counts_from) as since
    from record_entry e where e.hold_id = h.hold_id) held
  left join source_record r on r.record_id = held.record_id left join customer c on c.customer_id = r.customer_id`;

@Injectable()
export class HoldsQueries {
  async list(tx: Tx, state: 'open' | 'answered', { cursor, limit, sort }: SortedPage): Promise<HoldPage> {
    const opened = along('h.hold_id', { sort });
    const rows = await tx.query<Row>(
      `${selected} where (h.answered_at is null) = $1 and ${opened.beyond('$2')} order by ${opened.order} limit $3`,
      [state === 'open', cursor ?? null, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.holdId);
    const [open] = await tx.query<{ n: number }>('select count(*)::int as n from hold where answered_at is null');
    const model = await modelInForce(tx);
    return { holds: shown.map((row) => holdOf(row, model)), nextCursor, open: open!.n };
  }

  async one(tx: Tx, holdId: number): Promise<Hold | null> {
    const [row] = await tx.query<Row>(`${selected} where h.hold_id = $1`, [holdId]);
    return row ? holdOf(row, await modelInForce(tx)) : null;
  }
}

function holdOf({ seen: text, openedAt, since, answeredAt, ...row }: Row, model: Model): Hold {
  const seen = JSON.parse(text) as Seen;
  const isDoubt = seen.code === 'somebody-else';
  return {
    ...row,
    question: questionOf(row, seen, model),
    readings: isDoubt ? { before: readingOf(seen.before, model), now: readingOf(seen.now, model) } : null,
    openedAt: openedAt.toISOString(),
    since: since?.toISOString() ?? null,
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}
