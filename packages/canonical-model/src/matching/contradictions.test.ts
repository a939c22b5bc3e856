import { modelAsShipped } from '../customer/model/model.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CustomerKind } from '../customer/attributes.ts';
import { cluster, type ComparedRecord } from './cluster.ts';
import { evidenceOf, type Said } from './evidence.ts';
import { edgeOf } from './link-all.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';

const scorer = new Scorer(shippedModel);
const judge = { scorer, model: shippedModel };
const house = { lines: ['Hauptstraße 11'], locality: 'Dachau', postalCode: '85221' };

interface Person {
  given: string;
  family?: string;
  born?: string;
  phone?: string;
  email?: string;
  identifier?: string;
  address?: object | null;
}

function person({
  given,
  family = 'Brenner',
  born,
  phone = '+49895550001',
  email,
  identifier,
  address = house,
}: Person): Said {
  return {
    name: [{ given, family }],
    ...(born && { birthDate: [born] }),
    ...(phone && { 'phone.primary': [phone] }),
    ...(email && { 'email.primary': [email] }),
    ...(identifier && { 'identifier.national': [identifier] }),
    ...(address && { 'address.primary': [address] }),
  } as Said;
}

function company(legal: string, vat: string): Said {
  return {
    name: [{ legal }],
    'phone.primary': ['+49305550021'],
    'email.primary': ['info@brandt.example'],
    ...(vat && { 'identifier.national': [vat] }),
    'address.primary': [house],
  } as Said;
}

/** The customers that these records come to, each by its place. */
function customersOf(kind: CustomerKind, ...said: Said[]): number[][] {
  const records = said.map((one, recordId): ComparedRecord => {
    const features = scorer.features.of(evidenceOf(kind, one, `s${recordId}`, modelAsShipped));
    return { recordId, name: `s|${recordId}`, features, follows: null };
  });
  const edges = records.flatMap((one) =>
    records.slice(one.recordId + 1).flatMap((other) => edgeOf(one, other, judge) ?? []),
  );
  return cluster(records, edges, { links: [], separations: [] }, judge);
}

const areOne = (a: Person, b: Person) => customersOf('person', person(a), person(b)).length === 1;

