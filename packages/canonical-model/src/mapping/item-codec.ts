import type { AttributeId, ItemId, ItemListId, Value } from '../customer/attributes.ts';
import type { ItemList, Model } from '../customer/model/model.ts';
import type { Shape } from '../customer/shapes/shape.ts';
import { itemIdOf, keyIn } from '../customer/item-id.ts';
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts';
import { most } from '../limits.ts';
import { compileChain, type Chain } from './chain.ts';
import { compilePath } from './compile-path.ts';
import { verbatim, type Conventions } from './conventions.ts';
import type { ListDocument } from './document.ts';
import { notTheConstant } from './entry-codec.ts';
import type { Fields, Lens, ReadAttribute, Unreadable, Written } from './lens.ts';
import { nothingAsNull, silence } from './nothing.ts';
import { readPath } from './path.ts';
import { Failure } from './steps/step.ts';

/** Both directions of one list, of which each element is an item. */
export interface ItemCodec {
  list: ItemListId;
  /** The items by their ids; `isWhole` is false where the record does not tell all of the list. */
  read(data: Json, unreadable: Unreadable[]): { items: Map<ItemId, ReadAttribute>; isWhole: boolean };
  /** What the element says that these fields of one item hold. */
  meaning(fields: Fields): Value | null | undefined;
  /** Whether two elements are two spellings of one. */
  isSpelledAlike(one: Json, other: Json): boolean;
  write(id: AttributeId, value: Json): Written;
  loses(id: AttributeId): ReturnType<Lens['loses']>;
}

interface Member {
  member: string;
  /** Its name in the list element. */
  name: string;
  chain: Chain;
  /** Items are known by it. */
  isKey: boolean;
}

const details = {
  'no-key': 'The element holds nothing that it could be known by.',
  'key-not-kept': 'What the element is known by would be written in another way, so it could not be found again.',
  'duplicate-item': 'The list has this item already; the first one counts.',
  'not-an-object': 'Each element of the list must be an object.',
  'too-many': `The list has more than the ${most.items} elements that the hub keeps.`,
};

export function compileList(document: ListDocument, model: Model, conventions: Conventions): ItemCodec {
  return new ListCodec(document, model.listOf(document.list)!, conventions);
}

class ListCodec implements ItemCodec {
  readonly list: ItemListId;
  private readonly path: string;
  private readonly place: ReturnType<typeof compilePath>;
  private readonly isSilent: boolean;
  private readonly where: [string, Json][];
  private readonly key: readonly string[];
  private readonly shape: Shape;
  private readonly declared: ItemList;
  private readonly members: Member[];
  private readonly constants: [member: string, constant: string][];
  private readonly keyMembers: Member[];

  constructor({ list, path, where, absent, members }: ListDocument, declared: ItemList, conventions: Conventions) {
    this.list = list;
    this.path = path;
    this.place = compilePath(path);
    this.isSilent = absent === 'silent';
    this.where = Object.entries(where);
    this.declared = declared;
    this.key = declared.key;
    this.shape = declared.shape;
    this.members = Object.entries(members).flatMap(([member, { path: name, steps }]) => {
      if (name === undefined) return [];
      const isKey = this.key.includes(member);
      const chain = compileChain(steps, this.shape.parts![member]!, isKey ? verbatim(conventions) : conventions);
      return [{ member, name, chain, isKey }];
    });
    this.constants = Object.entries(members).flatMap(([member, { constant }]) =>
      constant === undefined ? [] : [[member, constant] as [string, string]],
    );
    this.keyMembers = this.key.flatMap((name) => this.members.filter(({ member }) => member === name));
  }

  read(data: Json, unreadable: Unreadable[]): { items: Map<ItemId, ReadAttribute>; isWhole: boolean } {
    const items = new Map<ItemId, ReadAttribute>();
    const elements = readPath(data, this.place);
    if (elements === null) return { items, isWhole: !this.isSilent };
    if (!Array.isArray(elements)) {
      unreadable.push({ path: this.path, code: 'not-a-list', detail: 'The mapping expects a list here.' });
      return { items, isWhole: false };
    }
    if (elements.length > most.items) {
      unreadable.push(this.fault('too-many'));
      return { items, isWhole: false };
    }
    let isWhole = true;
    for (const element of elements) {
      if (!isJsonObject(element)) {
        unreadable.push(this.fault('not-an-object'));
        isWhole = false;
      } else if (this.where.every(([name, value]) => Object.hasOwn(element, name) && element[name] === value)) {
        isWhole = this.readElement(element, items, unreadable) && isWhole;
      }
    }
    return { items, isWhole };
  }

