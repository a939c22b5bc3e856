import { Injectable } from '@nestjs/common';
import { canonicalJson, viewDifference, wholeView, type Json, type OfferEntry } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { contentHash } from '../platform/content-hash.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { Ingest } from './ingest.ts';
import { SystemsInForce } from './systems-in-force.ts';

interface OwnView {
  sourceId: string;
  customerId: string;
  goldenVersion: number;
  fields: Record<string, Json>;
}

/** A system reads its own view of a customer: what it is served is an offer, so that the value coming back is no news. */
@Injectable()
export class OwnViews {
  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly views: ViewsStore,
    private readonly ingest: Ingest,
  ) {}

  serve(systemCode: string, sourceKey: string): Promise<OwnView> {
    return this.committer.commit(async (tx) => {
      const inForce = await this.systems.load(tx);
      const system = [...inForce.values()].find((one) => one.code === systemCode);
      const view = system && (await this.views.ofKey(tx, system.systemId, sourceKey));
      if (!view?.record) throw new ProblemError('not-found', `The hub knows no record ${sourceKey} of ${systemCode}.`);
      const { golden, record, publicId } = view;
      const { carried } = viewDifference(golden, record, system!.lens);
      if (Object.keys(carried).length > 0) {
        const content = contentHash(['served', canonicalJson(carried as unknown as Json)]);
        const base = record.headPosition;
        const offer: OfferEntry = {
          kind: 'offer',
          version: null,
          at: startOfDay(this.clock.now()),
          content,
          base,
          deliveryId: null,
          carried,
        };
        const origin = { batchId: null, line: null, runId: null };
        await this.ingest.entries(tx, inForce, [{ recordId: record.recordId, entry: offer, origin }], null);
      }
      const fields = wholeView(record.held, carried);
      return { sourceId: sourceKey, customerId: publicId, goldenVersion: golden.version, fields };
    });
  }
}

/** A view read many times a day is one offer. */
function startOfDay(ms: number): number {
  return ms - (ms % (24 * 60 * 60 * 1000));
}
