import { Injectable } from '@nestjs/common';
import type { ChangeSetMistake } from '@cinch/api-contract';
import { Model, validateCanonicalModel, type Json } from '@cinch/canonical-model';
import { modelInForce } from '../platform/model-in-force.ts';
import { versionChanged } from '../platform/publish-version.ts';
import type { Tx } from '../platform/transaction.ts';
import { CanonicalModelsStore } from '../stages/canonical-model/canonical-models.store.ts';
import { MappingsStore } from '../stages/mappings/mappings.store.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { SystemsStore, type SystemRow } from '../stages/systems/systems.store.ts';
import type { Proposal } from './foresight.ts';
import type { DocumentsToPublish } from './publishing.ts';
import { readProposed, standingProblems, type Part, type Problems, type Proposed } from './read-proposed.ts';

/** What is proposed, read beside itself and beside what is in force. */
export interface ReadProposals extends Part {
  /** Every one in every document, in those that are in force too. Without any the rest may be used. */
  mistakes: ChangeSetMistake[];
}

/** What a document says of a canonical model that has mistakes itself: whether it is wrong is not known. */
const saidOfModel: readonly string[] = ['unknown-attribute', 'unknown-list', 'unknown-code-set', 'unknown-code'];

/** Reads documents that are to be published together: each by the canonical model among them, and those in force that name what it declares. */
@Injectable()
export class Proposals {
  constructor(
    private readonly canonicals: CanonicalModelsStore,
    private readonly systems: SystemsStore,
    private readonly mappings: MappingsStore,
    private readonly rules: RulesStore,
    private readonly models: ModelsStore,
  ) {}

  async read(tx: Tx, all: readonly Proposed[]): Promise<ReadProposals> {
    const inForce = await modelInForce(tx);
    const systems = new Map((await this.systems.all(tx)).map((system) => [system.code, system]));
    const draft = all.find(({ kind }) => kind === 'canonicalModel');
    const canonical = draft && validateCanonicalModel(draft.document, inForce.document);
    const model = canonical?.ok ? new Model(canonical.model, inForce.version + 1) : inForce;
    const mistakes = [...namedTwice(all), ...(await this.stale(tx, all, systems))];
    if (draft && canonical?.ok === false) mistakes.push(...placed(draft, true, canonical.problems));
    const parts: Part[] = [];
    for (const one of all) {
      if (one === draft && !canonical?.ok) continue;
      const read = readProposed(one, systems.get(one.system ?? ''), model);
      if (read.ok) parts.push(read.part);
      else mistakes.push(...placed(one, true, canonical?.ok === false ? apartFromModel(read.problems) : read.problems));
    }
    if (canonical?.ok) {
      const others = (await this.standing(tx, systems)).filter((one) => !all.some((other) => isSame(one, other)));
      mistakes.push(...others.flatMap((one) => placed(one, false, newProblems(one, inForce, model))));
    }
    return { mistakes, ...joined(parts) };
  }

  private async stale(
    tx: Tx,
    all: readonly Proposed[],
    systems: ReadonlyMap<string, SystemRow>,
  ): Promise<ChangeSetMistake[]> {
    const mistakes: ChangeSetMistake[] = [];
    for (const one of all) {
      const { kind, base } = one;
      const latest = await this.latest(tx, one, systems);
      if (base === undefined || latest === null || latest.version === base) continue;
      const detail = versionChanged(base, latest.version, latest.publishedBy);
      mistakes.push({ kind, system: one.system, inSet: true, path: '', code: 'version-changed', detail });
    }
    return mistakes;
  }

  private async latest(
    tx: Tx,
    { kind, system }: Proposed,
    systems: ReadonlyMap<string, SystemRow>,
  ): Promise<{ version: number; publishedBy: string | null } | null> {
    const row = system === null ? undefined : systems.get(system);
    switch (kind) {
      case 'canonicalModel':
        return this.canonicals.inForce(tx);
      case 'survivorship':
        return this.rules.inForce(tx);
      case 'matching':
        return this.models.latest(tx);
      case 'mapping':
        return row ? ((await this.mappings.published(tx, row.systemId)) ?? { version: 0, publishedBy: null }) : null;
      case 'scope':
        return row ? { version: row.scopeVersion, publishedBy: null } : null;
    }
  }

  /** What is in force and names attributes. */
  private async standing(tx: Tx, systems: ReadonlyMap<string, SystemRow>): Promise<Proposed[]> {
    const found: Proposed[] = [];
    for (const [system, { systemId, scope }] of systems) {
      const mapping = await this.mappings.published(tx, systemId);
      if (mapping) found.push({ kind: 'mapping', system, document: mapping.document });
      found.push({ kind: 'scope', system, document: scope as unknown as Json });
    }
    const { document } = await this.rules.inForce(tx);
    return [...found, { kind: 'survivorship', system: null, document: document as unknown as Json }];
  }
}

function joined(parts: readonly Part[]): Part {
  const both = <Value>(of: (part: Part) => ReadonlyMap<number, Value> | undefined) =>
    new Map(parts.flatMap((part) => [...(of(part) ?? [])]));
  const proposal = Object.assign({}, ...parts.map((part) => part.proposal)) as Proposal;
  const documents = Object.assign({}, ...parts.map((part) => part.documents)) as DocumentsToPublish;
  return {
    proposal: {
      ...proposal,
      mappings: both((part) => part.proposal.mappings),
      scopes: both((part) => part.proposal.scopes),
    },
    documents: {
      ...documents,
      mappings: both((part) => part.documents.mappings),
      scopes: both((part) => part.documents.scopes),
    },
  };
}

function namedTwice(all: readonly Proposed[]): ChangeSetMistake[] {
  const further = all.filter((one, index) => all.slice(0, index).some((other) => isSame(one, other)));
  const detail = 'This document is in the set twice. Keep one of the two.';
  return further.flatMap((one) => placed(one, true, [{ path: '', code: 'named-twice', detail }]));
}

function isSame(one: Proposed, other: Proposed): boolean {
  return one.kind === other.kind && one.system === other.system;
}

function placed({ kind, system }: Proposed, inSet: boolean, problems: Problems): ChangeSetMistake[] {
  return problems.map(({ path, code, detail }) => ({ kind, system, inSet, path, code, detail }));
}

function apartFromModel(problems: Problems): Problems {
  return problems.filter(({ code }) => !saidOfModel.includes(code));
}

/** What would be wrong in a document in force by another model, and is not by this one. */
function newProblems(one: Proposed, now: Model, then: Model): Problems {
  const known = new Set(standingProblems(one, now).map(({ path, code }) => `${path} ${code}`));
  return standingProblems(one, then)
    .filter(({ path, code }) => !known.has(`${path} ${code}`))
    .map((problem) => ({
      ...problem,
      detail: `${problem.detail} This is in force: change it in the same change set.`,
    }));
}
