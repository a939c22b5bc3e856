import type { AttributeId, Value } from '../customer/attributes.ts';
import { modelAsShipped } from '../customer/model/model.ts';
import { positionOf, type Entry, type Epoch, type OfferEntry } from '../facts/entry.ts';
import { contentOf } from '../facts/fixtures.ts';
import { foldTimeline } from '../facts/fold.ts';
import { canonicalJson, type Json } from '../json.ts';
import { evidenceOf } from '../matching/evidence.ts';
import { linkAll } from '../matching/link-all.ts';
import { Scorer } from '../matching/score.ts';
import { shippedModel } from '../matching/shipped-model.ts';
import { classifyListed } from '../refresh/listing.ts';
import { viewDifference, wholeView } from '../refresh/view.ts';
import type { Survived } from '../survivorship/golden.ts';
import { survive, type MemberRecord } from '../survivorship/survive.ts';
import type { Cast } from './cast.ts';
import { Desk } from './desk.ts';
import { FarRecord, type Answer, type Row, type ToldRow } from './far-system.ts';

const judge = { scorer: new Scorer(shippedModel), model: shippedModel };

/** Whoever is told of, it is the same customer. */
const theCustomer = judge.scorer.features.of(
  evidenceOf(
    'person',
    { name: [{ given: 'Zoë', family: 'McDonald' }], 'identifier.national': ['078051120'] },
    'any',
    modelAsShipped,
  ),
);

export interface UserEdit {
  record: FarRecord;
  attribute: AttributeId;
  version: number;
  at: number;
  native: string;
}

/** How a system tells of a change: the whole row, the members that changed, or what was added; or not at all. */
export type Telling = 'whole' | 'patch' | 'lost';

type Message = { record: FarRecord; row: ToldRow } | { record: FarRecord; entry: Entry };

/**
 * One customer with a record in each system and a second account in one, the network between them, and a hub that does with the pure core
 * what the real one does. Nothing here decides anything that the product decides.
 */
export class World {
  readonly records: readonly FarRecord[];
  readonly timelines: ReadonlyMap<number, Entry[]>;
  readonly edits: UserEdit[] = [];
  readonly epochs: Record<FarRecord['system'], Epoch[]> = { adipose: [], bellyfat: [] };
  readonly desk = new Desk();
  now = 10_000;
  private readonly network: Message[] = [];
  private deliveries = 0;
  private events = 0;

  readonly cast: Cast;

  constructor(cast: Cast, systems: readonly FarRecord['system'][] = ['adipose', 'bellyfat', 'adipose']) {
    this.cast = cast;
    this.records = systems.map((system, index) => new FarRecord(system, index + 1, index + 1, cast.lenses[system]));
    this.timelines = new Map(this.records.map((record) => [record.recordId, []]));
    for (const record of this.records) this.hearRow(record, record.row!, 'push');
  }

  /** A user changes a value; the event goes out whole or in part, or gets lost. */
  edit(index: number, attribute: AttributeId, value: Value | null, telling: Telling): void {
    const record = this.recordAt(index);
    const before = record.row;
    if (!record.edit(attribute, value, this.tick())) return;
    const { version, at, data } = record.row!;
    const native = canonicalJson(record.lens.read(data).attributes[attribute]!.fields);
    this.edits.push({ record, attribute, version, at, native });
    if (telling === 'whole') this.network.push({ record, row: record.row! });
    if (telling === 'patch') this.tellPart(record, 'patch', patchBetween(before!.data, data));
  }

  /** A purchase: its event carries what was added. */
  grow(index: number, points: number, lost: boolean): void {
    const record = this.recordAt(index);
    if (record.grow(points, this.tick()) && !lost) this.tellPart(record, 'increment', { loyalty_pts: points });
  }

  remove(index: number, lost: boolean): void {
    const record = this.recordAt(index);
    const version = record.remove(this.tick());
    if (version === null || lost) return;
    const entry: Entry = { kind: 'delete', version, at: this.now, content: contentOf('deleted'), native: null };
    this.network.push({ record, entry });
  }

  /** One message arrives, any of those under way, perhaps not for the last time. */
  arrive(pick: number, again: boolean): void {
    if (this.network.length === 0) return;
    const index = pick % this.network.length;
    const message = this.network[index]!;
    if (!again) this.network.splice(index, 1);
    if ('entry' in message) this.file(message.record, message.entry);
    else this.hearRow(message.record, message.row, 'push');
  }

