import { Injectable } from '@nestjs/common';
import { measuresIn, type LaneExcess, type Measure, type Tally } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The hub died over it: nothing was too much. */
type LaneDeaths = { count: 0; of: 0; limit: 0; deaths: number };

/** How much went to each system between refreshes in the last hour, and which lane has paused itself for it. */
@Injectable()
export class LaneBrakeStore {
  async sentInTheLastHour(tx: Tx, systemId: number, at: number): Promise<Tally> {
    const rows = await tx.query<{ measure: Measure; n: number }>(
      'select measure, sum(n)::bigint as n from lane_sent where system_id = $1 and minute > $2 group by measure',
      [systemId, new Date(at - hourMs)],
    );
    return Object.fromEntries(rows.map(({ measure, n }) => [measure, n]));
  }

  async noteSent(tx: Tx, systemId: number, tally: Tally, at: number): Promise<void> {
    await tx.query('delete from lane_sent where system_id = $1 and minute <= $2', [systemId, new Date(at - hourMs)]);
    const counted = measuresIn(tally).sort();
    await tx.query(
      `insert into lane_sent (system_id, minute, measure, n) select $1, $2, t.measure, t.n from unnest($3::text[], $4::int[]) as t(measure, n)
       on conflict (system_id, minute, measure) do update set n = lane_sent.n + excluded.n`,
      [systemId, new Date(at - (at % minuteMs)), counted.map(([measure]) => measure), counted.map(([, n]) => n)],
    );
  }

  /** Records of the system that a share is a share of. */
  async records(tx: Tx, systemId: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select count(*) as n from source_record where system_id = $1 and state = 'live'`,
      [systemId],
    );
    return row!.n;
  }

  async pause(tx: Tx, systemId: number, why: LaneExcess | LaneDeaths, at: number): Promise<void> {
    await tx.query('update system set lane_braked = $2 where system_id = $1', [
      systemId,
      JSON.stringify({ ...why, at: new Date(at).toISOString() }),
    ]);
  }
}