describe('two people are not made one unasked (rule 21, law 12)', () => {
  it.each<[string, Person, Person]>([
    ['a father and his son of one name', { given: 'Karl', born: '1956-04-18' }, { given: 'Karl', born: '1984-10-02' }],
    [
      'twins',
      { given: 'Emma', born: '2014-06-03', email: 'familie@brenner.example' },
      { given: 'Clara', born: '2014-06-03', email: 'familie@brenner.example' },
    ],
    [
      'twins whose names are a swap of two letters apart',
      { given: 'Clara', born: '2014-06-03' },
      { given: 'Carla', born: '2014-06-03' },
    ],
    [
      'a couple with one mailbox and two birth dates',
      { given: 'Martin', born: '1975-03-03', email: 'brenner.haus@example.com' },
      { given: 'Martina', born: '1978-11-20', email: 'brenner.haus@example.com' },
    ],
    ['Daniel and Daniela', { given: 'Daniel', email: 'daniel.brenner@example.com' }, { given: 'Daniela' }],
    ['Simon and Simone', { given: 'Simon' }, { given: 'Simone' }],
    ['Mario and Maria', { given: 'Mario' }, { given: 'Maria' }],
    ['Andrea and Andreas', { given: 'Andrea' }, { given: 'Andreas' }],
    ['sisters whose names differ in a vowel sign', { given: 'रीमा', family: 'शर्मा' }, { given: 'रूमा', family: 'शर्मा' }],
    [
      'strangers of one office, born 60 years apart',
      { given: 'Anna', family: 'Sommer', born: '1938-02-11' },
      { given: 'Anna', family: 'Winter', born: '1998-05-23' },
    ],
    [
      'two pupils of one name, born a year apart, at one school',
      { given: 'Fumiko', born: '2012-11-28' },
      { given: 'Fumiko', born: '2014-07-01' },
    ],
    [
      'two pupils of one name, born some months apart, at one school',
      { given: 'Cristina', born: '2014-07-01' },
      { given: 'Cristina', born: '2014-04-05' },
    ],
    [
      'two of one name in a care home, born a year and two months apart',
      { given: 'Xiuying', born: '1945-06-20' },
      { given: 'Xiuying', born: '1944-04-20' },
    ],
    [
      'two of an office, of whose family names one begins as the other',
      { given: 'Enzo', family: 'Martinelli', born: '1986-04-13', phone: '' },
      { given: 'Vincenzo', family: 'Martini' },
    ],
    [
      'namesakes of one town whose streets have their number behind a comma',
      { given: 'Riccardo', phone: '+39017423413', address: { ...house, lines: ['Via Roma, 64'] } },
      { given: 'Riccardo', phone: '+39023514876', address: { ...house, lines: ['Corso Italia, 28'] } },
    ],
    [
      'two of one town whose mailboxes differ as their Turkish names do',
      {
        given: 'Halil',
        family: 'Yılmaz',
        email: 'halilyilmaz@mail.example',
        phone: '',
        address: { locality: 'Konya' },
      },
      {
        given: 'Halil',
        family: 'Yıldız',
        email: 'halilyildiz@mail.example',
        phone: '',
        address: { locality: 'Konya' },
      },
    ],
    [
      'twins of whom one stands with her names swapped',
      { given: 'Emmanuel', family: 'Richard', born: '1951-07-19' },
      { given: 'Richard', family: 'Emmanuelle', born: '1951-07-19' },
    ],
    [
      'neighbours in a care home, whose names are near to each other the wrong way round',
      { given: 'Yang', family: 'Wang' },
      { given: 'Fang', family: 'Yang' },
    ],
    [
      'namesakes of one district of Japan, in other blocks',
      {
        given: 'Noriko',
        family: 'Sato',
        phone: '',
        address: { ...house, lines: ['5-9-31 Minamicho'], postalCode: '980-0041' },
      },
      {
        given: 'Noriko',
        family: 'Sato',
        phone: '',
        address: { ...house, lines: ['5-2-139 Minamicho'], postalCode: '980-0094' },
      },
    ],
    ['colleagues of one given name', { given: 'Thomas', family: 'Lorenz' }, { given: 'Thomas', family: 'Becker' }],
    [
      'twins with one letter more, whose names no list knows',
      { given: 'Jamolid', born: '1982-11-21' },
      { given: 'Jamolida', born: '1982-11-21' },
    ],
    [
      'father and son, a digit of the decade apart',
      { given: 'Karl', born: '1955-04-18' },
      { given: 'Karl', born: '1985-04-18' },
    ],
    [
      'namesakes of one town with numbers of two countries',
      { given: 'Anita', phone: '+19876543210', address: null },
      { given: 'Anita', phone: '+919876543210', address: null },
    ],
    [
      'namesakes in two flats of one house',
      { given: 'David', phone: '', address: { ...house, lines: ['Flat 3', '12 High Street'] } },
      { given: 'David', phone: '', address: { ...house, lines: ['Flat 14', '12 High Street'] } },
    ],
    ['brothers who have a syllable in common', { given: 'Haoran', born: '1990-03-04' }, { given: 'Haoyan' }],
    ['who is known by an initial at home', { given: 'K' }, { given: 'Karl' }],
    [
      'two of an office whose mailboxes differ as their names do',
      { given: 'Wei', family: 'Zhang', email: 'w.zhang@firm.example' },
      { given: 'Wei', family: 'Wang', email: 'w.wang@firm.example' },
    ],
    [
      'namesakes whose mailboxes differ by a dot',
      { given: 'Anita', email: 'anita.brenner@mail.example', phone: '', address: null },
      { given: 'Anita', email: 'anitabrenner@mail.example', phone: '', address: null },
    ],
    [
      'cousins of one name with the mailbox of an uncle',
      { given: 'Anita', born: '1993-10-11', email: 'martin.brenner52@mail.example' },
      { given: 'Anita', born: '1992-03-26', email: 'martin.brenner52@mail.example' },
    ],
    ['neighbours in a care home', { given: 'Viktor', family: 'Hansson' }, { given: 'Viktor', family: 'Jansson' }],
    ['siblings with names alike', { given: 'Darnell', born: '1990-03-04' }, { given: 'Darrell', born: '1992-07-19' }],
    [
      'siblings whose names no list knows',
      { given: 'Tavarius', born: '1990-03-04' },
      { given: 'Tavarion', born: '1992-07-19' },
    ],
    [
      'two desks of an office',
      { given: 'Jo', family: 'Lang', email: 'kontakt1@firm.example', address: null, phone: '' },
      { given: 'Jo', family: 'Lang', email: 'kontakt7@firm.example', address: null, phone: '' },
    ],
  ])('%s', (_who, a, b) => {
    expect(areOne(a, b)).toBe(false);
    expect(areOne(b, a)).toBe(false);
  });

  it.each<[string, Said, Said]>([
    [
      'GmbH and AG of one house with two numbers',
      company('Brandt Logistik GmbH', 'DE136695976'),
      company('Brandt Logistik AG', 'DE811569869'),
    ],
    [
      'two plants of one owner',
      company('Solarpark Nord 17 GmbH & Co. KG', ''),
      company('Solarpark Nord 18 GmbH & Co. KG', ''),
    ],
    ['AG and SE of one house', company('Brandt AG', ''), company('Brandt SE', '')],
    [
      'two of one switchboard, of whose names one begins as the other',
      company('Corvus Tools AG', ''),
      { ...company('Corvuson Tools AG', ''), 'email.primary': ['sales@corvuson.example'] },
    ],
    [
      'sister companies with two numbers',
      company('Harrier Holdings Ltd', 'GB111222333'),
      company('Harrier Trading Ltd', 'GB444555666'),
    ],
  ])('%s', (_who, a, b) => {
    expect(customersOf('organization', a, b)).toHaveLength(2);
  });

  it('a chain over somebody without a birth date does not bring 1950 and 1991 together', () => {
    const [a, b, c] = [
      person({ given: 'Maria', born: '1950-05-05' }),
      person({ given: 'Maria', email: 'maria.brenner@example.com' }),
      person({ given: 'Maria', born: '1991-11-30', email: 'maria.brenner@example.com', phone: '', address: null }),
    ];
    expect(customersOf('person', a, b, c).some((ids) => ids.includes(0) && ids.includes(2))).toBe(false);
  });

  it('in any household, whoever differ in given name and birth date stay apart, whoever else lives there', () => {
    const givens = ['Anna', 'Bruno', 'Clara', 'Dagmar', 'Emil', 'Fatima', 'Gunnar', 'Helga'];
    const born = (year: number) => `${1940 + year}-0${(year % 9) + 1}-1${year % 8}`;
    const member = fc.record({ given: fc.constantFrom(...givens), year: fc.nat(70) });
    fc.assert(
      fc.property(fc.uniqueArray(member, { minLength: 2, maxLength: 5, selector: ({ given }) => given }), (members) => {
        const told = members.map(({ given, year }) =>
          person({ given, born: born(year), email: 'familie@brenner.example' }),
        );
        const known = new Set(members.map(({ year }) => year)).size === members.length;
        if (known) expect(customersOf('person', ...told)).toHaveLength(members.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('one organisation stays one', () => {
  it.each([
    [
      'with its owner before its name, and words cut short',
      'Young Scholars Developmental Institute',
      'El Valor Young Scholars Dev. Ins.',
    ],
    [
      'with its programme behind its name',
      'South Central Community Services',
      'South Central Community Services Head Start Program',
    ],
  ])('%s', (_how, one, other) => {
    expect(customersOf('organization', company(one, ''), company(other, ''))).toHaveLength(1);
  });
});

describe('one person stays one', () => {
  it.each<[string, Person, Person]>([
    ['with a slip in the given name', { given: 'Wolfram' }, { given: 'Wolfran' }],
    ['with a short form', { given: 'Robert', born: '1971-02-03' }, { given: 'Bob', born: '1971-02-03' }],
    ['with an initial', { given: 'J', born: '1971-02-03' }, { given: 'John', born: '1971-02-03' }],
    ['with a slip in the birth date', { given: 'John', born: '1971-02-03' }, { given: 'John', born: '1971-02-08' }],
    [
      'with a birth date that is wrong, and one mailbox of its own',
      { given: 'Wolfram', born: '1971-02-03', email: 'wolfram.brenner@example.org' },
      { given: 'Wolfram', born: '1973-11-19', email: 'wolfram.brenner@example.org' },
    ],
    ['with the year alone', { given: 'John', born: '1971-01-01' }, { given: 'John', born: '1971-06-09' }],
    [
      'with another given name and one identifier',
      { given: 'Emma', identifier: '123-45-6780' },
      { given: 'Greta', identifier: '123-45-6780' },
    ],
    [
      'with a phone that leaves its country out',
      { given: 'Anita', phone: '+12025550143', address: null },
      { given: 'Anita', phone: '2025550143', address: null },
    ],
  ])('%s', (_who, a, b) => {
    expect(areOne(a, b)).toBe(true);
  });

  it('in one flat, however that is written', () => {
    const flat = (...lines: string[]) => person({ given: 'Gita', family: 'Rao', address: { ...house, lines } });
    expect(customersOf('person', flat('Flat 3', '12 High Street'), flat('12 High St, Flat 3'))).toHaveLength(1);
  });
});
