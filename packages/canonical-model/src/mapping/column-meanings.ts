import type { AttributeId } from '../customer/attributes.ts';
import type { AttributeDocument } from '../customer/model/canonical-model.ts';
import type { Model } from '../customer/model/model.ts';
import type { ShapeId } from '../customer/shapes/shapes.ts';

/** What a column may hold: a part of the envelope, an attribute, or a member of a group. */
export interface Meaning {
  /** As readers see it: `version`, `birthDate`, `name.given`. */
  name: string;
  /** Null: a part of the envelope. */
  attribute: AttributeId | null;
  shape: ShapeId | null;
  /** Of a group; `whole`: all of it in one text. */
  member: string | null;
}

/** Names of columns in the field, without blanks, case and punctuation; the first that a file has is the one that counts. */
type Names = readonly string[];

const ofEnvelope: Readonly<Record<string, Names>> = {
  key: [
    'id',
    'customerid',
    'custid',
    'customerno',
    'customernumber',
    'accountno',
    'acctno',
    'accountnumber',
    'recid',
    'key',
    'no',
    'number',
  ],
  version: ['version', 'rowversion', 'rev', 'ver'],
  changedAt: [
    'changedat',
    'changed',
    'updatedat',
    'updated',
    'modifiedat',
    'modified',
    'lastmodified',
    'lastchanged',
    'lastupdated',
  ],
  kind: ['kind', 'type', 'custtype', 'customertype'],
};

/** What columns are called whatever the model calls the first attribute of the shape: a name is a name. */
const ofShape: Readonly<Partial<Record<ShapeId, Readonly<Record<string, Names>>>>> = {
  name: {
    given: ['given', 'givenname', 'firstname', 'first', 'forename'],
    middle: ['middle', 'middlename', 'middleinitial', 'initial'],
    family: ['family', 'familyname', 'lastname', 'last', 'surname'],
    legal: ['company', 'companyname', 'organization', 'organisation', 'organizationname', 'legalname', 'business'],
    whole: ['name', 'fullname', 'customername'],
  },
  address: {
    line1: ['street', 'address', 'address1', 'addr1', 'addressline1', 'line1', 'streetaddress'],
    line2: ['address2', 'addr2', 'addressline2', 'line2'],
    locality: ['city', 'town', 'locality', 'suburb'],
    region: ['state', 'region', 'province', 'county', 'st'],
    postalCode: ['zip', 'zipcode', 'postcode', 'postalcode'],
    country: ['country', 'countrycode'],
  },
};

/** The column of each meaning, for the columns that have one. What an attribute’s columns are called stands in the model. */
export function columnsByMeaning(columns: readonly string[], model: Model): Map<Meaning, string> {
  const bare = new Map(columns.map((column) => [bareOf(column), column]));
  const found = new Map<Meaning, string>();
  const taken = new Set<string>();
  for (const [meaning, names] of meaningsIn(model)) {
    const name = names.find((one) => bare.has(one) && !taken.has(one));
    if (name === undefined) continue;
    taken.add(name);
    found.set(meaning, bare.get(name)!);
  }
  return found;
}

function* meaningsIn(model: Model): Generator<[Meaning, Names]> {
  for (const [name, names] of Object.entries(ofEnvelope))
    yield [{ name, attribute: null, shape: null, member: null }, names];
  const attributes = model.document.attributes.filter((one) => !one.retired);
  for (const one of attributes) {
    const { id, shape } = one;
    const members = ofShape[shape];
    if (!members) {
      yield [{ name: id, attribute: id, shape, member: null }, namesOf(one)];
      continue;
    }
    const isFirst = attributes.find((other) => other.shape === shape) === one;
    for (const [member, names] of isFirst ? Object.entries(members) : [])
      yield [{ name: `${id}.${member}`, attribute: id, shape, member }, names];
  }
}

function namesOf({ id, label, columns }: AttributeDocument): Names {
  return [...columns, label, id].map(bareOf);
}

function bareOf(column: string): string {
  return column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