  /** A system is set back a while, and an admin says so. */
  setBack(index: number, ago: number): void {
    const { system } = this.recordAt(index);
    const setBackTo = this.now - ago * 1000;
    for (const record of this.records) if (record.system === system) record.setBack(setBackTo);
    this.epochs[system].push({ setBackTo, restoredAt: this.tick() });
    this.tick();
  }

  /** The system reads its own view, and its user may write it down. */
  pull(index: number, adopts: boolean): void {
    const record = this.recordAt(index);
    const { state } = this.fold(record);
    if (!this.isLive(record)) return;
    const { carried } = this.difference(record);
    if (Object.keys(carried).length === 0) return;
    this.file(record, this.offerOf(carried, null, state.headPosition));
    if (!adopts) return;
    const fields = record.lens.patch('person', wholeView(state.held, {}), wholeView(state.held, carried));
    if (record.adopt(fields, this.tick())) this.network.push({ record, row: record.row! });
  }

  /**
   * A refresh of one record: it is heard first, then gets what its view differs by. The answer may be late or lost. True when anything
   * was heard or sent. `hears` false: as between refreshes. `conditional` false: the target writes over whatever it holds.
   */
  refresh(index: number, answer: 'answered' | 'late' | 'lost', hears = true, conditional = true): boolean {
    const record = this.recordAt(index);
    const heard = hears && this.list(record);
    // What the system no longer lists is missing: neither written nor made again.
    if (!this.isLive(record) || (hears && !record.row)) return heard;
    const { state } = this.fold(record);
    const { carried, changes } = this.difference(record);
    if (changes.length === 0) return heard;

    const deliveryId = `d${++this.deliveries}`;
    this.file(record, this.offerOf(carried, deliveryId, state.headPosition));
    const fields = Object.fromEntries(changes.map(({ path, to }) => [path, to]));
    const before = record.row?.version;
    const told = record.upsert(deliveryId, conditional ? state.headVersion : null, fields, this.tick());
    if (told.outcome === 'stored' && record.row!.version !== before) this.network.push({ record, row: record.row! });
    if (told.outcome !== 'unknown-key') this.answer(record, deliveryId, told, answer);
    return true;
  }

  /** Refreshes all systems until nothing is left to send. False when that never comes. */
  settle(): boolean {
    for (let round = 0; round < 16; round += 1) {
      const moved = this.records.map((_, index) => this.refresh(index, 'answered'));
      if (!moved.includes(true)) return true;
    }
    return false;
  }

  /** Every system pushes its row whole, then is refreshed. True when anything had to be sent. */
  round(): boolean {
    for (const record of this.records) if (record.row) this.hearRow(record, record.row, 'push');
    return this.records.map((_, index) => this.refresh(index, 'answered')).includes(true);
  }

  /** Every customer's golden record, by its records; `asOf` the present. */
  customers(
    timelines: ReadonlyMap<number, readonly Entry[]> = this.timelines,
  ): { ids: number[]; survived: Survived }[] {
    const members = this.records.map((record): MemberRecord => {
      const { state } = this.foldOf(record, timelines);
      return { recordId: record.recordId, lens: record.lens, state, tombstoned: state.deleted !== null };
    });
    const clusterable = this.records.map(({ recordId, system }) => {
      return { recordId, name: `${system}|${recordId}`, features: theCustomer, follows: null };
    });
    return linkAll(clusterable, this.desk.saidOfPairs(), judge).clusters.map((ids) => ({
      ids,
      survived: survive({
        members: members.filter((member) => ids.includes(member.recordId)),
        decisions: this.desk.valueDecisions(),
        rules: this.cast.rules,
        model: this.cast.model,
        asOf: this.now,
      }),
    }));
  }

  survivedOf(record: FarRecord): Survived {
    return this.customers().find(({ ids }) => ids.includes(record.recordId))!.survived;
  }

  fold(record: FarRecord) {
    return this.foldOf(record, this.timelines);
  }

  isLive(record: FarRecord): boolean {
    return this.fold(record).state.deleted === null;
  }

  recordAt(index: number): FarRecord {
    return this.records[index % this.records.length]!;
  }

  private foldOf(record: FarRecord, timelines: ReadonlyMap<number, readonly Entry[]>) {
    return foldTimeline(timelines.get(record.recordId)!, record.lens, 'person', this.epochs[record.system]);
  }

