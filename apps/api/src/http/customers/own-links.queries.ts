import { Injectable } from '@nestjs/common';
import { mostLinks, type OwnLinks } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';
import { counts } from '../../stages/views/view-row.ts';

/** SQL on `source_record r`: a record that its system knows by a key. */
const isThere = `r.source_key is not null and ${counts}`;

@Injectable()
export class OwnLinksQueries {
  async of(tx: Tx, system: string, sourceId: string): Promise<OwnLinks> {
    const [own] = await tx.query<{ id: number; customerId: string; all: number }>(
      `select r.customer_id as id, c.public_id as "customerId", (
         select count(*)::int from source_record r join system other using (system_id)
         where r.customer_id = c.customer_id and other.code <> $1 and ${isThere}) as all
       from source_record r join system s using (system_id) join customer c using (customer_id)
       where s.code = $1 and r.source_key = $2 and ${isThere}`,
      [system, sourceId],
    );
    if (!own) throw new ProblemError('not-found', `The hub knows no such record of ${system}.`);
    const links = await tx.query<OwnLinks['links'][number]>(
      `select s.code as system, r.source_key as "sourceId" from source_record r join system s using (system_id)
       where r.customer_id = $1 and s.code <> $2 and ${isThere}
       order by s.code, r.source_key collate "C" limit $3`,
      [own.id, system, mostLinks],
    );
    return { sourceId, customerId: own.customerId, links, all: own.all };
  }
}
