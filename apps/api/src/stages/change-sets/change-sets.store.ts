import { Injectable } from '@nestjs/common';
import type { DocumentKind } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';

/** One document that was published, and the version before it; 0 where none was. */
export interface PublishedDocument {
  kind: DocumentKind;
  systemId: number | null;
  version: number;
  before: number;
  /** Of a scope alone: all others have their versions elsewhere. */
  document?: object;
}

/** What was published in one transaction, and by whom. */
@Injectable()
export class ChangeSetsStore {
  async note(
    tx: Tx,
    { reason, by, at }: { reason: string; by: string; at: number },
    documents: readonly PublishedDocument[],
  ): Promise<number> {
    const [row] = await tx.query<{ changeSetId: number }>(
      `insert into change_set (reason, published_by, published_at) values ($1, $2, $3)
       returning change_set_id as "changeSetId"`,
      [reason, by, new Date(at)],
    );
    const { changeSetId } = row!;
    await tx.query(
      `insert into change_set_document (change_set_id, kind, system_id, version, before, document)
       select $1, * from unnest($2::text[], $3::int[], $4::int[], $5::int[], $6::text[])`,
      [
        changeSetId,
        documents.map(({ kind }) => kind),
        documents.map(({ systemId }) => systemId),
        documents.map(({ version }) => version),
        documents.map(({ before }) => before),
        documents.map(({ document }) => (document === undefined ? null : JSON.stringify(document))),
      ],
    );
    return changeSetId;
  }
}
