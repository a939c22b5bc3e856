import { Injectable } from '@nestjs/common';
import type { Trouble } from '@cinch/api-contract';
import type { Glance } from '../../platform/transaction.ts';
import { troubleOf, Troubles } from '../../platform/troubles.ts';
import { MappingsStore } from '../../stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';

interface Row {
  outboundPausedAt: Date | null;
  isOutboundPaused: boolean;
  inboundPaused: string[] | null;
  carefulSince: Date | null;
  isDying: boolean | null;
  held: string[] | null;
  news: { code: string; since: string }[] | null;
}

/** Everything that is wrong right now: what this process has met, and what stands in the database. */
@Injectable()
export class TroublesQueries {
  constructor(
    private readonly troubles: Troubles,
    private readonly mappings: MappingsStore,
    private readonly systems: SystemsStore,
  ) {}

  async all(tx: Glance): Promise<Trouble[]> {
    const [row] = await tx.query<Row>(
      `select state = 'paused' as "isOutboundPaused", coalesce(restored_at, set_at) as "outboundPausedAt",
         (select array_agg(code order by code) from system where inbound = 'paused') as "inboundPaused",
         (select array_agg(code order by code) from system where hold_id is not null) as held,
         (select json_agg(json_build_object('code', s.code, 'since', h.opened_at) order by s.code) from hold h join system s using (system_id)
          where h.reason in ('changed-much', 'newcomer') and h.answered_at is null) as news,
         since as "carefulSince", waits as "isDying"
       from outbound_switch left join left_over on true`,
    );
    const { isOutboundPaused, outboundPausedAt, inboundPaused, held, news, carefulSince, isDying } = row!;
    return [
      ...this.troubles.list(),
      ...(carefulSince ? [troubleOf(isDying ? 'dies-at-work' : 'after-a-death', carefulSince.toISOString())] : []),
      ...(isOutboundPaused ? [troubleOf('outbound-paused', outboundPausedAt?.toISOString() ?? null)] : []),
      ...(await this.mappings.stopped(tx)).map((code) => troubleOf('mapping-stopped', null, code)),
      ...(await this.systems.away(tx)).map(({ code, since }) => troubleOf('system-away', since.toISOString(), code)),
      ...(held ?? []).map((code) => troubleOf('system-held', null, code)),
      ...(news ?? []).map(({ code, since }) => troubleOf('news-held', new Date(since).toISOString(), code)),
      ...(await this.aside(tx)).map(({ since, system }) => troubleOf('work-aside', since.toISOString(), system)),
      ...(inboundPaused ?? []).map((code) => troubleOf('inbound-paused', null, code)),
    ];
  }

  /** Over these the hub has died; of a system, its code. */
  private aside(tx: Glance): Promise<{ since: Date; system: string | null }[]> {
    return tx.query(
      `select w.aside_at as since, s.code as system from work_under_way w left join system s on w.work = 'system ' || s.system_id
       where w.aside_at is not null order by w.work`,
    );
  }
}
