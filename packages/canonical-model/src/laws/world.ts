import type { AttributeId, Value } from '../customer/attributes.ts';
import { positionOf, type Entry, type OfferEntry } from '../facts/entry.ts';
import { contentOf } from '../facts/fixtures.ts';
import { foldTimeline } from '../facts/fold.ts';
import { canonicalJson, type Json } from '../json.ts';
import { classifyListed } from '../refresh/listing.ts';
import { viewDifference } from '../refresh/view.ts';
import { assertionId, type Choice, type Survived } from '../survivorship/golden.ts';
import { survive, type MemberRecord } from '../survivorship/survive.ts';
import { FarRecord, type Answer, type ToldRow } from './far-system.ts';

export interface UserEdit {
  record: FarRecord;
  attribute: AttributeId;
  version: number;
  native: string;
}

type Message = { record: FarRecord; row: ToldRow } | { record: FarRecord; receipt: Entry };

/**
 * One customer with a record in each system and a second account in one, the network between them, and a hub that does with the pure core
 * what the real one does. Nothing here decides anything that the product decides.
 */
export class World {
  readonly records: readonly FarRecord[];
  readonly timelines: ReadonlyMap<number, Entry[]>;
  readonly edits: UserEdit[] = [];
  choices: Choice[] = [];
  private readonly network: Message[] = [];
  private now = 10;
  private deliveries = 0;
  private decisions = 0;

  constructor(systems: readonly FarRecord['system'][] = ['adipose', 'bellyfat', 'adipose']) {
    this.records = systems.map((system, index) => new FarRecord(system, index + 1, index + 1));
    this.timelines = new Map(this.records.map((record) => [record.recordId, []]));
    for (const record of this.records) this.hearRow(record, record.row, 'push');
  }

  /** A user changes a value; the event goes out, or gets lost. */
  edit(index: number, attribute: AttributeId, value: Value | null, lost: boolean): void {
    const record = this.records[index % this.records.length]!;
    if (!record.edit(attribute, value, this.tick())) return;
    const native = canonicalJson(record.lens.read(record.row.data).attributes[attribute]!.fields);
    this.edits.push({ record, attribute, version: record.row.version, native });
    if (!lost) this.network.push({ record, row: record.row });
  }

  /** One message arrives, any of those under way, perhaps not for the last time. */
  arrive(pick: number, again: boolean): void {
    if (this.network.length === 0) return;
    const index = pick % this.network.length;
    const message = this.network[index]!;
    if (!again) this.network.splice(index, 1);
    if ('receipt' in message) this.file(message.record, message.receipt);
    else this.hearRow(message.record, message.row, 'push');
  }

  /**
   * A refresh of one record: it is heard first, then gets what its view differs by. The answer may be late or lost. True when anything
   * was heard or sent. `hears` false: as between refreshes. `conditional` false: the target writes over whatever it holds.
   */
  refresh(index: number, answer: 'answered' | 'late' | 'lost', hears = true, conditional = true): boolean {
    const record = this.records[index % this.records.length]!;
    const heard = hears && this.list(record);
    const { state } = this.fold(record);
    const survived = this.survived();
    const golden = {
      kind: survived.kind,
      attributes: survived.attributes,
      held: survived.conflicts.map((one) => one.attribute),
    };
    const { carried, changes } = viewDifference(golden, state, record.lens);
    if (changes.length === 0) return heard;

    const deliveryId = `d${++this.deliveries}`;
    const at = this.tick();
    const content = contentOf([deliveryId, canonicalJson(carried as unknown as Json)]);
    const base = state.headPosition;
    const offer: OfferEntry = { kind: 'offer', epoch: 0, version: null, at, content, base, deliveryId, carried };
    this.file(record, offer);
    const fields = Object.fromEntries(changes.map(({ path, to }) => [path, to]));
    const before = record.row.version;
    const told = record.upsert(deliveryId, conditional ? state.headVersion : null, fields, this.tick());
    if (told.outcome === 'stored' && record.row.version !== before) this.network.push({ record, row: record.row });
    this.answer(record, deliveryId, told, answer);
    return true;
  }

