import { Injectable, Optional } from '@nestjs/common';
import type { Evidence, Features } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { EvidenceStore } from './evidence.store.ts';
import type { JudgeInForce } from './models.store.ts';

/** About 4 kB each. */
const mostKept = 50_000;

interface Kept {
  mark: number;
  features: Features;
}

/**
 * Features of records that were compared lately. What is kept is only taken for what the database says of the record's mark at the
 * moment, so that neither a rollback nor another process makes it wrong.
 */
@Injectable()
export class FeaturesCache {
  private readonly kept = new Map<number, Kept>();
  private version = 0;

  constructor(
    private readonly evidence: EvidenceStore,
    @Optional() private readonly most: number = mostKept,
  ) {}

  keep(judge: JudgeInForce, recordId: number, mark: number, features: Features): void {
    this.mustBeOf(judge);
    this.kept.delete(recordId);
    this.kept.set(recordId, { mark, features });
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value!);
  }

  /** Features of those of the records that have evidence. */
  async of(tx: Tx, judge: JudgeInForce, recordIds: readonly number[]): Promise<Map<number, Features>> {
    this.mustBeOf(judge);
    const kept = new Map(recordIds.map((recordId) => [recordId, this.kept.get(recordId)]));
    const wanted = recordIds.map((recordId) => ({ recordId, mark: kept.get(recordId)?.mark ?? null }));
    const found = new Map<number, Features>();
    for (const { recordId, mark, evidence } of await this.evidence.texts(tx, wanted)) {
      const features =
        evidence === null ? kept.get(recordId)!.features : judge.scorer.features.of(JSON.parse(evidence) as Evidence);
      this.keep(judge, recordId, mark, features);
      found.set(recordId, features);
    }
    return found;
  }

  private mustBeOf({ version }: JudgeInForce): void {
    if (this.version === version) return;
    this.kept.clear();
    this.version = version;
  }
}
