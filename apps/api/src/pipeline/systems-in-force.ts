import { Injectable } from '@nestjs/common';
import type { Epoch, Lens } from '@cinch/canonical-model';
import type { Tx } from '../platform/transaction.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { readOnce } from '../stages/records/read-once.ts';
import { SystemsStore, type SystemRow } from '../stages/systems/systems.store.ts';

export interface SystemInForce extends SystemRow {
  lens: Lens;
  /** When it was set back, in order. */
  epochs: readonly Epoch[];
}

/** The systems that have a published mapping, each with its lens for one piece of work: what the pipeline hands from stage to stage. */
@Injectable()
export class SystemsInForce {
  constructor(
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
  ) {}

  async load(tx: Tx): Promise<Map<number, SystemInForce>> {
    const [all, restores] = await Promise.all([this.systems.all(tx), this.systems.restores(tx)]);
    const mapped = all.filter((system) => system.mappingVersion !== null);
    const inForce = new Map<number, SystemInForce>();
    for (const system of mapped) {
      const { systemId } = system;
      const lens = readOnce(await this.mappings.lens(tx, systemId, system.mappingVersion!));
      inForce.set(systemId, { ...system, lens, epochs: restores.get(systemId) ?? [] });
    }
    return inForce;
  }
}
