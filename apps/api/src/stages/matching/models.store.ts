import { Injectable } from '@nestjs/common';
import { Scorer, shippedModel, type Judge, type MatchModel } from '@cinch/canonical-model';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface PublishedModel {
  /** 0 for the model that ships, before anybody has published another. */
  version: number;
  document: MatchModel;
  reason: string;
  publishedBy: string | null;
  publishedAt: Date | null;
  /** Null while records are still matched by the version before. */
  appliedAt: Date | null;
}

/** A model ready for matching. */
export interface JudgeInForce extends Judge {
  version: number;
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
  private judge: JudgeInForce = { version: 0, model: shippedModel, scorer: new Scorer(shippedModel) };

  async latest(tx: Tx): Promise<PublishedModel> {
    const [row] = await tx.query<Omit<PublishedModel, 'document'> & { document: string }>(
      `select version, document, reason, published_by as "publishedBy", published_at as "publishedAt",
         applied_at as "appliedAt" from match_model order by version desc limit 1`,
    );
    return row ? { ...row, document: JSON.parse(row.document) as MatchModel } : shipped;
  }

  /** By the version that all records are matched by: the latest that is applied. */
  async inForce(tx: Tx): Promise<JudgeInForce> {
    const [row] = await tx.query<{ version: number | null }>(
      'select max(version) as version from match_model where applied_at is not null',
    );
    return this.ofVersion(tx, row!.version ?? 0);
  }

  async ofVersion(tx: Tx, version: number): Promise<JudgeInForce> {
    const known = this.judge;
    if (known.version === version) return known;
    let model = shippedModel;
    if (version !== 0) {
      const [row] = await tx.query<{ document: string }>('select document from match_model where version = $1', [
        version,
      ]);
      model = JSON.parse(row!.document) as MatchModel;
    }
    this.judge = { version, model, scorer: new Scorer(model) };
    return this.judge;
  }

  /** Makes the document the next version. It must have been validated. */
  async publish(tx: Tx, document: MatchModel, reason: string, by: string, at: number): Promise<number> {
    // Of two documents that are published at the same moment, the one that commits last is the latest.
    await tx.query('lock table match_model in share row exclusive mode');
    const [row] = await tx.query<{ version: number }>(
      `insert into match_model (version, document, reason, published_by, published_at)
       select coalesce(max(version), 0) + 1, $1, $2, $3, $4 from match_model returning version`,
      [JSON.stringify(document), reason, by, new Date(at)],
    );
    return row!.version;
  }

  /** The latest version, when records are still matched by one before it. */
  async notApplied(tx: Glance): Promise<{ version: number; by: string; reason: string } | null> {
    const [row] = await tx.query<{ version: number; by: string; reason: string; done: boolean }>(
      `select version, published_by as by, reason, applied_at is not null as done
       from match_model order by version desc limit 1`,
    );
    return row && !row.done ? row : null;
  }

  async noteApplied(tx: Tx, version: number, at: number): Promise<void> {
    await tx.query('update match_model set applied_at = $2 where version <= $1 and applied_at is null', [
      version,
      new Date(at),
    ]);
  }
}
