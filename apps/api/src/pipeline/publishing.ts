import { Injectable } from '@nestjs/common';
import {
  Model,
  tellsOtherwise,
  type CanonicalModel,
  type Json,
  type MatchModel,
  type RuleDocument,
  type ScopeDocument,
} from '@cinch/canonical-model';
import { Audit } from '../platform/audit.ts';
import type { Tx } from '../platform/transaction.ts';
import { CanonicalModelsStore } from '../stages/canonical-model/canonical-models.store.ts';
import { ChangeSetsStore, type PublishedDocument } from '../stages/change-sets/change-sets.store.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';

/** Documents that have been validated, beside each other and beside those in force. Mappings and scopes by the ids of their systems. */
export interface DocumentsToPublish {
  canonical?: CanonicalModel;
  mappings?: ReadonlyMap<number, Json>;
  scopes?: ReadonlyMap<number, ScopeDocument>;
  rules?: RuleDocument;
  matching?: MatchModel;
}

/** By whom and why. */
export interface Signature {
  reason: string;
  by: string;
  /** In milliseconds since 1970. */
  at: number;
  /** How many customers whoever publishes has read that it changes. */
  count?: number | undefined;
}

export interface PublishedSet {
  changeSetId: number;
  documents: PublishedDocument[];
}

/**
 * Puts documents in force, all in one transaction: whatever is published goes this way. What a canonical model adds changes nothing that is
 * stored. What it retires, or brings back, and what tells matching something else, is another reading of everything that was ever said:
 * the mappings and rules in force are published again, so that all is worked out anew.
 */
@Injectable()
export class Publishing {
  constructor(
    private readonly canonicals: CanonicalModelsStore,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly rules: RulesStore,
    private readonly models: ModelsStore,
    private readonly sets: ChangeSetsStore,
    private readonly audit: Audit,
  ) {}

  /** Until the end of the transaction nobody else publishes, so what is read of documents in force stays so. */
  hold(tx: Tx): Promise<void> {
    return this.canonicals.hold(tx);
  }

  /** At least one document. */
  async publish(tx: Tx, documents: DocumentsToPublish, signature: Signature): Promise<PublishedSet> {
    await this.hold(tx);
    const { canonical, rules, matching } = documents;
    const published: PublishedDocument[] = [];
    const isReadOtherwise = canonical !== undefined && (await this.isReadOtherwise(tx, canonical));
    if (canonical) published.push(await this.publishCanonical(tx, canonical, signature));
    published.push(...(await this.publishMappings(tx, documents.mappings ?? new Map<number, Json>(), signature)));
    for (const [systemId, scope] of documents.scopes ?? [])
      published.push(await this.publishScope(tx, systemId, scope, signature));
    if (rules) published.push(await this.publishRules(tx, rules, signature));
    if (matching) published.push(await this.publishMatching(tx, matching, signature));
    if (isReadOtherwise) published.push(...(await this.publishAgain(tx, documents, signature)));
    return { changeSetId: await this.sets.note(tx, signature, published), documents: published };
  }

  private async isReadOtherwise(tx: Tx, document: CanonicalModel): Promise<boolean> {
    const { document: before, version } = await this.canonicals.inForce(tx);
    if (retiredIn(before) !== retiredIn(document)) return true;
    return tellsOtherwise(new Model(before, version), new Model(document, version + 1));
  }

  /** By the canonical model in force by now, what is not published with it. */
  private async publishAgain(
    tx: Tx,
    { mappings, rules }: DocumentsToPublish,
    { by, at }: Signature,
  ): Promise<PublishedDocument[]> {
    const { version } = await this.canonicals.inForce(tx);
    const reason = `Read by version ${version} of the canonical model.`;
    const others = new Map<number, Json>();
    for (const { systemId, mappingVersion } of await this.systems.all(tx)) {
      if (mappingVersion === null || mappings?.has(systemId)) continue;
      others.set(systemId, (await this.mappings.published(tx, systemId))!.document);
    }
    const published = await this.publishMappings(tx, others, { by, at, reason }, `: ${reason}`);
    if (rules) return published;
    const { document, version: before } = await this.rules.inForce(tx);
    const next = await this.rules.publish(tx, { document, reason, by, at });
    return [...published, { kind: 'survivorship', systemId: null, version: next, before }];
  }

  private async publishCanonical(
    tx: Tx,
    document: CanonicalModel,
    { reason, by, at }: Signature,
  ): Promise<PublishedDocument> {
    const { version: before } = await this.canonicals.inForce(tx);
    const version = await this.canonicals.publish(tx, { document, reason, by, at });
    await this.audit.note(tx, by, `canonical model ${version} published`, reason);
    return { kind: 'canonicalModel', systemId: null, version, before };
  }

  private async publishMappings(
    tx: Tx,
    mappings: ReadonlyMap<number, Json>,
    { by, at, count }: Signature,
    why = count === undefined ? '' : ` (${count} customers confirmed)`,
  ): Promise<PublishedDocument[]> {
    const published: PublishedDocument[] = [];
    for (const [systemId, document] of mappings) {
      const version = await this.mappings.publish(tx, systemId, document, new Date(at), by);
      await this.audit.note(tx, by, `mapping ${version} published${why}`, await this.codeOf(tx, systemId));
      published.push({ kind: 'mapping', systemId, version, before: version - 1 });
    }
    return published;
  }

  private async publishScope(
    tx: Tx,
    systemId: number,
    document: ScopeDocument,
    { by }: Signature,
  ): Promise<PublishedDocument> {
    const version = await this.systems.setScope(tx, systemId, document);
    await this.audit.note(tx, by, `scope ${JSON.stringify(document)}`, await this.codeOf(tx, systemId));
    return { kind: 'scope', systemId, version, before: version - 1, document };
  }

  private async publishRules(
    tx: Tx,
    document: RuleDocument,
    { reason, by, at }: Signature,
  ): Promise<PublishedDocument> {
    const { version: before } = await this.rules.inForce(tx);
    const version = await this.rules.publish(tx, { document, reason, by, at });
    await this.audit.note(tx, by, `survivorship rules ${version} published`, reason);
    return { kind: 'survivorship', systemId: null, version, before };
  }

  private async publishMatching(
    tx: Tx,
    document: MatchModel,
    { reason, by, at }: Signature,
  ): Promise<PublishedDocument> {
    const { version: before } = await this.models.latest(tx);
    const version = await this.models.publish(tx, { document, reason, by, at, base: before });
    await this.audit.note(tx, by, `match model ${version} published`, reason);
    return { kind: 'matching', systemId: null, version, before };
  }

  private async codeOf(tx: Tx, systemId: number): Promise<string> {
    return (await this.systems.byId(tx, systemId))!.code;
  }
}

function retiredIn({ attributes, lists }: CanonicalModel): string {
  const retired = [...attributes, ...lists].filter((one) => one.retired);
  return JSON.stringify(retired.map(({ id }) => id).sort());
}
