import type { AttributeId, Value } from '@cinch/canonical-model';
import type { UpsertItem } from '@cinch/system-adapter/protocol';
import type { SystemCode } from './house.ts';
import type { Random } from './random.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** No two customers of a test share a name, a phone or an e-mail address: only a customer's own records may match. */
export function familyOf(index: number): string {
  const [hundreds, tens, ones] = [Math.floor(index / 676) % 26, Math.floor(index / 26) % 26, index % 26];
  return `Brook${letters[hundreds]}${letters[tens]}${letters[ones]}`;
}

const areas = { adipose: '202', bellyfat: '303', steward: '404' };

function phoneOf(index: number, who: keyof typeof areas, pick: number): string {
  return `+1${areas[who]}5${String(index * 10 + pick).padStart(6, '0')}`;
}

/** What somebody may type for an attribute. Each types numbers of their own, so that a value tells whose word it is. */
const typed = {
  'phone.primary': (index, who, random) => (random.chance(0.15) ? null : phoneOf(index, who, random.below(4))),
  'email.primary': (index, who, random) =>
    random.chance(0.15)
      ? null
      : random.pick([`Zoe${index}@Example.com`, `zoe${index}.${who}@example.com`, `zoe${index}@example.com`]),
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
    postalCode: '62701',
    country: 'US',
  }),
  birthDate: (_index, _who, random) => random.pick(['1980-02-28', '1981-01-01']),
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
  const email = `Zoe${index}@Example.com`;
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
          birthDate: '1980-02-29',
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
  const [hundreds, tens, ones] = Array.from(family.toLowerCase().slice(-3), (letter) => letters.indexOf(letter));
  return hundreds! * 676 + tens! * 26 + ones!;
}
