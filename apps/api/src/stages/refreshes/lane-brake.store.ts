import { Injectable } from '@nestjs/common';
import type { LaneExcess } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How much went to each system between refreshes in the last hour, and which lane has paused itself for it. */
@Injectable()
export class LaneBrakeStore {
  async sentInTheLastHour(tx: Tx, systemId: number, at: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      'select coalesce(sum(n), 0)::bigint as n from lane_sent where system_id = $1 and minute > $2',
      [systemId, new Date(at - hourMs)],
    );
    return row!.n;
  }

  async noteSent(tx: Tx, systemId: number, count: number, at: number): Promise<void> {
    await tx.query('delete from lane_sent where system_id = $1 and minute <= $2', [systemId, new Date(at - hourMs)]);
    await tx.query(
      `insert into lane_sent (system_id, minute, n) values ($1, $2, $3)
       on conflict (system_id, minute) do update set n = lane_sent.n + excluded.n`,
      [systemId, new Date(at - (at % minuteMs)), count],
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

  async pause(tx: Tx, systemId: number, why: LaneExcess, at: number): Promise<void> {
    await tx.query('update system set lane_braked = $2 where system_id = $1', [
      systemId,
      JSON.stringify({ ...why, at: new Date(at).toISOString() }),
    ]);
  }
}
