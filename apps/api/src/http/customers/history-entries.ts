import type { HistoryEntry, RefreshItem } from '@cinch/api-contract';
import type { AttributeId, Candidate, Json, Model } from '@cinch/canonical-model';
import type { Cause } from '../../stages/mastering/cause.ts';
import { kindNouns } from '../decisions/decision-words.ts';
import type { ToldDecision } from '../decisions/decisions.queries.ts';
import { valueInText } from '../sight/value-in-text.ts';

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
export function goldenEntries(told: GoldenTold, model: Model): Told[] {
  const { version, at, cause: causeText, was, became, systems } = told;
  const cause = JSON.parse(causeText) as Cause;
  const from = JSON.parse(was) as Record<string, string | null>;
  const to = JSON.parse(became) as Record<string, string | null>;
  const by = 'by' in cause ? cause.by : null;
  const reason = 'reason' in cause ? cause.reason || null : null;
  const runId = 'runId' in cause ? cause.runId : null;
  if (version === 1)
    return [{ at, rank: 3, what: 'created', text: `Created because ${wordsOf(cause, systems)}.`, runId, by, reason }];
  return (Object.keys(to) as AttributeId[]).map((attribute) => ({
    at,
    rank: 3,
    what: 'changed',
    text: `${model.labelOf(attribute)} changed because ${wordsOf(cause, systems)}.`,
    attribute,
    was: from[attribute] ?? null,
    now: to[attribute] ?? null,
    by,
    reason,
    runId,
  }));
}

/** Why something moved, as the end of a sentence. `systems`: names by code. */
export function wordsOf(cause: Cause, systems: Record<string, string>): string {
  switch (cause.kind) {
    case 'push':
      return `${recordOf(cause, systems)} was pushed`;
    case 'heard':
      return `${recordOf(cause, systems)} was read`;
    case 'receipt':
      return `${recordOf(cause, systems)} took a delivery`;
    case 'mapping':
      return `${recordOf(cause, systems)} was worked out again, its mapping being new or its system restored`;
    case 'rules':
      return `${cause.by ?? 'somebody'} published the rules of version ${cause.version}`;
    case 'match-model':
      return cause.by === null
        ? 'this version of the hub looks for the same customers in another way'
        : `${cause.by} published the match model of version ${cause.version}`;
    case 'match-keys':
      return 'fewer records share a clue by now than may be compared by it';
    case 'time':
      return 'of time alone: a pin ended, or a value became too old';
    case 'undo':
      return `${cause.by} undid ${aOrAn(kindNouns[cause.undid!])}`;
    default:
      return `${cause.by} ${acts[cause.kind]}`;
  }
}

const acts: Record<ToldDecision['kind'], string> = {
  choice: 'chose it',
  pin: 'pinned it',
  answer: 'answered a change request',
  reconsider: 'let replaced values count again',
  link: 'said who is the same customer',
  'not-same': 'said who is not the same customer',
  exclude: 'excluded a record',
  'confirm-deleted': 'confirmed that a record is gone',
  reopen: 'let the customer have a record in a system again',
  'take-back': 'took back what a system told',
};

function recordOf(cause: { system: string; sourceId: string | null }, systems: Record<string, string>): string {
  return `${systems[cause.system] ?? cause.system}${keyOf(cause.sourceId)}`;
}

function aOrAn(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

export interface PushTold {
  kind: 'push' | 'heard' | 'patch' | 'increment' | 'delete';
  at: Date;
  version: number | null;
  runId: number | null;
  system: string;
  sourceId: string | null;
}

export function pushEntries({ kind, at, runId, system, sourceId }: PushTold): Told {
  const key = keyOf(sourceId);
  switch (kind) {
    case 'push':
      return { at, rank: 0, what: 'pushed', text: `${system} pushed${key}.`, runId };
    case 'patch':
      return { at, rank: 0, what: 'pushed', text: `${system} pushed a change of${key}.`, runId };
    case 'increment':
      return { at, rank: 0, what: 'pushed', text: `${system} pushed what was added to${key}.`, runId };
    case 'delete':
      return { at, rank: 0, what: 'deleted', text: `${system} deleted${key}.`, runId };
    case 'heard':
      return { at, rank: 0, what: 'heard', text: `Heard by reading ${system}${key}.`, runId };
  }
}

export interface ConflictTold {
  conflictId: number;
  attribute: AttributeId;
  cause: 'concurrent' | 'asked' | 'pins';
  candidates: string;
  openedAt: Date;
  closedAt: Date | null;
  closedBy: string | null;
}

export function conflictEntries(conflict: ConflictTold, model: Model): Told[] {
  const { attribute, cause, candidates, openedAt, closedAt, closedBy } = conflict;
  const shown = (JSON.parse(candidates) as Candidate[]).map(({ value }) =>
    valueInText(attribute, model.words(attribute, value)),
  );
  const values = shown.join(' or ');
  const label = model.labelOf(attribute);
  const opened =
    cause === 'pins'
      ? `Different pins of ${label} came together: ${values}.`
      : `A conflict over ${label} opened: ${values}.`;
  const told: Told[] = [{ at: openedAt, rank: 4, what: 'conflict-opened', text: opened, attribute }];
  if (closedAt !== null) {
    const text = `The conflict over ${label} closed: ${endings[closedBy ?? ''] ?? closedBy}.`;
    told.push({ at: closedAt, rank: 4, what: 'conflict-closed', text, attribute });
  }
  return told;
}

const endings: Record<string, string> = {
  choice: 'a steward chose',
  pin: 'a steward pinned a value',
  rules: 'other rules were published',
  agreement: 'the systems agree again',
  withdrawn: 'one side was withdrawn',
};

export function decisionEntries(decision: ToldDecision): Told[] {
  const { by, at, phrase, noun, attribute, reason, undoneBy, undoneAt, undoneReason } = decision;
  const text = `${by} ${phrase}.`;
  const made: Told = { at, rank: 2, what: 'decision', text, attribute, by, reason: reason || null };
  if (undoneAt === null) return [made];
  const undone = `${undoneBy} undid ${noun}.`;
  return [
    made,
    { at: undoneAt, rank: 2, what: 'decision', text: undone, attribute, by: undoneBy, reason: undoneReason },
  ];
}

export interface DeliveryTold {
  runId: number;
  mode: 'plan' | 'full' | 'events';
  kind: RefreshItem['kind'];
  fields: string;
  outcome: Exclude<RefreshItem['outcome'], 'planned' | 'withdrawn' | 'exception'>;
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
  const paths = kind === 'create' ? '' : `: ${changes.map(pathInText).join(', ')}`;
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

/** The path of an item holds what the item is known by. */
function pathInText({ path, attribute }: RefreshItem['fields'][number]): string {
  return attribute !== null && path.includes('[') ? valueInText(attribute, path) : path;
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

function textOf(value: Json): string | null {
  return value === null || typeof value === 'string' ? value : JSON.stringify(value);
}
