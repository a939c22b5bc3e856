import type { Code } from './pair.ts';
import type { Data } from './memory-system.ts';

/** What a buggy release of a system makes of each of its rows; null: the row is gone. */
type Bug = (data: Data) => Data | null;
interface Element {
  [member: string]: Data[string];
}

const first = (list: Data[string] | undefined, change: (element: Element) => object) =>
  (list as Element[]).map((element, place) =>
    place === 0 ? { ...element, ...change(element) } : element,
  ) as Data[string];
const lower = (value: Data[string] | undefined): Data[string] =>
  typeof value === 'string'
    ? value.toLowerCase()
    : Array.isArray(value)
      ? value.map(lower)
      : value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, lower(one)]))
        : (value ?? null);

const phases = ['prospect', 'active', 'dormant', 'former', 'deceased'];

export const bugs: Record<string, { system: Code; bug: Bug }> = {
  'names swapped': {
    system: 'bellyfat',
    bug: (data) => {
      const person = data['person'] as Element | undefined;
      return person ? { ...data, person: { ...person, given: person['family']!, family: person['given']! } } : data;
    },
  },
  'legal against trading name': {
    system: 'bellyfat',
    bug: (data) => {
      const own = data['organization'] as Element | undefined;
      return own ? { ...data, organization: { legalName: own['tradingAs']!, tradingAs: own['legalName']! } } : data;
    },
  },
  'sku against name': {
    system: 'bellyfat',
    bug: (data) => ({ ...data, products: first(data['products'], ({ sku, name }) => ({ sku: name, name: sku })) }),
  },
  'phases shifted': {
    system: 'bellyfat',
    bug: (data) => ({ ...data, lifecycle: phases[(phases.indexOf(data['lifecycle'] as string) + 1) % 5]! }),
  },
  'kind constant': {
    system: 'bellyfat',
    bug: ({ person, birthDate: _, ...data }) => {
      const { given, family } = (person ?? {}) as Record<string, string>;
      return person ? { ...data, organization: { legalName: `${given} ${family}`, tradingAs: null } } : data;
    },
  },
  'everything lower-cased': {
    system: 'bellyfat',
    bug: ({ person, organization, addresses, emails, ...data }) => ({
      ...data,
      ...(person && { person: lower(person) }),
      ...(organization && { organization: lower(organization) }),
      addresses: lower(addresses),
      emails: lower(emails),
    }),
  },
  'phones emptied': { system: 'adipose', bug: (data) => ({ ...data, phone: null }) },
  'phones constant': { system: 'adipose', bug: (data) => ({ ...data, phone: '2025550100' }) },
  'amounts times 100': {
    system: 'adipose',
    bug: (data) => ({
      ...data,
      credit_limit_cents: Number(data['credit_limit_cents']) * 100,
      lifetime_cents: Number(data['lifetime_cents']) * 100,
    }),
  },
  'consent inverted': { system: 'adipose', bug: (data) => ({ ...data, mkt_ok: data['mkt_ok'] === 'Y' ? 'N' : 'Y' }) },
  'everything touched': { system: 'adipose', bug: (data) => data },
  'everything gone': { system: 'adipose', bug: () => null },
};
