import { Injectable } from '@nestjs/common';
import type { Glance } from '../../platform/transaction.ts';
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

/** `$2`: the instant of offers that count as served. */
const ownRows = `select ${selectedView}, c.public_id, s.system_id, s.mapping_version,
    array(select e.content::text from record_entry e
          where e.record_id = r.record_id and e.version is null and e.at = $2 and e.kind = 'offer') as served
  from system s
  join source_record r on r.system_id = s.system_id
  join customer c on c.customer_id = r.customer_id join golden g on g.customer_id = c.customer_id
  where s.code = $1 and ${counts}`;

/** What a system is shown of its own records: each as it should see it, with what it was served at an instant before. */
@Injectable()
export class OwnViewsStore {
  /** Null where there is none. */
  async own(tx: Glance, systemCode: string, sourceKey: string, at: number): Promise<OwnRow | null> {
    const [row] = await tx.query<StoredOwnRow>(`${ownRows} and r.source_key = $3`, [
      systemCode,
      new Date(at),
      sourceKey,
    ]);
    return row ? asOwnRow(row) : null;
  }

  /** In the order of their keys, after this one. */
  async ownPage(
    tx: Glance,
    systemCode: string,
    { after, limit }: { after: string; limit: number },
    at: number,
  ): Promise<OwnRow[]> {
    const rows = await tx.query<StoredOwnRow>(
      `${ownRows} and r.source_key > $3 collate "C" order by r.source_key collate "C" limit $4`,
      [systemCode, new Date(at), after, limit],
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
