import type { Culture } from './culture.ts';
import type { Drawn } from './homes.ts';
import { plain, type Inventor, type TrueCompany } from './truth.ts';

const stems =
  'Nordwerk Altamar Veltro Solvena Kestrel Lumora Brixton Ostara Meridian Corvus Talvik Riverton Aldmar Quintes'.split(
    ' ',
  );
const trades =
  'Logistics Foods Optics Textiles Instruments Freight Printing Dental Garden Timber Paper Glass Ceramics Tools'.split(
    ' ',
  );
const forms = ['GmbH', 'AG', 'Ltd', 'LLC', 'SA', 'BV', 'KG', 'SpA'];

type Shared = Pick<TrueCompany, 'culture' | 'address' | 'landline'>;

function company(inventor: Inventor, shared: Shared, name: string, form: string): Drawn<TrueCompany> {
  const { random } = inventor;
  const domain = inventor.unused((attempt) => `${plain(name)}${plain(form)}${attempt || ''}.example`);
  const registered = inventor.unused(() => `${random.pick(['DE', 'AT', 'FR', 'IT', 'NL', 'PL'])}${inventor.digits(9)}`);
  const email = random.chance(0.8) ? `${random.pick(['info', 'office', 'sales', 'kontakt'])}@${domain}` : null;
  return { kind: 'organization', ...shared, name, form, registered, email };
}

function site(inventor: Inventor, culture: Culture): Shared {
  return { culture, address: inventor.address(culture), landline: inventor.phone(culture, false) };
}

function nameOf(inventor: Inventor): string {
  const { random } = inventor;
  return inventor.unused(() => `${random.pick(stems)}${random.pick(['', 'a', 'is', 'on'])} ${random.pick(trades)}`);
}

/** One owner, one site, one switchboard: the firm with other legal forms, its plants by number, its holding. */
export function sisterCompanies(inventor: Inventor, culture: Culture): Drawn<TrueCompany>[] {
  const { random } = inventor;
  const shared = site(inventor, culture);
  const name = nameOf(inventor);
  const [one, other, third] = random.shuffled(forms) as [string, string, string];
  const plant = random.integer(1, 40);
  return [
    company(inventor, shared, name, one),
    company(inventor, shared, name, other),
    ...(random.chance(0.5) ? [company(inventor, shared, `${name} Plant ${plant}`, one), company(inventor, shared, `${name} Plant ${plant + 1}`, one)] : []), // prettier-ignore
    ...(random.chance(0.4) ? [company(inventor, shared, `${name} Holding`, third)] : []),
  ];
}

/** A business centre: companies that have nothing to do with each other, with one address and one phone. */
export function switchboard(inventor: Inventor, culture: Culture): Drawn<TrueCompany>[] {
  const shared = site(inventor, culture);
  return Array.from({ length: inventor.random.integer(4, 14) }, () =>
    company(inventor, shared, nameOf(inventor), inventor.random.pick(forms)),
  );
}
