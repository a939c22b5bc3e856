import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';

export interface SystemRow {
  systemId: number;
  code: string;
  name: string;
  epoch: number;
  outbound: 'off' | 'armed';
  lane: 'off' | 'on';
  createScope: 'nobody' | 'everybody';
  adapterUrl: string | null;
  adapterToken: string | null;
  mappingVersion: number | null;
}

export interface NewSystem {
  code: string;
  name: string;
  adapterUrl: string | null;
  adapterToken: string | null;
  createScope: 'nobody' | 'everybody';
}

const columns = `system_id as "systemId", code, name, epoch, outbound, lane, create_scope as "createScope",
  adapter_url as "adapterUrl", adapter_token as "adapterToken", mapping_version as "mappingVersion"`;

@Injectable()
export class SystemsStore {
  async byCode(tx: Tx, code: string): Promise<SystemRow | null> {
    const [row] = await tx.query<SystemRow>(`select ${columns} from system where code = $1`, [code]);
    return row ?? null;
  }

  /** For acts that name a system in their address. */
  async named(tx: Tx, code: string): Promise<SystemRow> {
    const system = await this.byCode(tx, code);
    if (!system) throw new ProblemError('not-found', `There is no system ${code}.`);
    return system;
  }

  async byId(tx: Tx, systemId: number): Promise<SystemRow | null> {
    const [row] = await tx.query<SystemRow>(`select ${columns} from system where system_id = $1`, [systemId]);
    return row ?? null;
  }

  all(tx: Tx): Promise<SystemRow[]> {
    return tx.query<SystemRow>(`select ${columns} from system order by code`);
  }

  /** Null when there is one of this code already. */
  async create(tx: Tx, system: NewSystem): Promise<SystemRow | null> {
    const [row] = await tx.query<SystemRow>(
      `insert into system (code, name, adapter_url, adapter_token, create_scope) values ($1, $2, $3, $4, $5)
       on conflict (code) do nothing returning ${columns}`,
      [system.code, system.name, system.adapterUrl, system.adapterToken, system.createScope],
    );
    return row ?? null;
  }

  async setLane(tx: Tx, systemId: number, lane: SystemRow['lane']): Promise<void> {
    await tx.query('update system set lane = $2 where system_id = $1', [systemId, lane]);
  }

  async setOutbound(tx: Tx, systemId: number, outbound: SystemRow['outbound']): Promise<void> {
    await tx.query('update system set outbound = $2 where system_id = $1', [systemId, outbound]);
  }

  async setAdapter(tx: Tx, systemId: number, url: string, token: string): Promise<void> {
    await tx.query('update system set adapter_url = $2, adapter_token = $3 where system_id = $1', [
      systemId,
      url,
      token,
    ]);
  }
}
