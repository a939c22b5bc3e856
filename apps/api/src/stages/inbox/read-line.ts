import { cloudEventWith, recordLevels, recordLine, type LineReject } from '@cinch/api-contract';
import { longest, parsePath, type Json } from '@cinch/canonical-model';
import { z } from 'zod';

/** What a body holds: `records` are record lines, `events` CloudEvents. */
export type BodyForm = 'records' | 'events';

/** What an arrival tells of the row: all of it, what changed in it, what was added to numbers of it, that it is gone. */
type Act = 'whole' | 'patch' | 'increment' | 'delete';

/** One record as it arrived. `changedAt` is in milliseconds since 1970; `line` counts from 1. */
export interface Arrival {
  line: number;
  act: Act;
  key: string;
  /** Never null for an increment. */
  version: number | null;
  changedAt: number | null;
  /** The event's source and id, the same for the same event; null for a record line. */
  eventId: string | null;
  /** The hub's delivery that last wrote the row, and the version that it made. */
  delivery: { id: string; version: number } | null;
  /** The row, the merge patch, or the amounts by native path; null for a delete. */
  data: Json;
}

// JSON.parse has shown that the data is JSON: proving it again by schema, or copying it, would be most of the cost of intake.
const data = z.custom<Record<string, unknown>>(isRow, { error: 'Send the row as a JSON object.' });
const recordEnvelope = recordLine.extend({ data }).strict();
const eventEnvelope = cloudEventWith(data);
const uuid = z.uuid();

const acts = {
  'customer.changed': 'whole',
  'customer.patched': 'patch',
  'customer.incremented': 'increment',
  'customer.deleted': 'delete',
} as const satisfies Record<z.infer<typeof eventEnvelope>['type'], Act>;

/** Why the line cannot be taken, null when it can. Throws a SyntaxError when its text is no JSON. */
export function readLine(form: BodyForm, line: number, text: string): LineReject | null {
  const value: unknown = JSON.parse(text);
  const forbidden =
    (mayBeForbidden(text) ? findForbidden(value, '', 0) : null) ??
    (form === 'events' ? unversionedIncrement(value) : null);
  // Its names are the sender's, and may be as long as the line.
  if (forbidden) return { line, ...forbidden, path: forbidden.path.slice(0, longest.path) };
  const parsed = form === 'records' ? recordEnvelope.safeParse(value) : eventEnvelope.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    if (issue.code === 'unrecognized_keys') return { line, ...unknownMember(issue.keys[0]!) };
    return { line, code: 'wrong-form', path: issue.path.join('.').slice(0, longest.path), detail: issue.message };
  }
  const strange = 'type' in parsed.data && parsed.data.type === 'customer.incremented' && strangePath(parsed.data.data);
  return strange ? { line, ...strange } : null;
}

/** A line that was accepted, as an arrival: its form was checked then. */
export function arrivalOf(form: BodyForm, line: number, value: unknown): Arrival {
  return form === 'records'
    ? recordArrival(line, value as z.infer<typeof recordEnvelope>)
    : eventArrival(line, value as z.infer<typeof eventEnvelope>);
}

function recordArrival(line: number, record: z.infer<typeof recordEnvelope>): Arrival {
  return {
    line,
    act: 'whole',
    key: record.id,
    version: record.version ?? null,
    changedAt: instantOf(record.changedAt),
    eventId: null,
    delivery: null,
    data: record.data as Json,
  };
}

function eventArrival(line: number, event: z.infer<typeof eventEnvelope>): Arrival {
  const { deliveryid: id, deliveryversion: version } = event;
  return {
    line,
    act: acts[event.type],
    key: event.subject,
    version: event.rowversion ?? null,
    changedAt: instantOf(event.time),
    // As a list, so that no two pairs have the same text.
    eventId: JSON.stringify([event.source, event.id]),
    // An id of another form was not given out by the hub: the row is then the system's own word.
    delivery: version !== undefined && uuid.safeParse(id).success ? { id: id!, version } : null,
    data: event.type === 'customer.deleted' ? null : (event.data as Json),
  };
}

function instantOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text);
}

type Forbidden = Omit<LineReject, 'line'>;

/** Of a record line: what is said of a row beside its data has a name, and one that is not known would be ignored. */
function unknownMember(name: string): Forbidden {
  const detail = `Leave it out, or send it within data: a line has ${Object.keys(recordEnvelope.shape).join(', ')}.`;
  return { code: 'unknown-field', path: name.slice(0, longest.path), detail };
}

function unversionedIncrement(value: unknown): Forbidden | null {
  const { type, rowversion } = Object(value) as { type?: unknown; rowversion?: unknown };
  if (type !== 'customer.incremented' || (rowversion !== undefined && rowversion !== null)) return null;
  const detail = 'Send the version that the amounts made as rowversion: without it they could be counted twice.';
  return { code: 'increment-without-version', path: 'rowversion', detail };
}

function strangePath(amounts: Record<string, number>): Forbidden | null {
  for (const path of Object.keys(amounts)) {
    const parsed = parsePath(path);
    if (!parsed.ok) return { code: 'not-a-path', path: `data.${path}`, detail: parsed.detail };
  }
  return null;
}

/** Whether the text needs a closer look: most lines have no escapes by code and are flat. */
function mayBeForbidden(text: string): boolean {
  if (text.includes('\\u') || text.includes('__proto__')) return true;
  let [opened, at] = [0, text.indexOf('{')];
  for (; at !== -1 && opened < recordLevels; at = text.indexOf('{', at + 1)) opened += 1;
  for (at = text.indexOf('['); at !== -1 && opened < recordLevels; at = text.indexOf('[', at + 1)) opened += 1;
  return opened >= recordLevels;
}

/** Postgres stores no NUL; `__proto__` as a member name would change objects that are built from the row. */
function findForbidden(value: unknown, path: string, depth: number): Forbidden | null {
  if (typeof value === 'string') return forbiddenText(value, path);
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= recordLevels) {
    return { code: 'too-deep', path, detail: `Nest at most ${recordLevels} levels.` };
  }
  for (const [name, member] of Object.entries(value)) {
    const inner = path === '' ? name : `${path}.${name}`;
    if (name === '__proto__') return { code: 'forbidden-name', path: inner, detail: 'Name the member otherwise.' };
    const found = forbiddenText(name, path) ?? findForbidden(member, inner, depth + 1);
    if (found) return found;
  }
  return null;
}

function forbiddenText(text: string, path: string): Forbidden | null {
  if (text.includes('\0')) return { code: 'nul-character', path, detail: 'Remove the NUL character (U+0000).' };
  // Half a character would be replaced on its way to the database, so two different keys could become one.
  if (!text.isWellFormed()) return { code: 'half-character', path, detail: 'Mend the unpaired surrogate.' };
  return null;
}

function isRow(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
