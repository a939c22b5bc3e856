import type { Json } from '../json.ts';

/** Persons and organisations never match each other, so the kind is a property of the record, not a value to survive. */
export type CustomerKind = 'person' | 'organization';
export const customerKinds = ['person', 'organization'] as const satisfies readonly CustomerKind[];

/** A canonical value: a string, or a group that survives whole (a name, an address). `null` stands for *cleared*. */
export type Value = Json;

/**
 * Canonical shape of the attribute's value. `date` is an ISO calendar date, `instant` an ISO instant in UTC, `e164` a phone number
 * such as +12025550143, `money` an amount as decimal text with its currency, `count` a whole number, `phase` a state of the
 * customer's lifecycle, `consent` *yes* or *no* (unknown is the absence of a value). The last five are items of a list.
 */
export type AttributeShape =
  | 'name'
  | 'date'
  | 'instant'
  | 'e164'
  | 'email'
  | 'address'
  | 'identifier'
  | 'money'
  | 'count'
  | 'phase'
  | 'consent'
  | 'furtherPhone'
  | 'furtherEmail'
  | 'furtherAddress'
  | 'product'
  | 'right';

/** How closely the attribute's values must be kept from logs and from eyes that have no need of them. */
export type Sensitivity = 'personal' | 'sensitive';

export interface Attribute {
  label: string;
  shape: AttributeShape;
  sensitivity: Sensitivity;
  /** An account-level value belongs to its source record; the golden record shows what the records' values amount to. */
  level: 'customer' | 'account';
}

/**
 * The canonical customer: the vocabulary of mappings, rules, screens and API. The primary phone, e-mail and address survive and
 * conflict as one attribute each; so does each scheme of identifier.
 */
export const attributes = {
  name: { label: 'Name', shape: 'name', sensitivity: 'personal', level: 'customer' },
  birthDate: { label: 'Birth date', shape: 'date', sensitivity: 'sensitive', level: 'customer' },
  'phone.primary': { label: 'Phone', shape: 'e164', sensitivity: 'personal', level: 'customer' },
  'email.primary': { label: 'E-mail', shape: 'email', sensitivity: 'personal', level: 'customer' },
  'address.primary': { label: 'Address', shape: 'address', sensitivity: 'personal', level: 'customer' },
  'identifier.national': {
    label: 'National identifier',
    shape: 'identifier',
    sensitivity: 'sensitive',
    level: 'customer',
  },
  lifecycle: { label: 'Lifecycle', shape: 'phase', sensitivity: 'personal', level: 'customer' },
  'consent.marketing': { label: 'Marketing consent', shape: 'consent', sensitivity: 'personal', level: 'customer' },
  creditLimit: { label: 'Credit limit', shape: 'money', sensitivity: 'sensitive', level: 'account' },
  lifetimeSpend: { label: 'Lifetime spend', shape: 'money', sensitivity: 'sensitive', level: 'account' },
  points: { label: 'Points', shape: 'count', sensitivity: 'personal', level: 'account' },
  lastTransaction: { label: 'Last transaction', shape: 'instant', sensitivity: 'personal', level: 'account' },
} as const satisfies Record<string, Attribute>;

/**
 * Lists whose items are values of their own: each is asserted, removed and survives by itself, under an attribute id made of the
 * list and the item's key, such as `products:["WASH-7",null]`.
 */
export const itemLists = {
  phones: { label: 'Further phones', shape: 'furtherPhone', key: ['use', 'number'], sensitivity: 'personal' },
  emails: { label: 'Further e-mails', shape: 'furtherEmail', key: ['use', 'address'], sensitivity: 'personal' },
  addresses: {
    label: 'Further addresses',
    shape: 'furtherAddress',
    key: ['use', 'lines', 'postalCode'],
    sensitivity: 'personal',
  },
  products: { label: 'Products', shape: 'product', key: ['sku', 'serial'], sensitivity: 'personal' },
  rights: { label: 'Rights', shape: 'right', key: ['code', 'scope'], sensitivity: 'personal' },
} as const;

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
export function attributeOf(id: AttributeId): Attribute {
  const list = itemListOf(id);
  return list === null ? attributes[id as PlainAttributeId] : items[list];
}

const items: Record<ItemListId, Attribute> = {
  phones: { ...itemLists.phones, level: 'customer' },
  emails: { ...itemLists.emails, level: 'customer' },
  addresses: { ...itemLists.addresses, level: 'customer' },
  products: { ...itemLists.products, level: 'customer' },
  rights: { ...itemLists.rights, level: 'customer' },
};

/** The phases of a customer's life. */
export const phases = ['prospect', 'active', 'dormant', 'former', 'deceased'] as const;
export type Phase = (typeof phases)[number];

/**
 * Members of the group-valued shapes; most are optional. `lines` is a list of texts and `verified` true or false; all others are
 * texts, a `number` being a phone number and what is bought or valid from and to a date.
 */
export const groupMembers = {
  name: ['given', 'middle', 'family', 'legal', 'tradingAs'],
  address: ['lines', 'locality', 'region', 'postalCode', 'country'],
  money: ['amount', 'currency'],
  furtherPhone: ['use', 'number'],
  furtherEmail: ['use', 'address', 'verified'],
  furtherAddress: ['use', 'lines', 'locality', 'region', 'postalCode', 'country'],
  product: ['sku', 'name', 'purchasedAt', 'serial'],
  right: ['code', 'scope', 'validFrom', 'validTo', 'status'],
} as const satisfies Partial<Record<AttributeShape, readonly string[]>>;

export interface NameValue {
  [member: string]: string | undefined;
  given?: string;
  middle?: string;
  family?: string;
  legal?: string;
  tradingAs?: string;
}
