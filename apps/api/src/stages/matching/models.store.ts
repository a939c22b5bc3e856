import { Injectable } from '@nestjs/common';
import {
  keyScheme,
  modelAsShipped,
  Scorer,
  shippedModel,
  type Judge,
  type MatchModel,
  type Model,
} from '@cinch/canonical-model';
import { modelInForce } from '../../platform/model-in-force.ts';
import {
  latestVersion,
  publishedVersion,
  publishedVersions,
  publishVersion,
  type Publication,
  type PublishedVersion,
} from '../../platform/publish-version.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

/** Version 0 is the model that ships. `appliedAt` is null while records are still matched by the version before. */
export interface PublishedModel extends PublishedVersion {
  document: MatchModel;
}

/** A model ready for matching. */
export interface JudgeInForce extends Judge {
  version: number;
  /** What of a record's words tells who somebody is. */
  canonical: Model;
}

const shipped: PublishedModel = {
  version: 0,
  document: shippedModel,
  reason: 'The model that ships with the hub.',
  publishedBy: null,
  publishedAt: null,
  appliedAt: null,
};

/** The versions of the match model. A version never changes. */
@Injectable()
export class ModelsStore {
  /** The model changes by a transaction of its own only, so each asks once. */
  private readonly known = new WeakMap<Tx, Promise<{ judge: JudgeInForce; isPlacing: boolean }>>();
  private judge: JudgeInForce = {
    version: 0,
    model: shippedModel,
    scorer: new Scorer(shippedModel),
    canonical: modelAsShipped,
  };

  async latest(tx: Tx): Promise<PublishedModel> {
    const row = await latestVersion(tx, 'match_model');
    return row ? { ...row, document: JSON.parse(row.document) as MatchModel } : shipped;
  }

  /** By the version that all records are matched by: the latest that is applied. */
  async inForce(tx: Tx): Promise<JudgeInForce> {
    return (await this.lookUp(tx)).judge;
  }

  /** Whether all records are being placed by another model aside. */
  async isPlacing(tx: Tx): Promise<boolean> {
    return (await this.lookUp(tx)).isPlacing;
  }

  async ofVersion(tx: Tx, version: number): Promise<JudgeInForce> {
    const canonical = await modelInForce(tx);
    const known = this.judge;
    if (known.version === version) {
      // What is known by a judge is known by another canonical model no more.
      if (known.canonical !== canonical) this.judge = { ...known, canonical };
      return this.judge;
    }
    let model = shippedModel;
    if (version !== 0) {
      const [row] = await tx.query<{ document: string }>('select document from match_model where version = $1', [
        version,
      ]);
      model = JSON.parse(row!.document) as MatchModel;
    }
    this.judge = { version, model, scorer: new Scorer(model), canonical };
    return this.judge;
  }

  /** Makes the document the next version. It must have been validated. */
  publish(tx: Tx, publication: Publication & { document: MatchModel }): Promise<number> {
    return publishVersion(tx, 'match_model', publication);
  }

  /** The latest first; the last one is the one that ships. */
  async versions(tx: Tx, limit: number): Promise<PublishedVersion[]> {
    const { document: _, ...first } = shipped;
    return [...(await publishedVersions(tx, 'match_model', limit)), first];
  }

  async published(tx: Tx, version: number): Promise<PublishedModel | null> {
    if (version === shipped.version) return shipped;
    const row = await publishedVersion(tx, 'match_model', version);
    return row && { ...row, document: JSON.parse(row.document) as MatchModel };
  }

  /** The latest version, when records are still matched by one before it, or by keys of another scheme. */
  async notApplied(tx: Glance): Promise<{ version: number; by: string | null; reason: string } | null> {
    const [latest] = await tx.query<{ version: number; by: string; reason: string; done: boolean }>(
      `select version, published_by as by, reason, applied_at is not null as done
       from match_model order by version desc limit 1`,
    );
    const { version, by, reason } = latest ?? { version: shipped.version, by: null, reason: shipped.reason };
    if (latest && !latest.done) return { version, by, reason };
    return (await this.hasOtherScheme(tx)) ? { version, by, reason } : null;
  }

  /** Whether the keys of all records were made by the scheme of an earlier hub. */
  async hasOtherScheme(tx: Glance): Promise<boolean> {
    const [placed] = await tx.query<{ scheme: number }>('select scheme from match_scheme');
    return placed!.scheme !== keyScheme;
  }

  async noteApplied(tx: Tx, version: number, at: number): Promise<void> {
    this.known.delete(tx);
    await tx.write('update match_model set applied_at = $2 where version <= $1 and applied_at is null', [
      version,
      new Date(at),
    ]);
    await tx.query('update match_scheme set scheme = $1', [keyScheme]);
  }

  private lookUp(tx: Tx): Promise<{ judge: JudgeInForce; isPlacing: boolean }> {
    const known = this.known.get(tx);
    if (known) return known;
    const found = this.latestApplied(tx);
    this.known.set(tx, found);
    // What failed may succeed after a rollback to a savepoint.
    found.catch(() => this.known.delete(tx));
    return found;
  }

  private async latestApplied(tx: Tx): Promise<{ judge: JudgeInForce; isPlacing: boolean }> {
    const [row] = await tx.query<{ version: number | null; isPlacing: boolean }>(
      `select max(version) as version, exists (select from matching_next.placing) as "isPlacing"
       from match_model where applied_at is not null`,
    );
    return { judge: await this.ofVersion(tx, row!.version ?? 0), isPlacing: row!.isPlacing };
  }
}
