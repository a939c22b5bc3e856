import { modelInForce } from '../platform/model-in-force.ts';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { validateMapping, type Json } from '@cinch/canonical-model';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { databaseTroubleIn } from '../platform/database-trouble.ts';
import { ENVIRONMENT, type DemoSystem, type Environment } from '../platform/environment.ts';
import { Readiness } from '../platform/readiness.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { Troubles } from '../platform/troubles.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { Publishing } from '../pipeline/publishing.ts';
import { Outbound } from '../pipeline/outbound.ts';
import { SystemKeys } from '../stages/systems/system-keys.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import { DemoRefreshes } from './demo-refreshes.ts';
import adipose from './mappings/adipose.json' with { type: 'json' };
import bellyfat from './mappings/bellyfat.json' with { type: 'json' };

const by = 'demo';
const shipped: Record<string, { name: string; mapping: unknown }> = {
  adipose: { name: 'Adipose', mapping: adipose },
  bellyfat: { name: 'BellyFat', mapping: bellyfat },
};

/** Sets the two reference systems up, and at the first start links and refreshes their customers. */
@Injectable()
export class Demo {
  private readonly log = new Logger('Demo');

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsStore,
    private readonly keys: SystemKeys,
    private readonly mappings: MappingsStore,
    private readonly audit: Audit,
    private readonly publishing: Publishing,
    private readonly readiness: Readiness,
    private readonly refreshes: DemoRefreshes,
    private readonly outbound: Outbound,
    private readonly troubles: Troubles,
  ) {}

  /**
   * Resolves when both systems hold their views. Safe to be killed at any point: the next start goes on, as it does where the database took
   * no writes.
   */
  async prepare(): Promise<void> {
    if (this.environment.demo.length === 0) return;
    try {
      await this.setUp();
    } catch (error) {
      const trouble = databaseTroubleIn(error);
      if (!trouble) throw error;
      this.troubles.meet(trouble.code);
      this.log.warn('The demo systems could not be set up: the next start goes on with that.');
    }
  }

  private async setUp(): Promise<void> {
    this.readiness.progress('registering the demo systems');
    await this.database.transaction(async (tx) => {
      for (const system of this.environment.demo) await this.register(tx, system);
    });
    if (await this.outbound.isPaused()) {
      this.log.warn('Outbound is paused: the demo systems are not refreshed.');
      return;
    }
    const equal = await this.refreshes.untilEqual(this.environment.demo.map((system) => system.code));
    if (!equal) this.log.warn('The demo systems did not become equal: look at the refreshes.');
  }

  private async register(tx: Tx, { code, url, hubKey, adapterToken }: DemoSystem): Promise<void> {
    const { name, mapping } = shipped[code]!;
    const made = await this.systems.create(tx, {
      code,
      name,
      adapterUrl: url,
      adapterToken,
      scope: { create: 'everybody', keep: 'everybody' },
    });
    const { systemId } = made ?? (await this.systems.named(tx, code));
    // Ports and tokens may differ at every start.
    await this.systems.setUrl(tx, systemId, url);
    await this.systems.setToken(tx, systemId, adapterToken);
    await this.keys.keep(tx, systemId, hubKey);
    await this.publish(tx, systemId, code, mapping);
    if (!made) return;
    await this.systems.setOutbound(tx, systemId, 'armed');
    await this.systems.setMasters(tx, systemId, this.clock.now());
    await this.audit.note(tx, by, 'system created', code);
    await this.audit.note(tx, by, 'outbound armed', code);
    await this.audit.note(tx, by, 'mastering on', code);
  }

  /** The document that ships, unless an admin has published another since. */
  private async publish(tx: Tx, systemId: number, code: string, shippedDocument: unknown): Promise<void> {
    const document = shippedDocument as Json;
    const published = await this.mappings.published(tx, systemId);
    if (published && (published.publishedBy !== by || sameText(published.document, document))) return;
    const checked = validateMapping(document, await modelInForce(tx));
    if (!checked.ok)
      throw new Error(`The mapping that ships for ${code} is not valid: ${JSON.stringify(checked.problems)}`);
    const mappings = new Map([[systemId, document]]);
    await this.publishing.publish(tx, { mappings }, { reason: 'The demo', by, at: this.clock.now() });
  }
}

function sameText(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
