import { Injectable } from '@nestjs/common';
import type { ChangeSet } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';

/** People publish a few a month. */
const shownAtMost = 200;

interface Row extends Omit<ChangeSet, 'publishedAt'> {
  publishedAt: Date;
}

const sets = `select c.change_set_id as "changeSetId", c.reason, c.published_by as "publishedBy", c.published_at as "publishedAt",
  (select json_agg(json_build_object('kind', d.kind, 'system', s.code, 'version', d.version, 'before', d.before, 'document', d.document::json)
     order by array_position(array['canonicalModel', 'mapping', 'scope', 'survivorship', 'matching'], d.kind), s.code)
   from change_set_document d left join system s using (system_id) where d.change_set_id = c.change_set_id) as documents
  from change_set c`;

@Injectable()
export class ChangeSetsQueries {
  /** The latest first. */
  async latest(tx: Tx): Promise<ChangeSet[]> {
    return (await tx.query<Row>(`${sets} order by c.change_set_id desc limit $1`, [shownAtMost])).map(shown);
  }

  async one(tx: Tx, changeSetId: number): Promise<ChangeSet> {
    return shown((await tx.query<Row>(`${sets} where c.change_set_id = $1`, [changeSetId]))[0]!);
  }
}

function shown({ publishedAt, ...rest }: Row): ChangeSet {
  return { ...rest, publishedAt: publishedAt.toISOString() };
}
