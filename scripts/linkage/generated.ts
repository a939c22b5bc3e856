// An invented population in two systems, with what goes wrong in real ones: housemates, namesakes, moves, slips, cuts and gaps.
import type { Said } from '@cinch/canonical-model';
import { mulberry32 } from '../mulberry32.ts';
import type { LabelledRecord } from './data.ts';

const onsets = 'b br c ch d dr f fl g gr h j k kl l m n p r s sh st t tr v w z'.split(' ');
const vowels = 'a e i o u ai ea ee ou'.split(' ');
const codas = ['', 'n', 'r', 's', 'l', 't', 'm', 'ck', 'rd', 'nd', 'th'];
const trades = 'Bakery Plumbing Logistics Consulting Motors Dental Farms Foods Electric Builders Printing Travel'.split(
  ' ',
);
const forms = ['Inc', 'LLC', 'Ltd', 'Corp', 'and Sons', 'Group'];

export function generated(size: number, seed = 7): LabelledRecord[] {
  const next = mulberry32(seed);
  const chance = (share: number) => next() < share;
  const below = (limit: number) => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
  const word = (syllables: number) =>
    Array.from({ length: syllables }, () => pick(onsets) + pick(vowels) + pick(codas)).join('');
  const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
  // Few names are common, most are rare, as in real lists.
  const givenNames = Array.from({ length: 2_000 }, () => capital(word(2)));
  const familyNames = Array.from({ length: 20_000 }, () => capital(word(chance(0.6) ? 2 : 3)));
  const streets = Array.from({ length: 3_000 }, () => `${capital(word(2))} ${pick(['St', 'Ave', 'Road', 'Lane'])}`);
  const towns = Array.from({ length: 300 }, () => ({ town: capital(word(2)), zip: String(10_000 + below(89_999)) }));
  const skewed = <Item>(items: readonly Item[]): Item => items[Math.floor(items.length * next() ** 2)]!;
  const digits = (count: number) => Array.from({ length: count }, () => below(10)).join('');
  const slip = (text: string) => {
    const at = 1 + below(Math.max(1, text.length - 1));
    return pick([
      text.slice(0, at) + text.slice(at + 1),
      text.slice(0, at) + pick([...'aeinrst']) + text.slice(at),
      text.slice(0, at) + pick([...'aeinrst']) + text.slice(at + 1),
    ]);
  };
  const newPhone = () => `+1${2 + below(7)}${digits(9)}`;
  const newEmail = (name: string) =>
    `${name.toLowerCase().replaceAll(' ', '')}${below(99_999)}@${pick(['mail', 'post', 'web', 'inbox'])}.example`;
  const newAddress = () => {
    const place = pick(towns);
    return {
      lines: [`${1 + below(4_000)} ${pick(streets)}`],
      locality: place.town,
      postalCode: place.zip.slice(0, 3) + digits(2),
    };
  };

  interface Truth {
    entity: string;
    person: { given: string; middle: string; family: string; birthDate: string } | null;
    legal: string;
    phone: string;
    email: string;
    address: ReturnType<typeof newAddress>;
  }
  const records: LabelledRecord[] = [];
  const copy = (truth: Truth, system: 'a' | 'b', number: number): void => {
    const { person } = truth;
    const mistyped = (text: string) => (text.length > 2 && chance(0.03) ? slip(text) : text);
    const phone = chance(0.08) ? newPhone() : truth.phone;
    const email = chance(0.08)
      ? newEmail(person ? person.given + person.family : truth.legal)
      : chance(0.02)
        ? slip(truth.email)
        : truth.email;
    const address = chance(0.1) ? newAddress() : truth.address;
    const given = person && (chance(0.04) ? person.given[0]! : mistyped(person.given));
    const family = person && (chance(0.02) ? familyNames[below(20_000)]! : mistyped(person.family));
    const full = `${family ?? ''}, ${given ?? ''} ${person?.middle[0] ?? ''}`.slice(0, 24).trim();
    const [cutFamily, cutGiven = ''] = full.split(', ');
    const [first, middle] = cutGiven.split(' ');
    const name = !person
      ? { legal: (system === 'a' ? mistyped(truth.legal).slice(0, 24).trim() : truth.legal).toUpperCase() }
      : system === 'a'
        ? { ...(first && { given: first }), ...(middle && { middle }), family: cutFamily }
        : { given, ...(person.middle && chance(0.6) && { middle: person.middle }), family };
    records.push({
      id: `${system}${number}`,
      system,
      entity: truth.entity,
      kind: person ? 'person' : 'organization',
      said: {
        name: [name],
        ...(system === 'b' && person && !chance(0.1) && { birthDate: [person.birthDate] }),
        ...(!chance(0.07) && { 'phone.primary': [phone] }),
        ...(!chance(0.12) && { 'email.primary': [email] }),
        ...(!chance(0.05) && { 'address.primary': [address] }),
      } as Said,
    });
  };

  let before: Truth | null = null;
  for (let entity = 0; records.length < size; entity += 1) {
    const isPerson = !chance(0.12);
    // One in five lives with the one before: same family name, address, often the phone.
    const mate: Truth | null = isPerson && before?.person && chance(0.2) ? before : null;
    const given = skewed(givenNames);
    const family = mate?.person && chance(0.85) ? mate.person.family : skewed(familyNames);
    const legal = `${capital(word(2))} ${pick(trades)} ${pick(forms)}`;
    const truth: Truth = {
      entity: `e${entity}`,
      person: isPerson
        ? {
            given,
            middle: chance(0.5) ? skewed(givenNames) : '',
            family,
            birthDate: `${1935 + below(70)}-${String(1 + below(12)).padStart(2, '0')}-${String(1 + below(28)).padStart(2, '0')}`,
          }
        : null,
      legal,
      phone: mate && chance(0.5) ? mate.phone : newPhone(),
      email:
        mate && chance(0.1) ? mate.email : newEmail(isPerson ? `${given}${family}` : `office.${legal.split(' ')[0]!}`),
      address: mate ? mate.address : newAddress(),
    };
    before = truth;
    const place = next();
    if (place < 0.85) copy(truth, 'a', entity);
    if (place > 0.15) copy(truth, 'b', entity);
    if (chance(0.03)) copy(truth, place < 0.5 ? 'a' : 'b', entity + 1_000_000);
  }
  return records;
}
