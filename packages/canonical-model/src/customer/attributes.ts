import type { Json } from '../json.ts';
import { itemShape, type ItemDeclaration } from './shapes/item.ts';
import type { Shape } from './shapes/shape.ts';
import { shapes, type ShapeId } from './shapes/shapes.ts';

/** Persons and organisations never match each other, so the kind is a property of the record, not a value to survive. */
export type CustomerKind = 'person' | 'organization';
export const customerKinds = ['person', 'organization'] as const satisfies readonly CustomerKind[];

/** A canonical value: a string, or a group that survives whole (a name, an address). `null` stands for *cleared*. */
export type Value = Json;

/** How closely the attribute's values must be kept from logs and from eyes that have no need of them. */
export type Sensitivity = 'personal' | 'sensitive';

interface Declared {
  label: string;
  sensitivity: Sensitivity;
  /** An account-level value belongs to its source record; the golden record shows what the records' values amount to. */
  level: 'customer' | 'account';
}

export interface Attribute extends Declared {
  shape: Shape;
}

/**
 * The canonical customer: the vocabulary of mappings, rules, screens and API. The primary phone, e-mail and address survive and
 * conflict as one attribute each; so does each scheme of identifier.
 */
export const attributes = {
  name: { label: 'Name', shape: 'name', sensitivity: 'personal', level: 'customer' },
  birthDate: { label: 'Birth date', shape: 'date', sensitivity: 'sensitive', level: 'customer' },
  'phone.primary': { label: 'Phone', shape: 'phone', sensitivity: 'personal', level: 'customer' },
  'email.primary': { label: 'E-mail', shape: 'email', sensitivity: 'personal', level: 'customer' },
  'address.primary': { label: 'Address', shape: 'address', sensitivity: 'personal', level: 'customer' },
  'identifier.national': {
    label: 'National identifier',
    shape: 'identifier',
    sensitivity: 'sensitive',
    level: 'customer',
  },
  lifecycle: { label: 'Lifecycle', shape: 'phase', sensitivity: 'personal', level: 'customer' },
  'consent.marketing': { label: 'Marketing consent', shape: 'yesNo', sensitivity: 'personal', level: 'customer' },
  creditLimit: { label: 'Credit limit', shape: 'money', sensitivity: 'sensitive', level: 'account' },
  lifetimeSpend: { label: 'Lifetime spend', shape: 'money', sensitivity: 'sensitive', level: 'account' },
  points: { label: 'Points', shape: 'count', sensitivity: 'personal', level: 'account' },
  lastTransaction: { label: 'Last transaction', shape: 'instant', sensitivity: 'personal', level: 'account' },
} as const satisfies Record<string, Declared & { shape: ShapeId }>;

interface ItemList extends ItemDeclaration {
  label: string;
  sensitivity: Sensitivity;
}

const use = { label: 'Use', shape: 'code' } as const;

/**
 * Lists whose items are values of their own: each is asserted, removed and survives by itself, under an attribute id made of the
 * list and the item's key, such as `products:["WASH-7",null]`.
 */
export const itemLists = {
  phones: {
    label: 'Further phones',
    sensitivity: 'personal',
    members: { use, number: { label: 'Number', shape: 'phone', needed: true } },
    key: ['use', 'number'],
    words: ['{number}[ ({use})]'],
  },
  emails: {
    label: 'Further e-mails',
    sensitivity: 'personal',
    members: {
      use,
      address: { label: 'Address', shape: 'email', needed: true },
      verified: { label: 'Verified', shape: 'flag' },
    },
    key: ['use', 'address'],
    words: ['{address} ({use}[, {verified}])', '{address}[ ({verified})]'],
  },
  addresses: {
    label: 'Further addresses',
    sensitivity: 'personal',
    group: shapes.address,
    members: { use },
    key: ['use', 'lines', 'postalCode'],
    words: ['{*}[ ({use})]'],
  },
  products: {
    label: 'Products',
    sensitivity: 'personal',
    members: {
      sku: { label: 'SKU', shape: 'code', needed: true },
      name: { label: 'Name', shape: 'text' },
      purchasedAt: { label: 'Bought', shape: 'date' },
      serial: { label: 'Serial', shape: 'code' },
    },
    key: ['sku', 'serial'],
    words: [
      '{name} ({sku}[, serial {serial}])[, bought {purchasedAt}]',
      '{sku}[ (serial {serial})][, bought {purchasedAt}]',
    ],
  },
  rights: {
    label: 'Rights',
    sensitivity: 'personal',
    members: {
      code: { label: 'Code', shape: 'code', needed: true },
      scope: { label: 'Scope', shape: 'code' },
      validFrom: { label: 'Valid from', shape: 'date' },
      validTo: { label: 'Valid to', shape: 'date' },
      status: { label: 'Status', shape: 'code' },
    },
    key: ['code', 'scope'],
    words: ['{code}[ for {scope}][ from {validFrom}][ to {validTo}][ ({status})]'],
  },
} as const satisfies Record<string, ItemList>;

export type PlainAttributeId = keyof typeof attributes;
export type ItemListId = keyof typeof itemLists;
export type ItemId = `${ItemListId}:${string}`;
export type AttributeId = PlainAttributeId | ItemId;

export const plainAttributeIds = Object.keys(attributes) as readonly PlainAttributeId[];
export const itemListIds = Object.keys(itemLists) as readonly ItemListId[];

/** The list that an attribute id names an item of; null for a plain attribute. */
export function itemListOf(id: AttributeId): ItemListId | null {
  const at = id.indexOf(':');
  return at < 0 ? null : (id.slice(0, at) as ItemListId);
}

/** What is declared of an attribute, or of the list that the item belongs to. */
export function attributeOf(id: AttributeId | ItemListId): Attribute {
  return compiled[itemListOf(id as AttributeId) ?? (id as PlainAttributeId | ItemListId)];
}

/** Asked for every value, so it is put together once. */
const compiled = {
  ...byId(attributes, ({ shape, ...rest }) => ({ ...rest, shape: shapes[shape] })),
  ...byId(itemLists, (list) => ({ ...list, level: 'customer', shape: itemShape(list) })),
};

function byId<Id extends string, Of>(declared: Readonly<Record<Id, Of>>, compile: (one: Of) => Attribute) {
  const entries = Object.entries<Of>(declared).map(([id, one]): [string, Attribute] => [id, compile(one)]);
  return Object.fromEntries(entries) as Record<Id, Attribute>;
}
