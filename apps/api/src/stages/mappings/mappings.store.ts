import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import {
  canonicalJson,
  compileLens,
  compileTable,
  readPublishedMapping,
  redatingOf,
  type Json,
  type Lens,
  type MappingDocument,
  type MappingReading,
  type Redating,
  type Table,
  type Model,
} from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface PublishedMapping {
  version: number;
  document: Json;
  publishedAt: Date;
  publishedBy: string;
}

/** Published mapping documents. A version never changes, so a lens compiled by a canonical model is good for as long as the process lives. */
@Injectable()
export class MappingsStore {
  private readonly lenses = new Map<string, Lens | null>();
  /** By system, for its latest version that was asked for. */
  private readonly redatings = new Map<number, { name: string; redating: Redating }>();

  async published(tx: Tx, systemId: number): Promise<PublishedMapping | null> {
    const [latest] = await this.versions(tx, systemId, 1);
    return latest ?? null;
  }

  /** The latest first. */
  async versions(tx: Tx, systemId: number, limit: number): Promise<PublishedMapping[]> {
    const rows = await tx.query<Omit<PublishedMapping, 'document'> & { document: string }>(
      `select version, document, published_at as "publishedAt", published_by as "publishedBy"
       from mapping where system_id = $1 order by version desc limit $2`,
      [systemId, limit],
    );
    return rows.map((row) => ({ ...row, document: JSON.parse(row.document) as Json }));
  }

  /** Makes the document the system's next version and the one in force. The document must have been validated. */
  async publish(tx: Tx, systemId: number, document: Json, at: Date, by: string): Promise<number> {
    // Locks the system's row, so that two publishers get two versions.
    const [row] = await tx.query<{ version: number }>(
      'update system set mapping_version = coalesce(mapping_version, 0) + 1 where system_id = $1 returning mapping_version as version',
      [systemId],
    );
    await tx.query(
      'insert into mapping (system_id, version, document, published_at, published_by) values ($1, $2, $3, $4, $5)',
      [systemId, row!.version, JSON.stringify(document), at, by],
    );
    return row!.version;
  }

  /** The lens in force. Throws `mapping-missing` when nothing was published yet. */
  async lensOf(tx: Tx, systemId: number): Promise<Lens> {
    const [system] = await tx.query<{ code: string; version: number | null }>(
      'select code, mapping_version as version from system where system_id = $1',
      [systemId],
    );
    if (!system || system.version === null) {
      throw new ProblemError('mapping-missing', `Publish a mapping of ${system?.code ?? 'this system'} first.`);
    }
    return this.lens(tx, systemId, system.version);
  }

  /** The lens of a version that was published. */
  async lens(tx: Glance, systemId: number, version: number): Promise<Lens> {
    return (await this.lensIfValid(tx, systemId, version)) ?? Promise.reject(noLonger(systemId, version));
  }

  /** Null where the version was published, and is not valid any more as this hub reads it. */
  async lensIfValid(tx: Glance, systemId: number, version: number, known?: Model): Promise<Lens | null> {
    const model = known ?? (await modelInForce(tx));
    const name = `${systemId}.${version} ${model.version}`;
    let lens = this.lenses.get(name);
    if (lens === undefined) {
      lens = await this.compiled(tx, systemId, version, model);
      this.lenses.set(name, lens);
    }
    return lens;
  }

  /** What mappings that were taken back have dated, and how it is dated by now (rule 33). */
  async redating(tx: Glance, systemId: number, version: number, known?: Model): Promise<Redating> {
    const model = known ?? (await modelInForce(tx));
    const name = `${version} ${model.version}`;
    const before = this.redatings.get(systemId);
    if (before?.name === name) return before.redating;
    const redating = redatingOf(await this.readings(tx, systemId, version, model));
    this.redatings.set(systemId, { name, redating });
    return redating;
  }

  /** The same, as it would be once this document is published. */
  async redatingBy(tx: Glance, systemId: number, lens: Lens, document: MappingDocument): Promise<Redating> {
    const readings = await this.readings(tx, systemId, lens.version - 1, lens.model);
    return redatingOf([...readings, readingOf(lens.version, Infinity, document, lens)]);
  }

  private async readings(tx: Glance, systemId: number, upTo: number, model: Model): Promise<MappingReading[]> {
    const versions = await tx.query<{ version: number; publishedAt: Date }>(
      `select version, published_at as "publishedAt" from mapping where system_id = $1 and version <= $2 order by version`,
      [systemId, upTo],
    );
    const readings: MappingReading[] = [];
    for (const { version, publishedAt } of versions) {
      const document = await this.document(tx, systemId, version, model);
      const lens = await this.lensIfValid(tx, systemId, version, model);
      readings.push(readingOf(version, publishedAt.getTime(), document, lens));
    }
    return readings;
  }

  /** The systems whose mapping in force is not valid any more: nothing of them is worked on. */
  async stopped(tx: Glance): Promise<string[]> {
    const systems = await tx.query<{ systemId: number; code: string; version: number }>(
      `select system_id as "systemId", code, mapping_version as version from system
       where mapping_version is not null order by code`,
    );
    const model = await modelInForce(tx);
    const codes: string[] = [];
    for (const { systemId, code, version } of systems)
      if ((await this.lensIfValid(tx, systemId, version, model)) === null) codes.push(code);
    return codes;
  }

  /** How a version that was published reads records from the rows of a table. */
  async table(tx: Glance, systemId: number, version: number): Promise<Table> {
    const model = await modelInForce(tx);
    const document = await this.document(tx, systemId, version, model);
    if (document === null) throw noLonger(systemId, version);
    return compileTable(document, model);
  }

  private async compiled(tx: Glance, systemId: number, version: number, model: Model): Promise<Lens | null> {
    const document = await this.document(tx, systemId, version, model);
    return document && compileLens(document, version, model);
  }

  /** Bounds hold when a document is published; an upgrade must not stop a system whose mapping is older than they are. */
  async document(tx: Glance, systemId: number, version: number, model: Model): Promise<MappingDocument | null> {
    const [row] = await tx.query<{ document: string }>(
      'select document from mapping where system_id = $1 and version = $2',
      [systemId, version],
    );
    const read = readPublishedMapping(JSON.parse(row!.document) as Json, model);
    return read.ok ? read.mapping : null;
  }
}

/** One that is not valid any more reads as no other does, and dates nothing. */
function readingOf(
  version: number,
  publishedAt: number,
  document: MappingDocument | null,
  lens: Lens | null,
): MappingReading {
  if (document === null || lens === null)
    return { version, publishedAt, reads: `version ${version}`, timeOf: () => NaN };
  const { changedAt = null, zone = null, nothing = null } = document;
  const reads = canonicalJson({ changedAt, zone, nothing } as Json);
  const timeOf = (native: Json) => {
    const read = lens.envelope(native);
    return read.ok ? read.envelope.changedAt : null;
  };
  return { version, publishedAt, reads, timeOf };
}

function noLonger(systemId: number, version: number): ProblemError {
  const detail = `Mapping ${version} of system ${systemId} was published, but is not valid any more: check it, mend it and publish it anew.`;
  return new ProblemError('mapping-invalid', detail);
}
