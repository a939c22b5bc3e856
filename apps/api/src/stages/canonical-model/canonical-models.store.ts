import { Injectable } from '@nestjs/common';
import { modelAsShipped, type CanonicalModel } from '@cinch/canonical-model';
import {
  latestVersion,
  publishedVersion,
  publishedVersions,
  publishVersion,
  type Publication,
  type PublishedVersion,
} from '../../platform/publish-version.ts';
import type { Tx } from '../../platform/transaction.ts';

export interface PublishedModel extends Omit<PublishedVersion, 'appliedAt'> {
  document: CanonicalModel;
}

const shipped: PublishedModel = {
  version: 0,
  document: modelAsShipped.document,
  reason: 'The canonical model that ships with the hub.',
  publishedBy: null,
  publishedAt: null,
};

/** The versions of the canonical model. A version never changes; the latest is in force from its commit on. */
@Injectable()
export class CanonicalModelsStore {
  async inForce(tx: Tx): Promise<PublishedModel> {
    return asPublished(await latestVersion(tx, 'canonical_model')) ?? shipped;
  }

  /** Until the end of the transaction nobody else publishes one. */
  async hold(tx: Tx): Promise<void> {
    await tx.query('lock table canonical_model in share row exclusive mode');
  }

  /** Makes the document the next version and the one in force. It must have been validated. */
  publish(tx: Tx, publication: Publication & { document: CanonicalModel }): Promise<number> {
    return publishVersion(tx, 'canonical_model', publication);
  }

  /** The latest first, which is in force; the last one is the one that ships. */
  async versions(tx: Tx, limit: number): Promise<Omit<PublishedVersion, 'appliedAt'>[]> {
    const { document: _, ...first } = shipped;
    const published = await publishedVersions(tx, 'canonical_model', limit);
    return [...published.map(({ appliedAt: __, ...one }) => one), first];
  }

  async ofVersion(tx: Tx, version: number): Promise<PublishedModel | null> {
    if (version === shipped.version) return shipped;
    return asPublished(await publishedVersion(tx, 'canonical_model', version));
  }
}

function asPublished(row: Awaited<ReturnType<typeof publishedVersion>>): PublishedModel | null {
  if (!row) return null;
  const { appliedAt: _, ...rest } = row;
  return { ...rest, document: JSON.parse(row.document) as CanonicalModel };
}
