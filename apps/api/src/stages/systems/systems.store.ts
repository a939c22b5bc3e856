import { Injectable } from '@nestjs/common';
import {
  limitsOf,
  type DriftComparison,
  type Epoch,
  type Limits,
  type OwnLimits,
  type Schedule,
  type ScopeDocument,
} from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import { TokenSeal, type SealedToken } from '../../platform/token-seal.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface SystemRow {
  systemId: number;
  code: string;
  name: string;
  outbound: 'off' | 'armed';
  lane: 'off' | 'on';
  inbound: 'on' | 'paused';
  scope: ScopeDocument;
  /** How often it was set since the system was made. */
  scopeVersion: number;
  /** As an admin set them. */
  ownLimits: OwnLimits;
  schedule: Schedule & { applies: boolean };
  /** In which rows drift is looked for. */
  comparison: DriftComparison;
  /** As they hold. */
  limits: Limits;
  adapterUrl: string | null;
  adapterToken: SealedToken | null;
  mappingVersion: number | null;
  /** The open question whether it was set back: nothing is sent to it, and what it sends waits. */
  holdId: number | null;
  /** Null: it is new, and what it would change of others waits for a person. */
  mastersAt: Date | null;
  /** What is said of each of its rows that looks set back; null: each is a question. */
  standing: StandingAnswer | null;
}

export interface StandingAnswer {
  answer: 'drift' | 'anew';
  by: string;
  /** Until the system has been listed once more. */
  once: boolean;
}

export interface NewSystem {
  code: string;
  name: string;
  adapterUrl: string | null;
  adapterToken: string | null;
  scope: ScopeDocument;
}

type StoredRow = Omit<SystemRow, 'limits' | 'schedule' | 'comparison'> & {
  schedule: SystemRow['schedule'] | null;
  sets: DriftComparison['sets'] | null;
  turns: number;
};

const columns = `system_id as "systemId", code, name, outbound, lane, inbound, scope::json as scope, scope_version as "scopeVersion", limits::json as "ownLimits", schedule::json as schedule, comparison::json as sets, comparison_turns as turns,
  adapter_url as "adapterUrl",
  case when adapter_token is not null then json_build_object('keyId', adapter_token_key, 'text', adapter_token) end as "adapterToken", mapping_version as "mappingVersion", hold_id as "holdId", masters_at as "mastersAt",
  case when standing_answer is not null then json_build_object('answer', standing_answer, 'by', standing_by, 'once', standing_once) end as standing`;

@Injectable()
export class SystemsStore {
  constructor(private readonly seal: TokenSeal) {}

  async byCode(tx: Tx, code: string): Promise<SystemRow | null> {
    const [row] = await tx.query<StoredRow>(`select ${columns} from system where code = $1`, [code]);
    return row ? asSystem(row) : null;
  }

  /** For acts that name a system in their address. */
  async named(tx: Tx, code: string): Promise<SystemRow> {
    const system = await this.byCode(tx, code);
    if (!system) throw new ProblemError('not-found', 'There is no system of this code: look at the list of systems.');
    return system;
  }

  async byId(tx: Tx, systemId: number): Promise<SystemRow | null> {
    const [row] = await tx.query<StoredRow>(`select ${columns} from system where system_id = $1`, [systemId]);
    return row ? asSystem(row) : null;
  }

  async all(tx: Tx): Promise<SystemRow[]> {
    return (await tx.query<StoredRow>(`select ${columns} from system order by code`)).map(asSystem);
  }

  /** Null when there is one of this code already. */
  async create(tx: Tx, system: NewSystem): Promise<SystemRow | null> {
    const [row] = await tx.query<StoredRow>(
      `insert into system (code, name, adapter_url, adapter_token_key, adapter_token, scope) values ($1, $2, $3, $4, $5, $6)
       on conflict (code) do nothing returning ${columns}`,
      [system.code, system.name, system.adapterUrl, ...this.sealed(system.adapterToken), JSON.stringify(system.scope)],
    );
    return row ? asSystem(row) : null;
  }

  async setName(tx: Tx, systemId: number, name: string): Promise<void> {
    await tx.query('update system set name = $2 where system_id = $1', [systemId, name]);
  }

  /** What had braked the lane is over with that: it starts with a fresh hour. */
  async setLane(tx: Tx, systemId: number, lane: SystemRow['lane']): Promise<void> {
    await tx.query('update system set lane = $2, lane_braked = null where system_id = $1', [systemId, lane]);
    await tx.query('delete from lane_sent where system_id = $1', [systemId]);
  }

  async setLimits(tx: Tx, systemId: number, limits: OwnLimits): Promise<void> {
    await tx.query('update system set limits = $2 where system_id = $1', [systemId, JSON.stringify(limits)]);
  }

