import type { Fields, ItemId } from '@cinch/canonical-model';
import {
  allFields,
  canonicalJson,
  entriesOf,
  heldOf,
  readPath,
  withRemovals,
  type AttributeId,
  type Reading,
  type RecordState,
} from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { Desk } from './desk.ts';
import type { House, SystemCode } from './house.ts';
import { Network, type Telling } from './network.ts';
import { Random } from './random.ts';
import type { Situation } from './situation.ts';
import type { SystemInForce } from '../../src/pipeline/systems-in-force.ts';
import { familyOf, typedBy } from './values.ts';

/** The latest word of a system’s user about one attribute of a row. */
export interface UserEdit {
  system: SystemCode;
  key: string;
  attribute: AttributeId;
  version: number;
  native: string;
}

/** What became of the rows of a customer in this round: how it is told, and the row before. */
interface Told {
  telling: Telling;
  before: AdapterRow;
}

/** One customer of the test and what happens to it, drawn from its own seed, so that it lives the same life among few or many. */
export class Life {
  readonly network: Network;
  /** What happened, for the message of a failure. */
  readonly log: string[] = [];
  readonly edits = new Map<string, UserEdit>();
  private readonly random: Random;
  private readonly desk: Desk;
  private readonly told = new Map<string, Told>();
  private transactions = 0;
  private readonly keys = new Set<string>();

  constructor(
    private readonly house: House,
    private readonly systems: ReadonlyMap<SystemCode, SystemInForce>,
    readonly index: number,
    seed: number,
  ) {
    this.random = new Random(seed * 1_000 + index);
    this.network = new Network(this.random);
    this.desk = new Desk(house, this.random, index, this.log);
  }

  /** Whether a fault is about this customer: it names one of its rows or values. */
  isNamedIn(fault: string): boolean {
    return (
      fault.toLowerCase().includes(familyOf(this.index).toLowerCase()) ||
      [...this.keys].some((key) => fault.includes(key))
    );
  }

  /** One act of this customer’s story. */
  async act(situation: Situation): Promise<void> {
    const { rows } = situation;
    for (const { row } of rows) this.keys.add(row.key);
    if (this.random.chance(0.35) && (await this.desk.act(situation))) return;
    if (rows.length === 0) return;
    const at = this.random.pick(rows);
    const [bellyfat] = rows.filter(({ system }) => system === 'bellyfat');
    const [adipose] = rows.filter(({ system }) => system === 'adipose').toReversed();
    await this.random.weighted<() => Promise<void>>([
      [10, () => this.edit(at.system, at.row)],
      [3, () => this.grow(adipose?.row)],
      [2, () => this.product(bellyfat?.row)],
      [3, () => this.readView(at.system, at.row)],
      [0.5, () => this.remove(at.system, at.row)],
    ])();
  }

  /** What a system tells of a row of this customer. Nothing is known of how the hub’s own writes are told: some events are lost. */
  hear(system: SystemCode, event: Parameters<Network['send']>[1]): void {
    const told = this.told.get(`${system} ${event.subject}`);
    const telling = told?.telling ?? (this.random.chance(0.3) ? 'lost' : 'whole');
    this.network.send(system, event, telling, told?.before.data ?? null);
    if (told && event.data && event.type === 'customer.changed') this.noteEdits(system, told.before, event);
  }

  /** Whatever the systems tell from here on is not of the last act. */
  endAct(): void {
    this.told.clear();
  }

  private async edit(system: SystemCode, row: AdapterRow): Promise<void> {
    const { attribute, value } = typedBy(system, this.index, this.random);
    const { lens } = this.systems.get(system)!;
    const written = lens.write(attribute, 'person', value);
    if (written.kind !== 'written') return;
    const telling = this.random.pick(['whole', 'whole', 'patch', 'lost'] as const);
    await this.change(system, row, written.fields, telling, `${attribute} ${JSON.stringify(value)}`);
  }

