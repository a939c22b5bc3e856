import { masked } from '@cinch/api-contract';
import { isJsonObject, itemListOf, type AttributeId, type Json } from '@cinch/canonical-model';
import { matchModelSeen } from './match-model-seen.ts';
import { nativeSeen, withoutKeys, type SeenPlaces } from './seen-places.ts';
import type { Sight } from './sight.ts';
import { textSeen } from './value-in-text.ts';

/** Members that hold a value of the attribute, or of the place, that stands beside or above them. */
const values = new Set([
  'value',
  'display',
  'was',
  'now',
  'before',
  'after',
  'base',
  'baseDisplay',
  'holds',
  'view',
  'sent',
  'got',
  'native',
  'fields',
]);
/** Members that hold a row of a system, or fields of it by their paths, where no attribute stands above them. */
const rows = new Set(['native', 'holds', 'fields', 'refused']);
/** Documents that admins set up name attributes and places, and no customer. */
const documents = new Set(['document', 'mapping', 'scope', 'canonicalModel', 'survivorship', 'matching']);
/** What an accepted line says beside the row. */
const envelope = /^(id|version|changedAt|specversion|type|source|subject|rowversion|time)$/;

interface Around {
  /** Whether what stands here is of an attribute or place that the caller may not see. */
  isHidden: boolean;
  /** Whose rows are told of. */
  places: SeenPlaces | null;
  isOfAttribute: boolean;
}

/**
 * An answer as the caller may see it: the one place where values are masked. Answers say of what attribute a value is by `attribute`, or
 * at which place of which system by `path` and `system`; sentences name it by `valueInText`; rows of a system are told apart by its mapping.
 */
export class BodySeen {
  /** Items that are masked, in the order in which they come: what an item is known by says what it is. */
  private readonly items = new Map<AttributeId, AttributeId>();

  constructor(
    private readonly sight: Sight,
    private readonly places: ReadonlyMap<string, SeenPlaces>,
    private readonly isNameHidden: boolean,
  ) {}

  /** `system`: the one that the address names. */
  of<Body>(body: Body, system?: string): Body {
    const places = system === undefined ? null : (this.places.get(system) ?? null);
    return this.seen(body as Json, { isHidden: false, places, isOfAttribute: false }) as Body;
  }

  private seen(node: Json, around: Around): Json {
    if (typeof node === 'string') return textSeen(node, this.sight);
    if (Array.isArray(node)) return node.map((one) => this.seen(one, around));
    if (node === null || typeof node !== 'object') return node;
    const here = this.aroundIn(node, around);
    const members: [string, Json][] = [];
    for (const [name, value] of Object.entries(node)) members.push([name, this.member(node, name, value, here)]);
    return Object.fromEntries(members);
  }

  private aroundIn(node: { [member: string]: Json }, around: Around): Around {
    const { attribute, path, system } = node;
    const places = typeof system === 'string' ? (this.places.get(system) ?? around.places) : around.places;
    if (typeof attribute === 'string') return { isHidden: this.sight.hides(attribute), places, isOfAttribute: true };
    // Above it, or beside it as null, stands what says more.
    if (typeof path === 'string' && this.sight.hidesAny && places && !around.isOfAttribute)
      return { isHidden: !places.shows(path), places, isOfAttribute: false };
    return { ...around, places };
  }

  private member(node: { [member: string]: Json }, name: string, value: Json, here: Around): Json {
    if (documents.has(name)) return matchModelSeen(value, this.sight);
    if (here.isHidden) {
      if (isValue(name, node)) return maskedValue(value);
      if (name === 'attribute' && typeof value === 'string') return this.nameOf(value);
      if (name === 'path' && typeof value === 'string') return withoutKeys(value);
    } else if (this.sight.hidesAny) {
      if (name === 'raw' && typeof value === 'string') return this.lineSeen(value, here.places);
      if (rows.has(name) && !here.isOfAttribute && isJsonObject(value)) return nativeSeen(value, here.places);
      if (this.isNameHidden && isName(name, node) && typeof value === 'string') return masked;
    }
    return this.seen(value, here);
  }

  private nameOf(attribute: AttributeId): AttributeId {
    const list = itemListOf(attribute);
    if (list === null) return attribute;
    const known = this.items.get(attribute);
    if (known !== undefined) return known;
    const name = `${list}:${JSON.stringify([`${masked} ${this.items.size + 1}`])}`;
    this.items.set(attribute, name);
    return name;
  }

  /** A line as it was accepted: its row is told apart by the mapping, and what cannot be read as one is not shown. */
  private lineSeen(line: string, places: SeenPlaces | null): string {
    let said: Json;
    try {
      said = JSON.parse(line) as Json;
    } catch {
      return masked;
    }
    if (said === null || typeof said !== 'object' || Array.isArray(said)) return masked;
    const members = Object.entries(said).map(([name, value]): [string, Json] => [
      name,
      envelope.test(name) ? value : nativeSeen(value, name === 'data' ? places : null),
    ]);
    return JSON.stringify(Object.fromEntries(members));
  }
}

/** `from` is a value beside `to`; elsewhere it is where a value is from. */
function isValue(name: string, node: object): boolean {
  return values.has(name) || ((name === 'from' || name === 'to') && 'from' in node && 'to' in node);
}

function isName(name: string, node: object): boolean {
  return (
    name === 'customer' ||
    (name === 'display' && 'customerId' in node && !('attribute' in node)) ||
    (name === 'name' && 'customerId' in node && 'changes' in node)
  );
}

/** Fields keep their paths, but not the keys in them. */
function maskedValue(value: Json): Json {
  return isJsonObject(value) ? nativeSeen(value, null) : value === null || value === '' ? value : masked;
}
