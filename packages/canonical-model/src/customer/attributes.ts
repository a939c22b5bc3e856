import type { Json } from '../json.ts';

/** Persons and organisations never match each other, so the kind is a property of the record, not a value to survive. */
export type CustomerKind = 'person' | 'organization';
export const customerKinds = ['person', 'organization'] as const satisfies readonly CustomerKind[];

/** A canonical value: a string, or a group that survives whole (a name, an address). `null` stands for *cleared*. */
export type Value = Json;

/** Canonical shape of the attribute's value. `date` is an ISO calendar date, `e164` a phone number such as +12025550143. */
export type AttributeShape = 'name' | 'date' | 'e164' | 'email' | 'address' | 'identifier';

/** How closely the attribute's values must be kept from logs and from eyes that have no need of them. */
export type Sensitivity = 'personal' | 'sensitive';

export interface Attribute {
  label: string;
  shape: AttributeShape;
  sensitivity: Sensitivity;
}

/**
 * The canonical customer: the vocabulary of mappings, rules, screens and API. A phone, e-mail or address is keyed by its use,
 * and each use survives and conflicts as one attribute; so does each scheme of identifier.
 */
export const attributes = {
  name: { label: 'Name', shape: 'name', sensitivity: 'personal' },
  birthDate: { label: 'Birth date', shape: 'date', sensitivity: 'sensitive' },
  'phone.primary': { label: 'Phone', shape: 'e164', sensitivity: 'personal' },
  'email.primary': { label: 'E-mail', shape: 'email', sensitivity: 'personal' },
  'address.primary': { label: 'Address', shape: 'address', sensitivity: 'personal' },
  'identifier.national': { label: 'National identifier', shape: 'identifier', sensitivity: 'sensitive' },
} as const satisfies Record<string, Attribute>;

export type AttributeId = keyof typeof attributes;
export const attributeIds = Object.keys(attributes) as readonly AttributeId[];

/** Members of the group-valued shapes; every member is optional. `lines` is a list of strings, all others are strings. */
export const groupMembers = {
  name: ['given', 'middle', 'family', 'legal', 'tradingAs'],
  address: ['lines', 'locality', 'region', 'postalCode', 'country'],
} as const satisfies Partial<Record<AttributeShape, readonly string[]>>;

export interface NameValue {
  [member: string]: string | undefined;
  given?: string;
  middle?: string;
  family?: string;
  legal?: string;
  tradingAs?: string;
}
