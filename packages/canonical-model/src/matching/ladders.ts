import type { CustomerKind } from '../customer/attributes.ts';
import { otherTraits, traitLevels, type TraitLevel } from './traits.ts';

/** What persons and organisations are compared by alike. */
const contact = {
  email: {
    different: 'E-mail addresses differ',
    similar: 'Mailboxes are alike',
    mailbox: 'Same mailbox elsewhere',
    edit: 'E-mail addresses differ by a letter or two',
    same: 'Same e-mail address',
  },
  phone: { different: 'Phones differ', edit: 'Phones differ by one digit', same: 'Same phone' },
  identifier: {
    different: 'Identifiers differ',
    edit: 'Identifiers differ by one digit',
    same: 'Same identifier',
  },
  address: {
    different: 'Addresses differ',
    street: 'Same street',
    near: 'Nearly the same house',
    house: 'Same number and street',
    same: 'Same address',
  },
  place: {
    different: 'Places differ',
    town: 'Same town',
    near: 'Postal codes are near',
    postcode: 'Same postal code',
  },
} as const;

/**
 * What is compared, and for each the ladder of outcomes, the worst first. A level is taken where it and all better ones fail. The words
 * are what a steward reads beside a match.
 */
const ladders = {
  person: {
    given: {
      different: 'Given names differ',
      weak: 'Given names are a little alike',
      sound: 'Given names sound alike',
      initial: 'One given name is the initial of the other',
      middle: 'The given name of one is the middle name of the other',
      nickname: 'Given names are used for one another',
      swapped: 'Given and family name are swapped',
      typo: 'Given names differ by a letter or a cut',
      same: 'Same given name',
    },
    family: {
      different: 'Family names differ',
      weak: 'Family names are a little alike',
      initial: 'Family names begin alike',
      part: 'Family names share a part, or sound alike',
      typo: 'Family names differ by a letter or a cut',
      swapped: 'Family and given name are swapped',
      same: 'Same family name',
    },
    middle: {
      different: 'Middle names differ',
      initial: 'Middle names begin alike',
      same: 'Same middle name',
    },
    suffix: { different: 'Junior and senior, or the like', same: 'Same suffix of the name' },
    birthDate: {
      different: 'Birth dates differ',
      near: 'Birth dates are of one year, or of years that are near',
      year: 'Same year of birth',
      parts: 'Two of day, month and year of birth are the same',
      edit: 'Birth dates differ by one digit, or day and month are swapped',
      same: 'Same birth date',
    },
    ...contact,
  },
  organization: {
    name: {
      different: 'Names differ',
      faint: 'Names share a little',
      some: 'Names share some words',
      most: 'Names share most words',
      contained: 'One name is part of the other',
      near: 'Names are nearly the same',
      same: 'Same name',
    },
    ...contact,
  },
} as const satisfies Record<CustomerKind, Record<string, Record<string, string>>>;

type Ladders = typeof ladders;
export type Field<Kind extends CustomerKind = CustomerKind> = Kind extends CustomerKind ? keyof Ladders[Kind] : never;

/** The fields of a kind in the order in which they are compared and shown. */
export const fieldsOf: { [Kind in CustomerKind]: readonly Field<Kind>[] } = {
  person: Object.keys(ladders.person) as Field<'person'>[],
  organization: Object.keys(ladders.organization) as Field<'organization'>[],
};

/** The field's levels, the worst first; what is no field of the kind's ladders is a trait. */
export function levelsOf(kind: CustomerKind, field: string): readonly string[] {
  const levels = (ladders[kind] as Record<string, Record<string, string>>)[field];
  return levels ? Object.keys(levels) : traitLevels;
}

/** What a steward reads of the level. */
export function labelOfLevel(kind: CustomerKind, field: string, level: string): string {
  const levels = (ladders[kind] as Record<string, Record<string, string>>)[field];
  return levels ? levels[level]! : `${wordsOfTrait(field)}: ${labelOfTrait[level as TraitLevel]}`;
}

const labelOfTrait: Record<TraitLevel, string> = { different: 'not the same', similar: 'alike', same: 'the same' };

/** `birthPlace` as _Birth place_. */
function wordsOfTrait(trait: string): string {
  const words = trait.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words === otherTraits ? 'What else is said' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Fields that are the name; all others are groups of evidence besides it. */
export const nameFields: ReadonlySet<string> = new Set<Field>(['given', 'family', 'middle', 'suffix', 'name']);
