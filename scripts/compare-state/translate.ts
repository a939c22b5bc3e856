import type { Names } from './names.ts';

/** What customers' systems wrote: nothing in it is an id of the hub. */
const opaque = new Set(['fields', 'value', 'native', 'was', 'became']);
const recordIds = new Set(['recordId', 'target', 'founder', 'beside']);
const otherIds = new Set(['decisionId', 'conflictId', 'batchId', 'runId']);
const positionForm = /^(-|\d+)\.-?\d+\.[0-9a-f]{32}$|^pin\.\d+$/;
const assertionForm = /^(\d+)@(.+)$/;

/**
 * The same statement without ids: records by their names, positions and times that come from the hub's own clock by what they are, other
 * ids only by whether there is one.
 */
export function translated(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return text(value, names);
  if (Array.isArray(value)) return list(value, names);
  if (typeof value !== 'object' || value === null) return value;
  const given = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(given).map(([key, part]) => [text(key, names), member(key, part, given, names)]),
  );
}

function member(key: string, part: unknown, within: Record<string, unknown>, names: Names): unknown {
  if (opaque.has(key)) return part;
  if (recordIds.has(key) && typeof part === 'number') return names.record(part);
  if ((otherIds.has(key) || key === 'request') && typeof part === 'number') return 'one';
  if (key === 'pairs') return (part as number[][]).map((pair) => pair.map((id) => names.record(id)).toSorted());
  if (key === 'at' && isOfOwn(within, names)) return 'the hub’s own time';
  return translated(part, names);
}

function isOfOwn(within: Record<string, unknown>, names: Names): boolean {
  const from = within['from'] as { position?: unknown } | undefined;
  const position = within['position'] ?? from?.position;
  return typeof position === 'string' && names.isOwn(position);
}

/** Members that differ by their records alone may stand in another order in another hub. */
function list(values: readonly unknown[], names: Names): unknown[] {
  const all = values.map((one) => translated(one, names));
  const isOfRecords = values.every((one) => typeof one === 'object' && one !== null && 'recordId' in one);
  const isOfAssertions = values.every((one) => typeof one === 'string' && assertionForm.test(one));
  return isOfRecords || isOfAssertions ? byText(all) : all;
}

function text(value: string, names: Names): string {
  if (positionForm.test(value)) return names.isOwn(value) ? 'the hub’s own entry' : named(value);
  const assertion = assertionForm.exec(value);
  if (assertion && positionForm.test(assertion[2]!))
    return `${names.record(assertion[1]!)}@${text(assertion[2]!, names)}`;
  return /^exclude \d+$/.test(value) ? 'exclude' : value;
}

/**
 * A row is the same by its version and content: its name keeps the time that it was filed under, also once another one counts (rule 33), and
 * the times that count are compared beside it.
 */
function named(position: string): string {
  const [version, , content] = position.split('.');
  return version === '-' || version === 'pin' ? position : `${version}.${content}`;
}

export function byText<T>(values: readonly T[]): T[] {
  const texts = values.map((value) => ({ value, text: JSON.stringify(value) ?? '' }));
  return texts.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map((one) => one.value);
}