  difference(record: FarRecord) {
    const { state } = this.fold(record);
    const { kind, attributes, conflicts, requests } = this.survivedOf(record);
    const golden = { kind, attributes, held: conflicts.map((one) => one.attribute), requests };
    return viewDifference(golden, { recordId: record.recordId, ...state }, record.lens);
  }

  private list(record: FarRecord): boolean {
    const { row } = record;
    if (!row) return false;
    const listed = classifyListed(record.lens.read(row.data), row.version, this.fold(record).state, true, record.lens);
    if (listed === 'drift') throw new Error('Nothing in this world changes a row without a version.');
    if (listed === 'news') this.hearRow(record, row, 'heard');
    return listed === 'news';
  }

  private hearRow(record: FarRecord, row: ToldRow, kind: 'push' | 'heard'): void {
    const place = { version: row.version, at: row.at, content: contentOf(row.data), native: row.data };
    // The second account stands for an integration by file: its rows never say which delivery made them.
    const ours = record.recordId !== 3 && row.delivery?.version === row.version;
    this.file(
      record,
      ours ? { ...place, kind: 'receipt', deliveryId: row.delivery!.id, refused: {} } : { ...place, kind },
    );
  }

  private tellPart(record: FarRecord, kind: 'patch' | 'increment', native: Row): void {
    const { version, at } = record.row!;
    const eventId = `e${++this.events}`;
    const entry: Entry =
      kind === 'patch'
        ? { kind, version, at, content: contentOf(native), native }
        : {
            kind,
            version,
            at,
            content: contentOf([eventId, native]),
            eventId,
            native: native as Record<string, number>,
          };
    this.network.push({ record, entry });
  }

  private offerOf(carried: OfferEntry['carried'], deliveryId: string | null, base: string | null): OfferEntry {
    const content = contentOf([deliveryId ?? `served ${this.now}`, canonicalJson(carried as unknown as Json)]);
    return { kind: 'offer', version: null, at: this.tick(), content, base, deliveryId, carried };
  }

  private answer(
    record: FarRecord,
    deliveryId: string,
    told: Exclude<Answer, { outcome: 'unknown-key' }>,
    how: 'answered' | 'late' | 'lost',
  ): void {
    if (told.outcome === 'mismatch') return this.hearRow(record, told.row, 'heard');
    const { row, refused } = told;
    const isNews = row.version > (this.fold(record).state.headVersion ?? 0);
    const isOurs = row.delivery?.id === deliveryId && row.delivery.version === row.version;
    const entry: Entry =
      isNews || isOurs
        ? { kind: 'receipt', ...placeOf(row), native: row.data, deliveryId, refused }
        : {
            kind: 'receipt',
            ...placeOf({ version: null, at: this.tick(), data: deliveryId }),
            native: null,
            deliveryId,
            refused,
          };
    if (how === 'answered') this.file(record, entry);
    if (how === 'late') this.network.push({ record, entry });
  }

  private file(record: FarRecord, entry: Entry): void {
    const timeline = this.timelines.get(record.recordId)!;
    const rows = ['push', 'heard'];
    const known = timeline.some(
      (other) =>
        positionOf(other) === positionOf(entry) &&
        (rows.includes(entry.kind) ? [...rows, 'receipt'].includes(other.kind) : isSame(other, entry)),
    );
    if (!known) timeline.push(entry);
  }

  private tick(): number {
    return (this.now += 1000);
  }
}

/** The merge patch that makes the one row the other. */
function patchBetween(before: Row, after: Row): Row {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = members.filter((member) => canonicalJson(before[member]) !== canonicalJson(after[member]));
  return Object.fromEntries(
    changed.map((member) => {
      const [was, is] = [before[member] ?? null, after[member] ?? null];
      return [member, isRow(was) && isRow(is) ? patchBetween(was, is) : is];
    }),
  );
}

function isRow(value: Json): value is Row {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function placeOf({ version, at, data }: { version: number | null; at: number; data: Json }) {
  return { version, at, content: contentOf(data) };
}

function isSame(other: Entry, entry: Entry): boolean {
  if (other.kind !== entry.kind) return false;
  return other.kind !== 'receipt' || entry.kind !== 'receipt' || other.deliveryId === entry.deliveryId;
}
