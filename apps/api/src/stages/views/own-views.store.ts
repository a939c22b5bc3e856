import { Injectable } from '@nestjs/common';
import { answeredViews, type OwnViewAnswers } from '@cinch/api-contract';
import type { Glance, Tx } from '../../platform/transaction.ts';
import { asViewRow, counts, selectedView, type StoredViewRow, type ViewRow } from './view-row.ts';

/** A system's own record, the golden record behind it, and the mapping in force there. */
export interface OwnRow {
  golden: ViewRow['golden'];
  record: NonNullable<ViewRow['record']>;
  publicId: string;
  systemId: number;
  mappingVersion: number;
  /** Content hashes of offers. */
  served: string[];
}

type StoredOwnRow = StoredViewRow & { public_id: string; system_id: number; mapping_version: number; served: string[] };

/** A record of a system, by its key there. */
export interface OwnKey {
  system: string;
  sourceKey: string;
}

/** `$1`: the instant of offers that count as served. */
const columns = `${selectedView}, c.public_id, s.system_id, s.mapping_version,
    array(select e.content::text from record_entry e
          where e.record_id = r.record_id and e.version is null and e.at = $1 and e.kind = 'offer') as served`;
const customersOf = `join customer c on c.customer_id = r.customer_id join golden g on g.customer_id = c.customer_id`;

/** What a system is shown of its own records: each as it should see it, with what it was served at an instant before. */
@Injectable()
export class OwnViewsStore {
  /** One for each key, in their order: null where there is none. */
  async own(tx: Glance, keys: readonly OwnKey[], at: number): Promise<(OwnRow | null)[]> {
    // The planner looks at how many there are where it sees the arrays, and would then plan the statement for each asking anew.
    const rows = await tx.query<StoredOwnRow & { place: number }>(
      `select asked.place, ${columns}
       from unnest((select $2::text[]), (select $3::text[])) with ordinality as asked (system, source_key, place)
       join system s on s.code = asked.system
       join source_record r on r.system_id = s.system_id and r.source_key = asked.source_key
       ${customersOf} where ${counts}`,
      [new Date(at), keys.map(({ system }) => system), keys.map(({ sourceKey }) => sourceKey)],
    );
    const own = keys.map((): OwnRow | null => null);
    for (const row of rows) own[row.place - 1] = asOwnRow(row);
    return own;
  }

  /** Adds to the counts of a day, and drops those of days that are kept no more. */
  async noteAnswers(
    tx: Tx,
    { system, day, answered, unanswered }: { system: string; day: string; answered: number; unanswered: number },
  ): Promise<void> {
    await tx.write(
      `insert into own_view_day as d (system_id, day, answered, unanswered)
       select system_id, $2::date, $3, $4 from system where code = $1
       on conflict (system_id, day) do update
         set answered = d.answered + excluded.answered, unanswered = d.unanswered + excluded.unanswered`,
      [system, day, answered, unanswered],
    );
    await tx.write('delete from own_view_day where day < $1::date - $2::int', [day, answeredViews.keptDays]);
  }

  answers(tx: Tx, systemId: number, since: string): Promise<OwnViewAnswers['days']> {
    return tx.query<OwnViewAnswers['days'][number]>(
      `select day::text as day, answered, unanswered from own_view_day where system_id = $1 and day >= $2::date order by day desc`,
      [systemId, since],
    );
  }

  /** In the order of their keys, after this one. */
  async ownPage(
    tx: Glance,
    systemCode: string,
    { after, limit }: { after: string; limit: number },
    at: number,
  ): Promise<OwnRow[]> {
    const rows = await tx.query<StoredOwnRow>(
      `select ${columns} from system s join source_record r on r.system_id = s.system_id ${customersOf}
       where s.code = $2 and ${counts} and r.source_key > $3 collate "C" order by r.source_key collate "C" limit $4`,
      [new Date(at), systemCode, after, limit],
    );
    return rows.map(asOwnRow);
  }
}

function asOwnRow(row: StoredOwnRow): OwnRow {
  const { golden, record } = asViewRow(row);
  const { system_id: systemId, mapping_version: mappingVersion, public_id: publicId } = row;
  const served = row.served.map((content) => content.replaceAll('-', ''));
  return { golden, record: record!, publicId, systemId, mappingVersion, served };
}
