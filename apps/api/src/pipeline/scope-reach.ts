import { Injectable } from '@nestjs/common';
import {
  closingId,
  isCreationClosed,
  ScopePreview,
  type ScopeDifference,
  type ScopeDocument,
} from '@cinch/canonical-model';
import { Database, type Tx } from '../platform/transaction.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import type { ViewRow } from '../stages/views/view-row.ts';
import { ViewsStore } from '../stages/views/views.store.ts';

/** Small enough that other calls are answered in between. */
const atOnce = 1_000;

/** Whom another scope of a system would take in or leave out, counted over all customers by the very test of a plan. Writes nothing. */
@Injectable()
export class ScopeReach {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly views: ViewsStore,
  ) {}

  of(systemCode: string, proposed: ScopeDocument): Promise<ScopeDifference> {
    return this.database.in('long').read(async (tx) => {
      const { systemId, scope } = await this.systems.named(tx, systemCode);
      const preview = new ScopePreview(scope, proposed);
      const creates = scope.create !== 'nobody' || proposed.create !== 'nobody';
      for (let last: number | null = 0; last !== null;) {
        const page = await this.views.page(tx, systemId, creates, last, atOnce);
        await this.add(tx, systemId, preview, page.rows);
        last = page.last;
      }
      return preview.result();
    });
  }

  private async add(tx: Tx, systemId: number, preview: ScopePreview, rows: readonly ViewRow[]): Promise<void> {
    const there = new Set(rows.filter(({ record }) => record?.sourceKey != null).map(({ customerId }) => customerId));
    const customers = new Map(rows.map((row) => [row.customerId, row]));
    const without = [...customers.keys()].filter((id) => !there.has(id));
    const maybeThere = await this.views.maybeThere(tx, systemId, without);
    for (const [customerId, { golden, closings, reopened }] of customers)
      preview.add({
        ...golden,
        live: true,
        present: there.has(customerId),
        closed: isCreationClosed(closings.map(closingId), reopened),
        maybeThere: maybeThere.has(customerId),
      });
  }
}
