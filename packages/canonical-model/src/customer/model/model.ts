import { canonicalJson } from '../../json.ts';
import { itemListOf, type AttributeId, type ItemListId, type PlainAttributeId, type Value } from '../attributes.ts';
import { codeSetFrom, type CodeSet } from '../code-sets/code-set.ts';
import { shapeOfSet } from '../code-sets/code-of-set.ts';
import { shippedCodeSet } from '../code-sets/shipped-code-sets.ts';
import { schemeOf, shapeOfScheme } from '../identifier-schemes.ts';
import { itemShape } from '../shapes/item.ts';
import type { Shape } from '../shapes/shape.ts';
import { shapes } from '../shapes/shapes.ts';
import type { AttributeDocument, CanonicalModel, ItemListDocument } from './canonical-model.ts';
import { shippedCanonicalModel } from './shipped-canonical-model.ts';

/** What is declared of an attribute, or of the items of a list, made ready for use. */
export interface Attribute extends Pick<
  AttributeDocument,
  'id' | 'label' | 'level' | 'sensitivity' | 'kinds' | 'matching' | 'scheme' | 'codeSet'
> {
  shape: Shape;
  /** Its values are the items of a list. */
  isList: boolean;
  isRetired: boolean;
}

export interface ItemList extends Attribute {
  /** The members that an item is known by. */
  key: readonly string[];
}

/**
 * A version of the canonical model, compiled. What it once declared it always declares, so the newest version reads all that was ever
 * stored. What is retired is declared and not in force.
 */
export class Model {
  readonly version: number;
  readonly document: CanonicalModel;
  /** The attributes in force, in the order of the document. */
  readonly plainIds: readonly PlainAttributeId[];
  /** The lists in force, in the order of the document. */
  readonly listIds: readonly ItemListId[];
  /** The attribute whose values are the phases of a customer’s life; null where the model has none. */
  readonly phaseId: PlainAttributeId | null;
  /** The attribute that customers are called by; null where the model has none. */
  readonly nameId: PlainAttributeId | null;
  private readonly codeSets: ReadonlyMap<string, CodeSet>;
  private readonly plain: ReadonlyMap<string, Attribute>;
  private readonly lists: ReadonlyMap<string, ItemList>;

  constructor(document: CanonicalModel, version: number) {
    this.document = document;
    this.version = version;
    // A version that was published before there were sets declares none.
    this.codeSets = new Map((document.codeSets ?? []).map((one) => [one.id, codeSetFrom(one)]));
    const setOf = (id: string | undefined) => (id === undefined ? undefined : this.codeSetOf(id));
    this.plain = new Map(document.attributes.map((one) => [one.id, attributeFrom(one, setOf(one.codeSet))]));
    this.lists = new Map(document.lists.map((one) => [one.id, listFrom(one, setOf)]));
    const inForce = (all: ReadonlyMap<string, Attribute>) => [...all.values()].filter((one) => !one.isRetired);
    this.plainIds = inForce(this.plain).map(({ id }) => id);
    this.listIds = inForce(this.lists).map(({ id }) => id);
    this.phaseId = this.firstOf(shapes.phase);
    this.nameId = this.firstOf(shapes.name);
  }

  /** What is declared of an attribute, a list, or the list that an item belongs to. What nobody declared is shown as it is. */
  attributeOf(id: AttributeId | ItemListId): Attribute {
    const plain = this.plain.get(id);
    if (plain) return plain;
    return this.lists.get(itemListOf(id) ?? id) ?? undeclared(id);
  }

  listOf(id: ItemListId): ItemList | undefined {
    return this.lists.get(id);
  }

  /** One that the document declares, or one that every hub has. */
  codeSetOf(id: string): CodeSet | undefined {
    return this.codeSets.get(id) ?? shippedCodeSet(id);
  }

  /** What is declared, in force or retired: an attribute or a list by itself, no item. */
  declares(id: string): boolean {
    return this.plain.has(id) || this.lists.has(id);
  }

  isInForce(id: AttributeId | ItemListId): boolean {
    const declared = this.plain.get(id) ?? this.lists.get(itemListOf(id) ?? id);
    return declared !== undefined && !declared.isRetired;
  }

  /** What readers call the attribute, or the list that an item is on; of what nobody declared its id. */
  labelOf(id: AttributeId | ItemListId): string {
    return this.attributeOf(id).label;
  }

  /** The first attribute in force of a shape: where a list has room for one phone, this is the one. */
  firstOf(shape: Shape): PlainAttributeId | null {
    return this.plainIds.find((id) => this.attributeOf(id).shape === shape) ?? null;
  }

  /** The value on one line, as screens show it. */
  words(id: AttributeId, value: Value | null): string {
    return value === null ? 'none' : this.attributeOf(id).shape.words(value);
  }
}

/** The model that ships, in force until another is published. */
export const modelAsShipped = new Model(shippedCanonicalModel, 0);

function attributeFrom({ shape, retired, ...rest }: AttributeDocument, set: CodeSet | undefined): Attribute {
  const scheme = rest.scheme === undefined ? null : schemeOf(rest.scheme);
  const own = set ? shapeOfSet(set) : scheme ? shapeOfScheme(scheme) : shapes[shape];
  return { ...rest, shape: own, isList: false, isRetired: retired };
}

function listFrom(
  { group, members, key, words, retired, ...rest }: ItemListDocument,
  setOf: (id: string | undefined) => CodeSet | undefined,
): ItemList {
  const shape = itemShape({
    group: group && shapes[group],
    members: Object.fromEntries(
      members.map(({ id, codeSet, scheme, ...member }) => [
        id,
        { ...member, set: setOf(codeSet), scheme: (scheme !== undefined && schemeOf(scheme)) || undefined },
      ]),
    ),
    key,
    words,
  });
  return { ...rest, key, shape, level: 'customer', isList: true, isRetired: retired };
}

function undeclared(id: string): Attribute {
  const shape = { ...shapes.longText, words: canonicalJson };
  return {
    id,
    label: id,
    shape,
    level: 'customer',
    sensitivity: 'sensitive',
    kinds: [],
    isList: false,
    isRetired: true,
  };
}
