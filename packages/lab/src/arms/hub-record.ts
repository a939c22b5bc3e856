import {
  Folding,
  parsePath,
  positionOf,
  writePath,
  type CustomerKind,
  type Entry,
  type Fields,
  type Json,
  type Lens,
  type ParsedPath,
  type RecordState,
} from '@cinch/canonical-model';
import type { Side } from '../pair.ts';
import type { Row } from '../site.ts';

/** What the hub knows of one system's record of a customer: its timeline, and what that amounts to. */
export class HubRecord {
  readonly recordId: number;
  readonly side: Side;
  /** How often what is known of it became otherwise. */
  changes = 0;
  private isGone = false;
  /** The row that was last found to be as it is known. */
  seen: Row | null = null;
  private readonly entries: Entry[] = [];
  private readonly known = new Set<string>();
  private readonly kind: CustomerKind;
  private folded: { folding: Folding; lens: Lens } | null = null;

  constructor(recordId: number, side: Side, kind: CustomerKind) {
    this.recordId = recordId;
    this.side = side;
    this.kind = kind;
  }

  /** False for what was told before. */
  file(entry: Entry): boolean {
    const name = `${isRow(entry) ? 'row' : entry.kind} ${positionOf(entry)}`;
    if (this.known.has(name)) return false;
    this.known.add(name);
    this.entries.push(entry);
    this.changes += 1;
    this.folded?.folding.add(entry);
    return true;
  }

  /** A person confirmed that its row is gone. */
  end(): void {
    this.isGone = true;
    this.changes += 1;
  }

  state(lens: Lens): RecordState {
    if (this.folded?.lens !== lens) this.folded = { folding: new Folding(lens, this.kind, this.entries), lens };
    return this.folded.folding.state;
  }

  isLive(lens: Lens): boolean {
    return !this.isGone && this.state(lens).deleted === null;
  }
}

function isRow({ kind }: Entry): boolean {
  return kind === 'push' || kind === 'heard' || kind === 'receipt';
}

const natives = new WeakMap<Row, Json>();

/** The row as the system sends it, without key, version and time, which stand beside it. */
export function nativeOf(lens: Lens, row: Row): Json {
  const known = natives.get(row);
  if (known !== undefined) return known;
  const { before } = row;
  const base = before && natives.get(before);
  let data: Json = base ?? {};
  const paths = base
    ? lens.patch(row.kind, fieldsOf(before!), changed(before!, row))
    : lens.patch(row.kind, null, fieldsOf(row));
  for (const [path, value] of Object.entries(paths))
    if (base || value !== null) data = writePath(data, parsed(path), value);
  natives.set(row, data);
  // What came before it is told by now.
  row.before = null;
  return data;
}

const paths = new Map<string, ParsedPath>();

/** Each path of the mappings once. */
function parsed(path: string): ParsedPath {
  let known = paths.get(path);
  if (known) return known;
  const parse = parsePath(path);
  if (!parse.ok) throw new Error(parse.detail);
  paths.set(path, (known = parse.path));
  return known;
}

function fieldsOf({ fields }: Row): Fields {
  return Object.assign({}, ...Object.values(fields)) as Fields;
}

function changed(before: Row, { fields }: Row): Fields {
  const other = Object.keys(fields).filter((id) => fields[id] !== before.fields[id]);
  return Object.assign({}, ...other.map((id) => fields[id])) as Fields;
}

/** 32 hexadecimal digits of a text: it tells rows apart, and is no secret. */
export function contentOf(text: string): string {
  const mixed = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];
  for (let at = 0; at < text.length; at += 1) {
    const lane = at & 3;
    mixed[lane] = Math.imul(mixed[lane]! ^ text.charCodeAt(at), 0x01000193) ^ (mixed[(lane + 1) & 3]! >>> 7);
  }
  return mixed.map((one) => (one >>> 0).toString(16).padStart(8, '0')).join('');
}

/** A system gives out a version once: that tells the rows of a record apart as their hashes would. */
export function contentOfRow({ version }: Row): string {
  return version.toString(16).padStart(32, '0');
}
