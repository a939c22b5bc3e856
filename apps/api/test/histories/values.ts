import type { AttributeId, Value } from '@cinch/canonical-model';
import type { UpsertItem } from '@cinch/system-adapter/protocol';
import type { SystemCode } from './house.ts';
import type { Random } from './random.ts';

const syllables =
  'bak dem fil gor hun jax kev lom mip nur pez quo rad sib tuv vag wex yol zin cho bru dwa fle gli kro spu'.split(' ');

/** Neighbouring numbers come far apart, and no two to the same: all customers of a test are as unlike as can be. */
const scattered = (number: number, by: number, limit: number) => (number * by) % limit;

/** No two customers of a test have anything of their own in common, nor alike: only a customer's own records may match. */
export function familyOf(index: number): string {
  const number = scattered(index + 1, 7_919, 17_576);
  const family = [number % 26, Math.floor(number / 26) % 26, Math.floor(number / 676)].map((at) => syllables[at]!);
  return family.join('').replace(/^./, (letter) => letter.toUpperCase());
}

const indexes = new Map(Array.from({ length: 5_000 }, (_, index) => [familyOf(index).toLowerCase(), index]));

const areas = { adipose: '202', bellyfat: '303', steward: '404' };

function phoneOf(index: number, who: keyof typeof areas, pick: number): string {
  return `+1${areas[who]}5${String(scattered(index * 10 + pick + 1, 611_953, 1_000_000)).padStart(6, '0')}`;
}

function birthDateOf(index: number, month: string, day: string): string {
  return `${1930 + scattered(index, 17, 71)}-${month}-${day}`;
}

/** What somebody may type for an attribute. Each types numbers of their own, so that a value tells whose word it is. */
const typed = {
  'phone.primary': (index, who, random) => (random.chance(0.15) ? null : phoneOf(index, who, random.below(4))),
  'email.primary': (index, who, random) =>
    random.chance(0.15)
      ? null
      : random.pick([
          `Zoe.${familyOf(index)}@Example.com`,
          `zoe.${familyOf(index).toLowerCase()}.${who}@example.com`,
          `zoe.${familyOf(index).toLowerCase()}@example.com`,
        ]),
  name: (index, _who, random) => {
    const family = familyOf(index);
    return random.pick<Record<string, string>>([
      { given: 'Zoë', middle: 'Quincy', family },
      { given: 'Zoë', family },
      { given: 'Annabella-Clementine', family },
    ]);
  },
  // Adipose takes states of two letters only; its mapping cannot know that.
  'address.primary': (index, _who, random) => ({
    lines: [`${index} North Michigan Avenue Suite ${random.below(3)}`],
    locality: 'Springfield',
    region: random.pick(['IL', 'Illinois']),
    postalCode: String(10_000 + scattered(index, 7_919, 89_999)),
    country: 'US',
  }),
  birthDate: (index, _who, random) => random.pick([birthDateOf(index, '02', '28'), birthDateOf(index + 1, '01', '01')]),
  lifecycle: (_index, _who, random) => random.pick(['prospect', 'active', 'dormant', 'former', 'deceased']),
  'consent.marketing': (_index, _who, random) => random.pick(['yes', 'no']),
  creditLimit: (_index, _who, random) => ({ amount: random.pick(['100.00', '2500.50', '4000.00']), currency: 'USD' }),
} satisfies Partial<Record<AttributeId, (index: number, who: keyof typeof areas, random: Random) => Value | null>>;

export type TypedAttribute = keyof typeof typed;
const attributes = Object.keys(typed) as TypedAttribute[];

export function typedBy(
  who: keyof typeof areas,
  index: number,
  random: Random,
): { attribute: TypedAttribute; value: Value | null } {
  const attribute = random.pick(attributes);
  return { attribute, value: typed[attribute](index, who, random) };
}

/** The rows that a customer begins with: they match by e-mail and name. */
export function firstRow(code: SystemCode, index: number, account: number, random: Random): UpsertItem {
  const family = familyOf(index);
  const phone = random.chance(0.5) ? phoneOf(index, 'adipose', 9) : null;
  const email = `Zoe.${familyOf(index)}@Example.com`;
  const fields: UpsertItem['fields'] =
    code === 'adipose'
      ? {
          cust_type: 'P',
          name: `${family}, ZOË Q`,
          email,
          phone: phone?.slice(2) ?? null,
          loyalty_pts: 100,
          credit_limit_cents: 50_000,
        }
      : {
          person: { given: 'Zoë', middle: 'Quincy', family },
          birthDate: birthDateOf(index, '02', '27'),
          phones: phone ? [{ e164: phone, use: 'home', primary: true }] : [],
          emails: [{ address: email, use: 'home', primary: true }],
          lifecycle: random.pick(['prospect', 'active']),
          products: [{ sku: 'KB-016', name: 'Kettlebell, 16 kg', purchasedAt: '2025-03-01', serial: null }],
        };
  const number = String((code === 'adipose' ? 1 + account : 0) * 100_000 + index).padStart(12, '0');
  const leaves = code === 'bellyfat' ? flat(fields) : fields;
  return { deliveryId: `00000000-0000-4000-8000-${number}`, key: null, ifMatch: null, fields: leaves };
}

/** An object as the paths of its members. */
function flat({ person, ...rest }: UpsertItem['fields']): UpsertItem['fields'] {
  const members = Object.entries(person as Record<string, string>);
  return { ...Object.fromEntries(members.map(([name, value]) => [`person.${name}`, value])), ...rest };
}

/** Which customer of the test a row is of: nobody ever changes the family name. */
export function indexOf(data: { [member: string]: unknown }): number {
  const person = data['person'] as { family?: string } | undefined;
  const family = person?.family ?? String(data['name']).split(',')[0]!;
  return indexes.get(family.toLowerCase())!;
}
