import type { Culture } from './culture.ts';
import { grown, plain, type Inventor, type TrueAddress, type TruePerson } from './truth.ts';

/** What those of one house have in common. */
interface House {
  culture: Culture;
  address: TrueAddress;
  landline: string | null;
  /** Read by all of them. */
  mailbox: string | null;
}

type Told = Partial<Pick<TruePerson, 'given' | 'family' | 'suffix' | 'birthDate' | 'mobile' | 'email' | 'isWoman'>> & {
  born?: readonly [number, number];
};

/** A person before the numbers of truth and group are given out. */
export type Drawn<One> = Omit<One, 'truth' | 'setting' | 'group'>;

const noughtToNine = 9;

function house(inventor: Inventor, culture: Culture, family: string, address = inventor.address(culture)): House {
  const { random } = inventor;
  const landline = random.chance(0.75) ? inventor.phone(culture, false) : null;
  const name = random.pick(['familie', 'family', 'haus', 'familia', plain(family)]);
  const mailbox = random.chance(0.25) ? inventor.unused(() => `${name}.${plain(family)}${random.integer(1, 99)}@mail.example`) : null; // prettier-ignore
  return { culture, address, landline, mailbox };
}

function person(inventor: Inventor, { culture, address, landline, mailbox }: House, told: Told): Drawn<TruePerson> {
  const { random } = inventor;
  const isWoman = told.isWoman ?? random.chance(0.5);
  const given = told.given ?? inventor.given(culture, isWoman);
  const family = inventor.familyOf(culture, told.family ?? inventor.family(culture), isWoman);
  const middle = random.chance(0.2) ? inventor.given(culture, isWoman) : null;
  const own = random.chance(0.85) ? inventor.mailbox(given, family) : null;
  return {
    kind: 'person',
    culture,
    isWoman,
    given,
    middle: middle === given ? null : middle,
    family,
    suffix: told.suffix ?? null,
    birthDate: told.birthDate ?? inventor.date(told.born ?? grown),
    mobile: told.mobile !== undefined ? told.mobile : random.chance(0.8) ? inventor.phone(culture, true) : null,
    landline,
    email: told.email !== undefined ? told.email : mailbox !== null && random.chance(0.4) ? mailbox : own,
    address,
  };
}

function yearsAfter(date: string, from: number, to: number): [number, number] {
  const year = Number(date.slice(0, 4));
  return [year + from, year + to];
}

/** Two who live together; most have one family name. */
export function couple(
  inventor: Inventor,
  culture: Culture,
  born: readonly [number, number] = grown,
): Drawn<TruePerson>[] {
  const { random } = inventor;
  const family = inventor.family(culture);
  const home = house(inventor, culture, family);
  const one = person(inventor, home, { family, born, isWoman: false });
  const theirs = random.chance(0.75) ? family : inventor.family(culture);
  return [one, person(inventor, home, { family: theirs, isWoman: random.chance(0.95), born: yearsAfter(one.birthDate, -6, 6) })]; // prettier-ignore
}

/** Parents and children; some bear the name of a parent, some are twins. */
export function family(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const { random } = inventor;
  const parents = couple(inventor, culture, [1950, 1985]);
  const [father, mother] = parents as [Drawn<TruePerson>, Drawn<TruePerson>];
  const home: House = { ...father, mailbox: random.chance(0.3) ? father.email : null };
  const children: Drawn<TruePerson>[] = [];
  const count = random.integer(1, 4);
  for (let child = 0; child < count; child += 1) {
    const born = yearsAfter(mother.birthDate, 21, 38);
    const before = children.at(-1);
    if (before && random.chance(0.08)) children.push(twinOf(inventor, home, before));
    else if (child === 0 && random.chance(0.15))
      children.push(...namedAfter(inventor, home, random.chance(0.6) ? father : mother, born)); // prettier-ignore
    else children.push(person(inventor, home, { family: father.family, born, ...contactsOfChild(inventor, born) }));
  }
  return [...parents, ...children];
}

/** The young have no phone of their own, and rarely a mailbox. */
function contactsOfChild({ random }: Inventor, [from]: readonly [number, number]): Told {
  return from > 2008 ? { mobile: null, ...(random.chance(0.8) && { email: null }) } : {};
}

function namedAfter(
  inventor: Inventor,
  home: House,
  parent: Drawn<TruePerson>,
  born: [number, number],
): Drawn<TruePerson>[] {
  const { given, isWoman, culture } = parent;
  const isNumbered = culture.country === '+44' && !isWoman && inventor.random.chance(0.5);
  if (isNumbered) parent.suffix = 'Sr';
  const suffix = isNumbered ? 'Jr' : null;
  return [person(inventor, home, { given, family: parent.family, isWoman, born, suffix, ...contactsOfChild(inventor, born) })]; // prettier-ignore
}

