import { Injectable } from '@nestjs/common';
import type { Lens } from '@cinch/canonical-model';
import type { Tx } from '../platform/transaction.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { SystemsStore, type SystemRow } from '../stages/systems/systems.store.ts';

export interface SystemInForce extends SystemRow {
  lens: Lens;
}

/** The systems that have a published mapping, each with its lens: what the pipeline hands from stage to stage. */
@Injectable()
export class SystemsInForce {
  constructor(
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
  ) {}

  async load(tx: Tx): Promise<Map<number, SystemInForce>> {
    const mapped = (await this.systems.all(tx)).filter((system) => system.mappingVersion !== null);
    const inForce = new Map<number, SystemInForce>();
    for (const system of mapped) {
      inForce.set(system.systemId, { ...system, lens: await this.mappings.lensOf(tx, system.systemId) });
    }
    return inForce;
  }
}
