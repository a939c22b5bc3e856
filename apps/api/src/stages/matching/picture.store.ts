import { Injectable, Optional } from '@nestjs/common';
import { perBit } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { crowd } from './keys.store.ts';

/** Of a larger table so much is looked at, by pages that are drawn by lot: the figures of a scale need no more. */
const bytesAtMost = 32 * 1024 * 1024;

/** Pairs of records whose weight is from `bits` up to one more. */
export interface WeightBin {
  bits: number;
  /** One customer today, and not. */
  together: number;
  apart: number;
}

/** Where the pairs of records lie by their weight, and how crowded keys are. */
@Injectable()
export class MatchPictureStore {
  constructor(@Optional() private readonly most: number = bytesAtMost) {}

  async weights(tx: Tx): Promise<{ bins: WeightBin[]; share: number }> {
    const share = await this.shareOf(tx, 'match_edge');
    const bins = await tx.query<WeightBin>(
      `select floor(e.weight / ${perBit}.0)::int as bits,
         count(*) filter (where one.customer_id = other.customer_id)::int as together,
         count(*) filter (where one.customer_id is distinct from other.customer_id)::int as apart
       from match_edge e ${sampled(share)}
       join source_record one on one.record_id = e.record_id join source_record other on other.record_id = e.other_id
       where e.record_id < e.other_id group by 1 order by 1`,
    );
    const whole = (count: number) => Math.round(count / share);
    const scaled = bins.map(({ bits, together, apart }) => {
      return { bits, together: whole(together), apart: whole(apart) };
    });
    return { bins: scaled, share };
  }

  /** Keys that more records hold than may be compared by them. */
  async crowded(tx: Tx): Promise<{ strong: number; weak: number; share: number }> {
    const share = await this.shareOf(tx, 'match_key');
    const [row] = await tx.query<{ strong: number; weak: number }>(
      `select count(*) filter (where key % 2 = 0)::int as strong, count(*) filter (where key % 2 <> 0)::int as weak
       from match_key ${sampled(share)} where record_id = ${crowd}`,
    );
    return { strong: Math.round(row!.strong / share), weak: Math.round(row!.weak / share), share };
  }

  private async shareOf(tx: Tx, table: 'match_edge' | 'match_key'): Promise<number> {
    const [row] = await tx.query<{ bytes: number }>(`select pg_relation_size('${table}') as bytes`);
    return Math.min(1, this.most / Math.max(1, row!.bytes));
  }
}

/** Repeatable, so that two looks at the same rows tell the same. */
function sampled(share: number): string {
  return share === 1 ? '' : `tablesample system (${(100 * share).toFixed(4)}) repeatable (1)`;
}
