import { modelInForce } from '../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Epoch, Lens, Model, Redating } from '@cinch/canonical-model';
import { ProblemError } from '../platform/problem-error.ts';
import type { Tx } from '../platform/transaction.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { readOnce } from '../stages/records/read-once.ts';
import { SystemsStore, type SystemRow } from '../stages/systems/systems.store.ts';

export interface SystemInForce extends SystemRow {
  /** One that says nothing where the mapping is not valid any more. */
  lens: Lens;
  /** Its mapping is not valid any more: what it sent waits, and nothing is sent to it. */
  isStopped: boolean;
  /** When it was set back, in order. */
  epochs: readonly Epoch[];
  /** What mappings of it that were taken back have dated. */
  redating: Redating;
}

/** The systems that have a published mapping, each with its lens for one piece of work: what the pipeline hands from stage to stage. */
@Injectable()
export class SystemsInForce {
  /** The systems that were stopped when they were last loaded. */
  private stoppedBefore: readonly number[] = [];

  constructor(
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
  ) {}

  get stopped(): readonly number[] {
    return this.stoppedBefore;
  }

  async load(tx: Tx): Promise<Map<number, SystemInForce>> {
    const [all, restores, model] = await Promise.all([
      this.systems.all(tx),
      this.systems.restores(tx),
      modelInForce(tx),
    ]);
    const mapped = all.filter((system) => system.mappingVersion !== null);
    const inForce = new Map<number, SystemInForce>();
    for (const system of mapped) {
      const { systemId } = system;
      const version = system.mappingVersion!;
      const lens = await this.mappings.lensIfValid(tx, systemId, version, model);
      const epochs = restores.get(systemId) ?? [];
      const read = readOnce(lens ?? saysNothing(system.code, version, model));
      const redating = await this.mappings.redating(tx, systemId, version, model);
      inForce.set(systemId, { ...system, lens: read, isStopped: lens === null, epochs, redating });
    }
    this.stoppedBefore = stoppedIds(inForce);
    return inForce;
  }

  /** The system, to which something is to be sent or of which something is to be read. */
  async working(tx: Tx, systemId: number): Promise<SystemInForce> {
    return mustWork((await this.load(tx)).get(systemId)!);
  }
}

/** Systems whose lines wait: their mapping is not valid any more, or a person is asked whether they were set back. */
export function stoppedIds(inForce: ReadonlyMap<number, SystemInForce>): number[] {
  return [...inForce.values()].filter((one) => one.isStopped || one.holdId !== null).map((one) => one.systemId);
}

export function mustWork(system: SystemInForce): SystemInForce {
  if (!system.isStopped) return system;
  const detail = `The mapping of ${system.name} is not valid any more: check it, mend it and publish it anew.`;
  throw new ProblemError('mapping-invalid', detail);
}

/** Customers have records of it, and are worked out by what these said before. */
function saysNothing(system: string, version: number, model: Model): Lens {
  const code = 'mapping-stopped';
  const unreadable = [{ path: '', code, detail: 'The mapping of this system is not valid any more.' }];
  return {
    system,
    version,
    model,
    attributes: [],
    lists: [],
    places: [],
    envelope: () => ({ ok: false, unreadable }),
    read: () => ({ kind: 'person', attributes: {}, lists: [], unreadable }),
    write: () => ({ kind: 'inexpressible', code, detail: unreadable[0]!.detail }),
    meaning: () => undefined,
    silentPaths: () => [],
    isSpelledAlike: () => false,
    turnInto: () => ({}),
    patch: () => ({}),
    loses: () => ({ onRead: [], onWrite: true }),
  };
}