  /** False when the element cannot be told from others: any item could be the one that it stands for. */
  private readElement(element: JsonObject, items: Map<ItemId, ReadAttribute>, unreadable: Unreadable[]): boolean {
    const native: JsonObject = {};
    const item: JsonObject = {};
    let isReadable = true;
    let isKeyReadable = true;
    for (const { member, name, chain, isKey } of this.members) {
      const raw = Object.hasOwn(element, name) ? nothingAsNull(element[name] ?? null) : null;
      native[name] = raw;
      const value = chain.read(raw);
      if (value instanceof Failure) {
        isReadable = false;
        if (isKey) isKeyReadable = false;
        unreadable.push({ path: `${this.path}.${name}`, code: value.code, detail: value.detail });
      } else if (value !== null && value !== silence) item[member] = value;
    }
    const keyFault = isKeyReadable ? this.keyFault(native, item) : null;
    if (keyFault) unreadable.push(keyFault);
    if (keyFault || !isKeyReadable) return false;
    for (const [member, constant] of this.constants) item[member] = constant;
    const id = itemIdOf(this.declared, item);
    const first = items.get(id);
    if (first) {
      first.repeats = (first.repeats ?? 0) + 1;
      unreadable.push(this.fault('duplicate-item'));
      return true;
    }
    const problem = isReadable ? this.shape.problem(item) : null;
    if (problem) unreadable.push({ path: this.path, ...problem });
    const value = isReadable && !problem ? item : undefined;
    items.set(id, { fields: { [this.elementPath(native)]: native }, value });
    return true;
  }

  private keyFault(native: JsonObject, item: JsonObject): Unreadable | null {
    if (this.keyMembers.every(({ name }) => native[name] === null)) return this.fault('no-key');
    const isKept = this.keyMembers.every(({ member, name, chain }) => {
      const written = chain.write(item[member] ?? null);
      if (written === native[name]) return true;
      return !(written instanceof Failure) && canonicalJson(written) === canonicalJson(native[name]);
    });
    return isKept ? null : this.fault('key-not-kept');
  }

  meaning(fields: Fields): Value | null | undefined {
    const [element = null] = Object.values(fields);
    if (!isJsonObject(element)) return null;
    const items = new Map<ItemId, ReadAttribute>();
    this.readElement(element, items, []);
    return [...items.values()][0]?.value;
  }

  isSpelledAlike(one: Json, other: Json): boolean {
    if (!isJsonObject(one) || !isJsonObject(other)) return one === other;
    return this.members.every(({ name, chain }) => chain.isSpelledAlike(one[name] ?? null, other[name] ?? null));
  }

  write(id: AttributeId, value: Json): Written {
    const native = this.writeKey(id);
    if (native instanceof Failure) return inexpressible(native);
    const path = this.elementPath(native);
    if (!isJsonObject(value)) return { kind: 'written', fields: { [path]: null } };
    for (const { member, name, chain } of this.members) {
      if (Object.hasOwn(native, name)) continue;
      const written = chain.write(value[member] ?? null);
      if (written instanceof Failure) return inexpressible(written);
      native[name] = written;
    }
    const other = this.constants.find(([member, constant]) => (value[member] ?? constant) !== constant);
    return other ? inexpressible(notTheConstant(...other)) : { kind: 'written', fields: { [path]: native } };
  }

  /** The native members that the item is known by, if the system would give the same item back. */
  private writeKey(id: AttributeId): JsonObject | Failure {
    const key = keyIn(id, this.declared);
    if (key === null) return new Failure('not-an-item', 'This is not the id of an item.');
    const native: JsonObject = {};
    const back: JsonObject = Object.fromEntries(this.constants);
    for (const { member, name, chain } of this.keyMembers) {
      const written = chain.write(key[this.key.indexOf(member)] ?? null);
      if (written instanceof Failure) return written;
      native[name] = written;
      const read = chain.read(written);
      if (!(read instanceof Failure) && read !== silence) back[member] = read;
    }
    if (Object.values(native).every((each) => each === null)) return new Failure('no-key', details['no-key']);
    return itemIdOf(this.declared, back) === id ? native : new Failure('key-not-kept', details['key-not-kept']);
  }

  loses(id: AttributeId): ReturnType<Lens['loses']> {
    const native = this.writeKey(id);
    const losesOnRead = this.members.some(({ chain }) => chain.loses.onRead);
    // Members that the system has no place for are dropped on writing, so an item is always held to lose some.
    return { onRead: losesOnRead && !(native instanceof Failure) ? [this.elementPath(native)] : [], onWrite: true };
  }

  private elementPath(native: JsonObject): string {
    const conditions = [...this.keyMembers.map(({ name }) => [name, native[name]] as const), ...this.where];
    return `${this.path}[${conditions.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
  }

  private fault(code: keyof typeof details): Unreadable {
    return { path: this.path, code, detail: details[code] };
  }
}

function inexpressible({ code, detail }: Failure): Written {
  return { kind: 'inexpressible', code, detail };
}
