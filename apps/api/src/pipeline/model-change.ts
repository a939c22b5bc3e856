import { Injectable } from '@nestjs/common';
import { Model, tellsOtherwise, type CanonicalModel } from '@cinch/canonical-model';
import { Audit } from '../platform/audit.ts';
import type { Publication } from '../platform/publish-version.ts';
import type { Tx } from '../platform/transaction.ts';
import { CanonicalModelsStore } from '../stages/canonical-model/canonical-models.store.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';

/**
 * Puts a version of the canonical model in force. What is added changes nothing that is stored. What is retired, or not retired any more,
 * and what tells matching something else, is another reading of everything that was ever said: the mappings and rules in force are published again, so that all is worked out anew.
 */
@Injectable()
export class ModelChange {
  constructor(
    private readonly models: CanonicalModelsStore,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly rules: RulesStore,
    private readonly audit: Audit,
  ) {}

  async publish(tx: Tx, publication: Publication & { document: CanonicalModel }): Promise<number> {
    const { document, by, at } = publication;
    const { document: before } = await this.models.inForce(tx);
    const version = await this.models.publish(tx, publication);
    await this.audit.note(tx, by, `canonical model ${version} published`, publication.reason);
    const isReadAsBefore = retiredIn(before) === retiredIn(document);
    if (isReadAsBefore && !tellsOtherwise(new Model(before, version - 1), new Model(document, version))) return version;
    const reason = `Read by version ${version} of the canonical model.`;
    for (const { systemId, code, mappingVersion } of await this.systems.all(tx)) {
      if (mappingVersion === null) continue;
      const published = await this.mappings.published(tx, systemId);
      const next = await this.mappings.publish(tx, systemId, published!.document, new Date(at), by);
      await this.audit.note(tx, by, `mapping ${next} published: ${reason}`, code);
    }
    const { document: rules } = await this.rules.inForce(tx);
    await this.rules.publish(tx, { document: rules, reason, by, at });
    return version;
  }
}

function retiredIn({ attributes, lists }: CanonicalModel): string {
  const retired = [...attributes, ...lists].filter((one) => one.retired);
  return JSON.stringify(retired.map(({ id }) => id).sort());
}
