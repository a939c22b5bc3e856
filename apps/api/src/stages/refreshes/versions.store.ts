import { Injectable } from '@nestjs/common';
import type { Glance, Tx } from '../../platform/transaction.ts';

interface Documents {
  /** By the codes of the systems. */
  mappings: Record<string, number> | null;
  rules: number | null;
  model: number | null;
  /** By which all records are placed. */
  placed: number | null;
  scope: string;
}

const documents = `json_build_object(
  'mappings', (select json_object_agg(o.code, o.mapping_version order by o.code) from system o where o.mapping_version is not null),
  'rules', (select max(version) from rules),
  'model', (select max(version) from match_model),
  'placed', (select max(version) from match_model where applied_at is not null),
  'scope', s.scope)::text`;

/** What is worked out again in bulk, and by which golden records move without anybody having told of these customers. */
const bulk = ['mapping', 'rules', 'match-model', 'match-keys', 'time'];

/** The documents by which the views of a system are made, and by which it was proved last. */
@Injectable()
export class VersionsStore {
  /** Names them: it is another text when any of them moved. */
  async inForce(tx: Glance, systemId: number): Promise<string> {
    const [row] = await tx.query<{ versions: string }>(
      `select ${documents} as versions from system s where system_id = $1`,
      [systemId],
    );
    return row!.versions;
  }

  /** The system holds what it should, by the documents in force: from here on its lane goes by them, and nothing waits for a run any more. */
  async noteProved(tx: Tx, systemId: number, at: number): Promise<void> {
    await tx.query(
      `update system s set proved = ${documents}, proved_at = $2, lane_waits = null where system_id = $1`,
      [systemId, new Date(at)],
    );
    // Named by what their index is of: the standing run has all that ever went out between refreshes.
    await tx.query(
      `delete from refresh_item i using refresh_run r
       where r.run_id = i.run_id and r.system_id = $1 and r.mode = 'events'
         and i.outcome = 'exception' and i.kind = 'withheld' and i.code = 'waits-for-run'`,
      [systemId],
    );
  }

  /** Which documents have moved since the system was proved last, as far as they change values or who has a row. Those of a newcomer do not. */
  async movedSinceProof(tx: Glance, systemId: number): Promise<string[]> {
    const [row] = await tx.query<{ proved: string | null; now: string }>(
      `select proved, ${documents} as now from system s where system_id = $1`,
      [systemId],
    );
    return row!.proved === null ? [] : moved(JSON.parse(row!.proved) as Documents, JSON.parse(row!.now) as Documents);
  }

  async noteLaneWaits(tx: Tx, systemId: number, documents: readonly string[]): Promise<void> {
    await tx.query('update system set lane_waits = $2 where system_id = $1', [systemId, JSON.stringify(documents)]);
  }

  /** Of these customers, those that something in bulk has changed since the system was proved last: what it changed waits for a run. */
  async changedInBulk(tx: Tx, systemId: number, customerIds: readonly number[]): Promise<Set<number>> {
    const rows = await tx.query<{ customer_id: number }>(
      `select distinct h.customer_id from unnest($2::bigint[]) as t(id) join golden_history h on h.customer_id = t.id
       join system s on s.system_id = $1
       where h.from_at > s.proved_at and (h.cause::json ->> 'kind' = any($3) or h.cause::json ->> 'bulk' = 'true')`,
      [systemId, customerIds, bulk],
    );
    return new Set(rows.map((row) => row.customer_id));
  }
}

function moved(before: Documents, now: Documents): string[] {
  const known = Object.entries(before.mappings ?? {});
  const mappings = known
    .filter(([code, version]) => now.mappings?.[code] !== version)
    .map(([code]) => `mapping ${code}`);
  const others = (['rules', 'scope'] as const).filter((name) => before[name] !== now[name]);
  return [...mappings, ...others];
}