  private async change(system: SystemCode, row: AdapterRow, wanted: Fields, telling: Telling, what: string) {
    const { lens } = this.systems.get(system)!;
    const held = allFields(lens.read(row.data).attributes);
    const fields = lens.patch('person', held, wanted);
    if (Object.keys(fields).length === 0) return;
    this.told.set(`${system} ${row.key}`, { telling, before: row });
    const taken = await this.house.edit(system, row.key, fields);
    this.log.push(`${system} ${row.key} ${taken ? 'has' : 'refuses'} ${what}, told ${telling}`);
  }

  private async grow(row: AdapterRow | undefined): Promise<void> {
    if (!row) return;
    const telling = this.random.pick(['whole', 'whole', 'some', 'lost'] as const);
    this.told.set(`adipose ${row.key}`, { telling, before: row });
    const points = 1 + this.random.below(9);
    const eventId = `life-${this.index}-${(this.transactions += 1)}`;
    await this.house.book(row.key, { cents: points * 100, points, eventId });
    this.log.push(`adipose ${row.key} books ${points} points, told ${telling}`);
  }

  private async product(row: AdapterRow | undefined): Promise<void> {
    if (!row) return;
    const sku = this.random.pick(['KB-016', 'KB-024']);
    const isThere = readPath(row.data, `products[sku="${sku}",serial=null]`) !== null;
    const item = isThere ? null : { sku, name: 'Kettlebell', purchasedAt: '2026-01-02' };
    const { lens } = this.systems.get('bellyfat')!;
    const written = lens.write(`products:["${sku}",null]` as ItemId, 'person', item);
    if (written.kind !== 'written') throw new Error(`A product cannot be written: ${written.detail}`);
    const telling = this.random.pick(['whole', 'patch', 'lost'] as const);
    await this.change('bellyfat', row, written.fields, telling, `${isThere ? 'no more' : 'a new'} ${sku}`);
  }

  /** The user of the system reads what the hub would have it hold, and perhaps writes it down. */
  private async readView(system: SystemCode, row: AdapterRow): Promise<void> {
    const view = await this.house.view(system, row.key);
    const adopts = this.random.chance(0.5);
    this.log.push(`${system} ${row.key} reads its view${adopts ? ' and writes it down' : ''}`);
    if (!view || !adopts) return;
    const differing = Object.entries(view).filter(
      ([path, value]) => canonicalJson(readPath(row.data, path)) !== canonicalJson(value),
    );
    const { lens } = this.systems.get(system)!;
    const held = allFields(lens.read(row.data).attributes);
    // Nobody types what the tills count.
    const counted = allFields(
      Object.fromEntries(entriesOf(lens.read(row.data).attributes).filter(([id]) => isCounted(id))),
    );
    const known = differing.filter(([path]) => Object.hasOwn(held, path) && !Object.hasOwn(counted, path));
    const telling = this.random.pick(['whole', 'lost'] as const);
    await this.change(system, row, Object.fromEntries(known), telling, 'its view');
  }

  private async remove(system: SystemCode, row: AdapterRow): Promise<void> {
    const telling = this.random.pick(['whole', 'lost'] as const);
    this.told.set(`${system} ${row.key}`, { telling, before: row });
    await this.house.remove(system, row.key);
    this.log.push(`${system} ${row.key} is deleted, told ${telling}`);
  }

  private noteEdits(
    system: SystemCode,
    before: AdapterRow,
    { subject: key, rowversion, data }: { subject: string; rowversion: number; data?: AdapterRow['data'] },
  ) {
    const { lens } = this.systems.get(system)!;
    const was = lens.read(before.data).attributes;
    for (const [attribute, { fields }] of withRemovals(heldBy(was), lens.read(data!))) {
      const native = canonicalJson(fields);
      if (canonicalJson(was[attribute]?.fields ?? null) === native) continue;
      this.edits.set(`${system} ${key} ${attribute}`, { system, key, attribute, version: rowversion, native });
    }
  }
}

function isCounted(id: AttributeId): boolean {
  return ['points', 'lifetimeSpend', 'lastTransaction'].includes(id);
}

function heldBy(attributes: Reading['attributes']): RecordState['held'] {
  return Object.fromEntries(entriesOf(attributes).map(([id, read]) => [id, heldOf(read)]));
}