  async setComparison(tx: Tx, systemId: number, sets: DriftComparison['sets']): Promise<void> {
    await tx.write('update system set comparison = $2 where system_id = $1', [systemId, JSON.stringify(sets)]);
  }

  async setInbound(tx: Tx, systemId: number, inbound: SystemRow['inbound']): Promise<void> {
    await tx.query('update system set inbound = $2 where system_id = $1', [systemId, inbound]);
  }

  async setOutbound(tx: Tx, systemId: number, outbound: SystemRow['outbound']): Promise<void> {
    await tx.query('update system set outbound = $2 where system_id = $1', [systemId, outbound]);
  }

  /** From then on what it tells counts, whatever it changes of others; null: it is new. */
  async setMasters(tx: Tx, systemId: number, at: number | null): Promise<void> {
    await tx.write('update system set masters_at = $2 where system_id = $1', [
      systemId,
      at === null ? null : new Date(at),
    ]);
  }

  async setStandingAnswer(tx: Tx, systemId: number, said: (StandingAnswer & { at: number }) | null): Promise<void> {
    await tx.write(
      'update system set standing_answer = $2, standing_by = $3, standing_at = $4, standing_once = $5 where system_id = $1',
      [systemId, said?.answer ?? null, said?.by ?? null, said && new Date(said.at), said?.once ?? null],
    );
  }

  /** Returns its version. */
  async setScope(tx: Tx, systemId: number, scope: ScopeDocument): Promise<number> {
    const [row] = await tx.query<{ version: number }>(
      'update system set scope = $2, scope_version = scope_version + 1 where system_id = $1 returning scope_version as version',
      [systemId, JSON.stringify(scope)],
    );
    return row!.version;
  }

  /** Since when it does not answer; null: it does. One that was away before stays so since then. */
  async setAway(tx: Tx, code: string, since: number | null): Promise<void> {
    await tx.query(
      'update system set away_since = $2 where code = $1 and (away_since is null) is distinct from ($2::timestamptz is null)',
      [code, since === null ? null : new Date(since)],
    );
  }

  /** Systems that something is to be sent to, and that do not answer. */
  away(tx: Glance): Promise<{ code: string; since: Date }[]> {
    return tx.query(
      `select code, away_since as since from system
       where away_since is not null and adapter_url is not null and outbound = 'armed' order by code`,
    );
  }

  /** When the systems were set back, each system's in order. */
  async restores(tx: Tx): Promise<Map<number, Epoch[]>> {
    const rows = await tx.query<{ system_id: number; set_back_to: Date; restored_at: Date }>(
      'select system_id, set_back_to, restored_at from system_restore order by system_id, restored_at',
    );
    const bySystem = Map.groupBy(rows, (row) => row.system_id);
    return new Map(
      [...bySystem].map(([systemId, list]) => [
        systemId,
        list.map((row) => ({ setBackTo: row.set_back_to.getTime(), restoredAt: row.restored_at.getTime() })),
      ]),
    );
  }

  /** Notes that the system was set back; every record of it is then derived anew. */
  async noteRestore(tx: Tx, systemId: number, epoch: Epoch, by: string, at: number): Promise<void> {
    await tx.query(
      `insert into system_restore (system_id, set_back_to, restored_at, noted_by, noted_at) values ($1, $2, $3, $4, $5)`,
      [systemId, new Date(epoch.setBackTo), new Date(epoch.restoredAt), by, new Date(at)],
    );
    await tx.query('update source_record set mapping_version = null where system_id = $1', [systemId]);
    await tx.query('update system set derived_version = null where system_id = $1', [systemId]);
  }

  async setUrl(tx: Tx, systemId: number, url: string | null): Promise<void> {
    await tx.query('update system set adapter_url = $2 where system_id = $1', [systemId, url]);
  }

  async setToken(tx: Tx, systemId: number, token: string | null): Promise<void> {
    await tx.query('update system set adapter_token_key = $2, adapter_token = $3 where system_id = $1', [
      systemId,
      ...this.sealed(token),
    ]);
  }

  /** Locked, so that two processes that start at once do not seal one anew together. */
  withTokens(tx: Tx): Promise<{ systemId: number; code: string; adapterToken: SealedToken }[]> {
    return tx.query(
      `select system_id as "systemId", code, json_build_object('keyId', adapter_token_key, 'text', adapter_token) as "adapterToken"
       from system where adapter_token is not null order by system_id for update`,
    );
  }

  private sealed(token: string | null): [keyId: string | null, text: string | null] {
    if (token === null) return [null, null];
    const { keyId, text } = this.seal.seal(token);
    return [keyId, text];
  }
}

function asSystem({ sets, turns, ...row }: StoredRow): SystemRow {
  return {
    ...row,
    comparison: { sets: sets ?? [], turn: turns },
    limits: limitsOf(row.ownLimits),
    schedule: row.schedule ?? { every: 'never', applies: false },
  };
}
