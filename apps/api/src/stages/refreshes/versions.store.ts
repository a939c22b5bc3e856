import { Injectable } from '@nestjs/common';
import type { Glance } from '../../platform/transaction.ts';

/** The documents by which the views of a system are made. */
@Injectable()
export class VersionsStore {
  /** Names them: it is another text when any of them moved. A system that has no records yet has no say. */
  async inForce(tx: Glance, systemId: number): Promise<string> {
    const [row] = await tx.query<{ versions: string }>(
      `select json_build_object(
         'mappings', (select json_object_agg(o.code, o.mapping_version order by o.code) from system o
                      where o.system_id = $1 or exists (select 1 from source_record r where r.system_id = o.system_id)),
         'rules', (select max(version) from rules),
         'model', (select max(version) from match_model),
         'scope', s.scope)::text as versions
       from system s where s.system_id = $1`,
      [systemId],
    );
    return row!.versions;
  }
}
