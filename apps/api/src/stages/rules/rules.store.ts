import { Injectable } from '@nestjs/common';
import { shippedRulesFor, type RuleDocument } from '@cinch/canonical-model';
import {
  publishedVersion,
  publishedVersions,
  publishVersion,
  type Publication,
  type PublishedVersion,
} from '../../platform/publish-version.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface PublishedRules {
  /** 0 for the rules that ship, before anybody has published others. */
  version: number;
  document: RuleDocument;
  reason: string;
  publishedBy: string | null;
  publishedAt: Date | null;
}

const shipped: Omit<PublishedRules, 'document'> = {
  version: 0,
  reason: 'The rules that ship with the hub.',
  publishedBy: null,
  publishedAt: null,
};

/** The versions of the survivorship rules. A version never changes. */
@Injectable()
export class RulesStore {
  async inForce(tx: Tx): Promise<PublishedRules> {
    const [row] = await tx.query<Omit<PublishedRules, 'document'> & { document: string }>(
      `select version, document, reason, published_by as "publishedBy", published_at as "publishedAt"
       from rules order by version desc limit 1`,
    );
    return row ? { ...row, document: JSON.parse(row.document) as RuleDocument } : this.shipped(tx);
  }

  /** Makes the document the next version and the one in force. It must have been validated. */
  publish(tx: Tx, publication: Publication & { document: RuleDocument }): Promise<number> {
    return publishVersion(tx, 'rules', publication);
  }

  /** The latest first, which is in force; the last one is the one that ships. */
  async versions(tx: Tx, limit: number): Promise<PublishedVersion[]> {
    return [...(await publishedVersions(tx, 'rules', limit)), { ...shipped, appliedAt: null }];
  }

  async ofVersion(tx: Tx, version: number): Promise<PublishedRules | null> {
    if (version === shipped.version) return this.shipped(tx);
    const row = await publishedVersion(tx, 'rules', version);
    if (!row) return null;
    const { appliedAt: _, ...rest } = row;
    return { ...rest, document: JSON.parse(row.document) as RuleDocument };
  }

  /** They name no owner that this hub does not have. */
  private async shipped(tx: Tx): Promise<PublishedRules> {
    const systems = await tx.query<{ code: string }>('select code from system');
    return { ...shipped, document: shippedRulesFor(systems.map(({ code }) => code)) };
  }

  /** The rules by which not all customers have been worked out again yet, and the last customer that was; null when there are none. */
  async notApplied(tx: Glance): Promise<{ version: number; upTo: number; by: string; reason: string } | null> {
    const [row] = await tx.query<{ version: number; upTo: number; by: string; reason: string; done: boolean }>(
      `select version, applied_up_to as "upTo", published_by as by, reason, applied_at is not null as done
       from rules order by version desc limit 1`,
    );
    return row && !row.done ? row : null;
  }

  async noteApplied(tx: Tx, version: number, upTo: number | null, at: number): Promise<void> {
    await tx.query('update rules set applied_up_to = coalesce($2, applied_up_to), applied_at = $3 where version = $1', [
      version,
      upTo,
      upTo === null ? new Date(at) : null,
    ]);
  }
}