function twinOf(inventor: Inventor, home: House, one: Drawn<TruePerson>): Drawn<TruePerson> {
  const { random } = inventor;
  const { birthDate, culture } = one;
  const isWoman = random.chance(0.5);
  const born = yearsAfter(birthDate, 0, 0);
  const twin = person(inventor, home, { family: one.family, birthDate, isWoman, ...contactsOfChild(inventor, born) });
  if (random.chance(0.4)) {
    // The first is called Daniel, the second Daniela.
    const [his, hers] = random.pick(culture.alike);
    [one.given, twin.given, one.isWoman, twin.isWoman] = [his, hers, false, true];
    if (one.email !== home.mailbox && one.email) one.email = inventor.mailbox(his, one.family);
    if (twin.email !== home.mailbox && twin.email) twin.email = inventor.mailbox(hers, twin.family);
  }
  while (twin.given === one.given) twin.given = inventor.given(culture, twin.isWoman);
  return twin;
}

/** Grown twins who live together still. */
export function twins(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const last = inventor.family(culture);
  const home = house(inventor, culture, last);
  const one = person(inventor, home, { family: last });
  return [one, twinOf(inventor, home, one)];
}

/** Grandparents, parents and a child that is called as a grandparent is. */
export function generations(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const [old, wife] = couple(inventor, culture, [1930, 1948]) as [Drawn<TruePerson>, Drawn<TruePerson>];
  const home: House = { ...old, mailbox: inventor.random.chance(0.3) ? old.email : null };
  const child = person(inventor, home, { family: old.family, born: yearsAfter(old.birthDate, 22, 34) });
  const mate = person(inventor, home, { family: old.family, isWoman: !child.isWoman, born: yearsAfter(child.birthDate, -5, 5) }); // prettier-ignore
  const elder = inventor.random.chance(0.5) ? old : wife;
  return [old, wife, child, mate, ...namedAfter(inventor, home, elder, yearsAfter(child.birthDate, 22, 34))];
}

/** Flats of one house: strangers with one number and street, and some common family names. */
export function flats(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const { random } = inventor;
  const address = inventor.address(culture);
  const count = random.integer(4, 12);
  return Array.from({ length: count }, (_, flat) => {
    const last = random.chance(0.3) ? culture.families[0]! : inventor.family(culture);
    const home = house(inventor, culture, last, { ...address, flat: String(flat + 1) });
    const one = person(inventor, home, { family: last });
    return random.chance(0.5) ? [one] : [one, person(inventor, home, { family: last })];
  }).flat();
}

export function single(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const last = inventor.family(culture);
  return [person(inventor, house(inventor, culture, last), { family: last })];
}

/** Old people with one address and one phone, no mailbox, and dates that are near to each other. */
export function careHome(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const address = inventor.address(culture);
  const home: House = { culture, address, landline: inventor.phone(culture, false), mailbox: null };
  return Array.from({ length: inventor.random.integer(15, 40) }, () =>
    person(inventor, home, { born: [1925, 1945], mobile: null, email: null }),
  );
}

/** Pupils who live there: one address, one phone, one mailbox, dates within two years. */
export function school(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const { random } = inventor;
  const address = inventor.address(culture);
  const mailbox = inventor.unused(() => `sekretariat@schule${random.integer(1, 9_999)}.example`);
  const home: House = { culture, address, landline: inventor.phone(culture, false), mailbox };
  const year = random.integer(2005, 2014);
  return Array.from({ length: random.integer(15, 30) }, () =>
    person(inventor, home, { born: [year, year + 1], ...(random.chance(0.7) && { mobile: null }) }),
  );
}

/** Colleagues: one address, one phone, mailboxes of one domain and one that all read. */
export function office(inventor: Inventor, culture: Culture): Drawn<TruePerson>[] {
  const { random } = inventor;
  const address = inventor.address(culture, random.chance(0.3) ? String(random.integer(1, noughtToNine)) : null);
  const domain = inventor.unused(() => `${plain(random.pick(culture.families))}${random.integer(1, 999)}.example`);
  const home: House = { culture, address, landline: inventor.phone(culture, false), mailbox: null };
  return Array.from({ length: random.integer(6, 30) }, () => {
    const one = person(inventor, home, { ...(random.chance(0.5) && { mobile: null }) });
    const named = inventor.unused((attempt) => `${plain(one.given)[0]}.${plain(one.family)}${attempt || ''}@${domain}`);
    return { ...one, email: random.chance(0.75) ? named : random.pick([`info@${domain}`, `office@${domain}`]) };
  });
}