  /** A steward chooses one of the candidates of an open conflict. */
  choose(pick: number): void {
    const conflict = this.survived().conflicts[0];
    if (!conflict) return;
    const chosen = conflict.candidates[pick % conflict.candidates.length]!;
    this.choices.push({
      decisionId: ++this.decisions,
      attribute: conflict.attribute,
      chosen,
      basis: conflict.candidates,
    });
  }

  undo(pick: number): void {
    if (this.choices.length > 0) this.choices = this.choices.filter((_, index) => index !== pick % this.choices.length);
  }

  /** Refreshes all systems until nothing is left to send. False when that never comes. */
  settle(): boolean {
    for (let round = 0; round < 12; round += 1) {
      const moved = this.records.map((_, index) => this.refresh(index, 'answered'));
      if (!moved.includes(true)) return true;
    }
    return false;
  }

  /** Every system pushes its row whole, then is refreshed. True when anything had to be sent. */
  round(): boolean {
    for (const record of this.records) this.hearRow(record, record.row, 'push');
    return this.records.map((_, index) => this.refresh(index, 'answered')).includes(true);
  }

  survived(timelines: ReadonlyMap<number, readonly Entry[]> = this.timelines): Survived {
    const members = this.records.map((record): MemberRecord => {
      const { state } = foldTimeline(timelines.get(record.recordId)!, record.lens, 'person');
      return { recordId: record.recordId, lens: record.lens, state };
    });
    return survive({ members, choices: this.choices });
  }

  fold(record: FarRecord) {
    return foldTimeline(this.timelines.get(record.recordId)!, record.lens, 'person');
  }

  private list(record: FarRecord): boolean {
    const { row } = record;
    const known = this.timelines.get(record.recordId)!.length > 0 ? this.fold(record).state : null;
    const listed = classifyListed(record.lens.read(row.data), row.version, known, true);
    if (listed === 'drift') throw new Error('Nothing in this world changes a row without a version.');
    if (listed === 'news') this.hearRow(record, row, 'heard');
    return listed === 'news';
  }

  private hearRow(record: FarRecord, row: ToldRow, kind: 'push' | 'heard'): void {
    const place = { epoch: 0, version: row.version, at: row.at, content: contentOf(row.data), native: row.data };
    // The second account stands for an integration by file: its rows never say which delivery made them.
    const ours = record.recordId !== 3 && row.delivery?.version === row.version;
    this.file(
      record,
      ours ? { ...place, kind: 'receipt', deliveryId: row.delivery!.id, refused: {} } : { ...place, kind },
    );
  }

  private answer(record: FarRecord, deliveryId: string, told: Answer, how: 'answered' | 'late' | 'lost'): void {
    if (told.outcome === 'mismatch') return this.hearRow(record, told.row, 'heard');
    const { row, refused } = told;
    const isNews = row.version > (this.fold(record).state.headVersion ?? 0);
    const isOurs = row.delivery?.id === deliveryId && row.delivery.version === row.version;
    const receipt: Entry =
      isNews || isOurs
        ? { kind: 'receipt', ...placeOf(row), native: row.data, deliveryId, refused }
        : {
            kind: 'receipt',
            ...placeOf({ ...row, version: null, at: this.tick(), data: deliveryId }),
            native: null,
            deliveryId,
            refused,
          };
    if (how === 'answered') this.file(record, receipt);
    if (how === 'late') this.network.push({ record, receipt });
  }

  private file(record: FarRecord, entry: Entry): void {
    const timeline = this.timelines.get(record.recordId)!;
    const rows = ['push', 'heard'];
    const known = timeline.some(
      (other) =>
        positionOf(other) === positionOf(entry) &&
        (rows.includes(entry.kind) ? other.kind !== 'offer' : isSame(other, entry)),
    );
    if (!known) timeline.push(entry);
  }

  private tick(): number {
    return (this.now += 1000);
  }
}

function placeOf({ version, at, data }: { version: number | null; at: number; data: Json }) {
  return { epoch: 0, version, at, content: contentOf(data) };
}

function isSame(other: Entry, entry: Entry): boolean {
  if (other.kind !== entry.kind) return false;
  return other.kind !== 'receipt' || entry.kind !== 'receipt' || other.deliveryId === entry.deliveryId;
}

export function tracesOf(survived: Survived, attribute: AttributeId): Set<string> {
  const golden = survived.attributes[attribute];
  return new Set((golden ? [golden.from, ...golden.losers] : []).map(assertionId));
}
