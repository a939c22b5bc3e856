import { Injectable } from '@nestjs/common';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface OutboundRow {
  state: 'on' | 'paused';
  reason: string;
  setBy: string | null;
  setAt: Date | null;
  restoredAt: Date | null;
}

/** The one switch for everything that the hub sends. */
@Injectable()
export class OutboundStore {
  async read(tx: Glance): Promise<OutboundRow> {
    const [row] = await tx.query<OutboundRow>(
      `select state, reason, set_by as "setBy", set_at as "setAt", restored_at as "restoredAt" from outbound_switch`,
    );
    return row!;
  }

  async isPaused(tx: Glance): Promise<boolean> {
    return (await this.read(tx)).state === 'paused';
  }

  /** Whether nothing is sent to this system for now: all outbound is paused, or the system is held. */
  async isStill(tx: Glance, systemId: number): Promise<boolean> {
    const [row] = await tx.query<{ still: boolean }>(
      `select exists (select 1 from outbound_switch where state = 'paused')
         or exists (select 1 from system where system_id = $1 and hold_id is not null) as still`,
      [systemId],
    );
    return row!.still;
  }

  /** A pause of a restored hub stays one until the hub is let go. */
  async set(tx: Tx, state: OutboundRow['state'], reason: string, by: string, at: number): Promise<void> {
    await tx.query(
      `update outbound_switch set state = $1, reason = $2, set_by = $3, set_at = $4,
         restored_at = case when $1 = 'on' then null else restored_at end`,
      [state, reason, by, new Date(at)],
    );
  }

  /** Systems that something may be sent to and that no refresh has listed whole since then. */
  async unheard(tx: Tx, since: Date): Promise<string[]> {
    const rows = await tx.query<{ code: string }>(
      `select s.code from system s
       where s.outbound = 'armed' and s.adapter_url is not null
         and not exists (select 1 from refresh_run r where r.system_id = s.system_id and r.mode <> 'events' and r.confined is null
                         and r.started_at > $1 and r.plan_hash is not null)
       order by s.code`,
      [since],
    );
    return rows.map((row) => row.code);
  }
}
