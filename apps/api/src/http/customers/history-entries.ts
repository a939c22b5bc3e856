import type { HistoryEntry, RefreshItem } from '@cinch/api-contract';
import {
  assertionId,
  attributes as vocabulary,
  displayValue,
  type AttributeId,
  type Candidate,
  type Json,
} from '@cinch/canonical-model';
import type { Cause } from '../../stages/mastering/cause.ts';

/** An entry in the making; `rank` orders what happened in one commit: the cause before what follows from it. */
export type Told = Pick<HistoryEntry, 'what' | 'text'> & Partial<Omit<HistoryEntry, 'at'>> & { at: Date; rank: number };

export interface GoldenTold {
  version: number;
  at: Date;
  cause: string;
  was: string;
  became: string;
  /** Names of the systems by their codes. */
  systems: Record<string, string>;
}

/** The first version is one entry; later ones are an entry for each attribute that changed. */
export function goldenEntries({ version, at, cause: causeText, was, became, systems }: GoldenTold): Told[] {
  const cause = JSON.parse(causeText) as Cause;
  const from = JSON.parse(was) as Record<string, string | null>;
  const to = JSON.parse(became) as Record<string, string | null>;
  const by = 'by' in cause ? cause.by : null;
  const reason = 'reason' in cause ? cause.reason || null : null;
  const runId = 'runId' in cause ? cause.runId : null;
  if (version === 1)
    return [{ at, rank: 3, what: 'created', text: `Created because ${wordsOf(cause, systems)}.`, runId, by, reason }];
  return Object.keys(to).map((attribute) => ({
    at,
    rank: 3,
    what: 'changed',
    text: `${labelOf(attribute)} changed because ${wordsOf(cause, systems)}.`,
    attribute,
    was: from[attribute] ?? null,
    now: to[attribute] ?? null,
    by,
    reason,
    runId,
  }));
}

function wordsOf(cause: Cause, systems: Record<string, string>): string {
  if ('by' in cause) {
    return cause.kind === 'choice' ? `${cause.by} chose it` : `${cause.by} undid a choice`;
  }
  const record = `${systems[cause.system] ?? cause.system}${keyOf(cause.sourceId)}`;
  switch (cause.kind) {
    case 'push':
      return `${record} was pushed`;
    case 'heard':
      return `${record} was read`;
    case 'receipt':
      return `${record} took a delivery`;
    case 'mapping':
      return `a new mapping reads ${record} anew`;
  }
}

export interface PushTold {
  kind: 'push' | 'heard';
  at: Date;
  version: number | null;
  runId: number | null;
  system: string;
  sourceId: string | null;
}

export function pushEntries({ kind, at, runId, system, sourceId }: PushTold): Told {
  const text =
    kind === 'push' ? `${system} pushed${keyOf(sourceId)}.` : `Heard by reading ${system}${keyOf(sourceId)}.`;
  return { at, rank: 0, what: kind === 'push' ? 'pushed' : 'heard', text, runId };
}

export interface ConflictTold {
  conflictId: number;
  attribute: AttributeId;
  candidates: string;
  openedAt: Date;
  closedAt: Date | null;
  closedBy: string | null;
  decisions: {
    chosen: string;
    by: string;
    at: string;
    reason: string;
    undoneBy: string | null;
    undoneAt: string | null;
  }[];
}

export function conflictEntries(conflict: ConflictTold): Told[] {
  const { attribute, openedAt, closedAt, closedBy } = conflict;
  const candidates = JSON.parse(conflict.candidates) as Candidate[];
  const shown = (id: string) => {
    const found = candidates.find((candidate) => assertionId(candidate) === id);
    return found ? displayValue(attribute, found.value) : null;
  };
  const values = candidates.map((candidate) => displayValue(attribute, candidate.value)).join(' or ');
  const label = labelOf(attribute);
  const told: Told[] = [
    { at: openedAt, rank: 4, what: 'conflict-opened', text: `A conflict over ${label} opened: ${values}.`, attribute },
  ];
  for (const { chosen, by, at, reason, undoneBy, undoneAt } of conflict.decisions) {
    const now = shown(chosen);
    const text = `${by} chose ${now ?? 'a value'} for ${label}.`;
    told.push({ at: new Date(at), rank: 2, what: 'decision', text, attribute, now, by, reason: reason || null });
    if (undoneAt === null) continue;
    const undone = `${undoneBy} undid the choice for ${label}.`;
    told.push({ at: new Date(undoneAt), rank: 2, what: 'decision', text: undone, attribute, was: now, by: undoneBy });
  }
  if (closedAt !== null) {
    const text = `The conflict over ${label} closed: ${endings[closedBy ?? ''] ?? closedBy}.`;
    told.push({ at: closedAt, rank: 4, what: 'conflict-closed', text, attribute });
  }
  return told;
}

const endings: Record<string, string> = {
  choice: 'a steward chose',
  agreement: 'the systems agree again',
  withdrawn: 'one side was withdrawn',
};

export interface DeliveryTold {
  runId: number;
  mode: 'plan' | 'full' | 'events';
  kind: RefreshItem['kind'];
  fields: string;
  outcome: Exclude<RefreshItem['outcome'], 'planned' | 'exception'>;
  code: string | null;
  at: Date;
  system: string;
  sourceId: string | null;
}

export function deliveryEntries({
  runId,
  mode,
  kind,
  fields,
  outcome,
  code,
  at,
  system,
  sourceId,
}: DeliveryTold): Told {
  const changes = JSON.parse(fields) as RefreshItem['fields'];
  const about = new Set(changes.map((change) => change.attribute));
  const attribute = about.size === 1 ? [...about][0]! : null;
  const how = mode === 'events' ? 'between refreshes' : `by refresh ${runId}`;
  const act = kind === 'create' ? `Created in ${system}${keyOf(sourceId)}` : `Sent to ${system}${keyOf(sourceId)}`;
  const paths = kind === 'create' ? '' : `: ${changes.map((change) => change.path).join(', ')}`;
  const [only] = changes.length === 1 ? changes : [];
  return {
    at,
    rank: 5,
    what: 'delivery',
    text: `${act} ${how}${paths}; ${outcomes[outcome]}${code === null ? '' : ` (${code})`}.`,
    attribute,
    was: only ? textOf(only.from) : null,
    now: only ? textOf(only.to) : null,
    runId,
  };
}

const outcomes: Record<DeliveryTold['outcome'], string> = {
  sent: 'the answer is awaited',
  stored: 'stored as sent',
  parked: 'the system changed or refused a value',
  mismatch: 'not written: the row had changed meanwhile',
  failed: 'it failed',
};

export interface RunTold {
  runId: number;
  system: string;
  phase: string;
  closing: string | null;
  at: Date;
}

export function runEntries({ runId, system, phase, closing, at }: RunTold): Told {
  return {
    at,
    rank: 6,
    what: 'run-closed',
    text: `Refresh ${runId} of ${system} ${phase}${closing ? `: ${closing}` : ''}.`,
    runId,
  };
}

function keyOf(sourceId: string | null): string {
  return sourceId === null ? '' : ` ${sourceId}`;
}

function labelOf(attribute: string): string {
  return vocabulary[attribute as AttributeId]?.label ?? attribute;
}

function textOf(value: Json): string | null {
  return value === null || typeof value === 'string' ? value : JSON.stringify(value);
}
