import { cloudEvent, recordLine, type LineReject } from '@cinch/api-contract';
import type { Json } from '@cinch/canonical-model';
import { z } from 'zod';

/** What a body holds: `records` are record lines, `events` CloudEvents. */
export type BodyForm = 'records' | 'events';

/** One record as it arrived. `changedAt` is in milliseconds since 1970; `line` counts from 1. */
export interface Arrival {
  line: number;
  key: string;
  version: number | null;
  changedAt: number | null;
  /** The hub's delivery that last wrote the row, and the version that it made. */
  delivery: { id: string; version: number } | null;
  data: Json;
}

export type ReadLine = { ok: true; arrival: Arrival } | { ok: false; reject: LineReject };

// JSON.parse has shown that the data is JSON: proving it again by schema would be most of the cost of intake.
const data = z.record(z.string(), z.unknown());
const recordEnvelope = recordLine.extend({ data });
const eventEnvelope = cloudEvent.extend({ data });
const uuid = z.uuid();

/** Deeper rows are no customer records, and walking them could exhaust the stack. */
const maxDepth = 32;

/** Reads one parsed line. Pure, and the same at acceptance and at claim: what was accepted can be read again. */
export function readLine(form: BodyForm, line: number, value: unknown): ReadLine {
  const forbidden = findForbidden(value, '', 0);
  if (forbidden) return { ok: false, reject: { line, ...forbidden } };
  const parsed = form === 'records' ? recordEnvelope.safeParse(value) : eventEnvelope.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return { ok: false, reject: { line, code: 'wrong-form', path: issue.path.join('.'), detail: issue.message } };
  }
  return { ok: true, arrival: arrivalOf(line, parsed.data) };
}

function arrivalOf(line: number, parsed: z.infer<typeof recordEnvelope> | z.infer<typeof eventEnvelope>): Arrival {
  if (!('specversion' in parsed)) {
    return {
      line,
      key: parsed.id,
      version: parsed.version ?? null,
      changedAt: instantOf(parsed.changedAt),
      delivery: null,
      data: parsed.data as Json,
    };
  }
  const { deliveryid: id, deliveryversion: version } = parsed;
  return {
    line,
    key: parsed.subject,
    version: parsed.rowversion ?? null,
    changedAt: instantOf(parsed.time),
    // An id of another form was not given out by the hub: the row is then the system's own word.
    delivery: version !== undefined && uuid.safeParse(id).success ? { id: id!, version } : null,
    data: parsed.data as Json,
  };
}

function instantOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text);
}

type Forbidden = Omit<LineReject, 'line'>;

/** Postgres stores no NUL; `__proto__` as a member name would change objects that are built from the row. */
function findForbidden(value: unknown, path: string, depth: number): Forbidden | null {
  if (typeof value === 'string') return forbiddenText(value, path);
  if (typeof value !== 'object' || value === null) return null;
  if (depth >= maxDepth) {
    return { code: 'too-deep', path, detail: `Nest at most ${maxDepth} levels.` };
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
