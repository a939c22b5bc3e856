import type { MappingDocument } from '@cinch/canonical-model';
import type { Code } from './pair.ts';

type Entry = MappingDocument['attributes'][number];
/** What a document says, loosely: the mistakes are in its values, and publishing checks its form. */
type Loose = { [member: string]: unknown; steps?: unknown[]; members?: Record<string, Loose> };
type Change = (document: MappingDocument) => MappingDocument;

/** One entry, as whoever edits the document by hand would have it. */
function entry(attribute: string, change: (entry: Loose) => object, kind?: string): Change {
  return (document) => ({
    ...document,
    attributes: document.attributes.map((one: Entry) =>
      one.attribute === attribute && (!kind || one.kinds?.includes(kind as never))
        ? (change(one as Loose) as Entry)
        : one,
    ),
  });
}

function member(list: string, members: Record<string, string>): Change {
  return (document) => ({
    ...document,
    lists: document.lists!.map((one) => {
      if (one.list !== list) return one;
      const moved = Object.fromEntries(Object.entries(members).map(([name, path]) => [name, { path }]));
      return { ...one, members: { ...one.members, ...moved } } as typeof one;
    }),
  });
}

const at = (attribute: string, path: string) => entry(attribute, (one) => ({ ...one, path }));
const members = (attribute: string, change: (members: Record<string, Loose>) => object, kind?: string) =>
  entry(attribute, (one) => ({ ...one, members: { ...one.members, ...change(one.members!) } }), kind);
const lowered = (one: Loose) => ({ ...one, steps: [...(one.steps ?? []), { step: 'case', native: 'lower' }] });
const codes = (attribute: string, table: object, native?: string) =>
  entry(attribute, (one) => ({ ...one, steps: [{ step: 'codes', ...(native && { native }), table }] }));

/** Mistakes that people make in a mapping, each of which the check of documents lets pass. */
export const brokenMappings: Record<string, { system: Code; broken: Change }> = {
  'names swapped': {
    system: 'bellyfat',
    broken: members('name', ({ given, family }) => ({ given: family, family: given }), 'person'),
  },
  'legal against trading name': {
    system: 'bellyfat',
    broken: members('name', ({ legal, tradingAs }) => ({ legal: tradingAs, tradingAs: legal }), 'organization'),
  },
  'sku against name': { system: 'bellyfat', broken: member('products', { sku: 'name', name: 'sku' }) },
  'scope against code': { system: 'bellyfat', broken: member('rights', { code: 'scope', scope: 'code' }) },
  'phone emptied': { system: 'bellyfat', broken: at('phone.primary', 'phones[primary=true].number') },
  'e-mail emptied': { system: 'bellyfat', broken: at('email.primary', 'emails[primary=true].mail') },
  'birth date emptied': { system: 'bellyfat', broken: at('birthDate', 'born') },
  'products emptied': {
    system: 'bellyfat',
    broken: (document) => ({
      ...document,
      lists: document.lists!.map((one) => (one.list === 'products' ? { ...one, path: 'goods' } : one)),
    }),
  },
  'consent inverted': {
    system: 'bellyfat',
    broken: codes('consent.marketing', { true: 'no', false: 'yes' }, 'boolean'),
  },
  'phases shifted': {
    system: 'bellyfat',
    broken: codes('lifecycle', {
      prospect: 'active',
      active: 'dormant',
      dormant: 'former',
      former: 'deceased',
      deceased: 'prospect',
    }),
  },
  'city against state': {
    system: 'bellyfat',
    broken: members('address.primary', ({ locality, region }) => ({ locality: region, region: locality })),
  },
  'country constant': {
    system: 'bellyfat',
    broken: members('address.primary', () => ({ country: { constant: 'CA' } })),
  },
  'everything lower-cased': {
    system: 'bellyfat',
    broken: (document) =>
      [
        members('name', ({ given, family }) => ({ given: lowered(given!), family: lowered(family!) }), 'person'),
        members('address.primary', ({ locality }) => ({ locality: lowered(locality!) })),
        entry('email.primary', lowered),
      ].reduce((before, change) => change(before), document),
  },
  'kind constant': { system: 'bellyfat', broken: (document) => ({ ...document, kind: { constant: 'person' } }) },
  'amounts times 100': {
    system: 'adipose',
    broken: members('creditLimit', () => ({
      amount: { path: 'credit_limit_cents', steps: [{ step: 'scale', places: 0 }] },
    })),
  },
  'consent inverted in the other': { system: 'adipose', broken: codes('consent.marketing', { Y: 'no', N: 'yes' }) },
  'codes shifted': {
    system: 'adipose',
    broken: entry('lifecycle', (one) => ({
      ...one,
      steps: [
        { step: 'codes', table: { A: 'dormant', I: 'active' }, writeAs: { prospect: 'I', former: 'A', deceased: 'A' } },
      ],
    })),
  },
  'kinds swapped': {
    system: 'adipose',
    broken: (document) => ({ ...document, kind: { path: 'cust_type', codes: { P: 'organization', B: 'person' } } }),
  },
  'phones of another country': {
    system: 'adipose',
    broken: entry('phone.primary', (one) => ({
      ...one,
      steps: [{ step: 'nationalNumber', countryCode: '44', digits: 10 }],
    })),
  },
  'changed when last bought': {
    system: 'adipose',
    broken: (document) => ({ ...document, changedAt: { path: 'last_txn_at', steps: [{ step: 'epochSeconds' }] } }),
  },
};
