import type { ChangeSetMistake, DocumentKind } from '@cinch/api-contract';
import {
  readPublishedMapping,
  validateMapping,
  validateMatchModel,
  validateRules,
  validateScope,
  type Json,
  type Model,
} from '@cinch/canonical-model';
import type { SystemRow } from '../stages/systems/systems.store.ts';
import type { Proposal } from './foresight.ts';
import type { DocumentsToPublish } from './publishing.ts';

/** A document that somebody wants to publish, as it came. */
export interface Proposed {
  kind: DocumentKind;
  /** Null: there is one for the whole hub. */
  system: string | null;
  document: Json;
  /** The version that it was made from; without it the last one who publishes wins. */
  base?: number | undefined;
}

export type Problems = readonly Pick<ChangeSetMistake, 'path' | 'code' | 'detail'>[];

/** What a document that has no mistakes would have changed, and published. */
export interface Part {
  proposal: Proposal;
  documents: DocumentsToPublish;
}

type ReadPart = { ok: true; part: Part } | { ok: false; problems: Problems };

/** @param row its system; none where there is no such system. @param model the canonical model that it is read by, or that it is itself */
export function readProposed({ kind, system, document }: Proposed, row: SystemRow | undefined, model: Model): ReadPart {
  switch (kind) {
    case 'canonicalModel':
      return { ok: true, part: { proposal: { canonical: model }, documents: { canonical: model.document } } };
    case 'survivorship': {
      const read = validateRules(document, model);
      return read.ok ? { ok: true, part: { proposal: { rules: read.rules }, documents: { rules: read.rules } } } : read;
    }
    case 'matching': {
      const read = validateMatchModel(document);
      return read.ok
        ? { ok: true, part: { proposal: { model: read.model }, documents: { matching: read.model } } }
        : read;
    }
    case 'mapping': {
      const read = validateMapping(document, model);
      if (!read.ok) return read;
      if (!row) return noSystem(system);
      if (read.mapping.system !== system) return ofOther(read.mapping.system, system);
      const [mappings, given] = [new Map([[row.systemId, read.mapping]]), new Map([[row.systemId, document]])];
      return { ok: true, part: { proposal: { mappings }, documents: { mappings: given } } };
    }
    case 'scope': {
      const read = validateScope(document, model);
      if (!read.ok) return read;
      if (!row) return noSystem(system);
      const scopes = new Map([[row.systemId, read.scope]]);
      return { ok: true, part: { proposal: { scopes }, documents: { scopes } } };
    }
  }
}

function noSystem(system: string | null): ReadPart {
  const detail = `There is no system ${system}: look at the list of systems.`;
  return { ok: false, problems: [{ path: '', code: 'unknown-system', detail }] };
}

function ofOther(named: string, system: string | null): ReadPart {
  const detail = `The document is for ${named}, and was sent as that of ${system}.`;
  return { ok: false, problems: [{ path: '/system', code: 'other-system', detail }] };
}

/** What is wrong by a model in a document that is in force. */
export function standingProblems({ kind, document }: Proposed, model: Model): Problems {
  switch (kind) {
    case 'mapping': {
      // Bounds hold for what is published: one from before them goes on as it is.
      const read = readPublishedMapping(document, model);
      return read.ok ? [] : read.problems;
    }
    case 'scope': {
      const read = validateScope(document, model);
      return read.ok ? [] : read.problems;
    }
    case 'survivorship': {
      const read = validateRules(document, model);
      return read.ok ? [] : read.problems;
    }
    case 'canonicalModel':
    case 'matching':
      return [];
  }
}
