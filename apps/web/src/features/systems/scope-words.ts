import type { SystemCreate } from '@cinch/api-contract';
import { isSameJson, jsonText } from '../../components/json-text.ts';

type Json = NonNullable<SystemCreate['scope']>;

/** The predicates that most systems need; any other is written as a document. */
const choices = [
  { value: 'everybody', label: 'Everybody', predicate: 'everybody' },
  { value: 'persons', label: 'Persons only', predicate: { kind: 'person' } },
  { value: 'organizations', label: 'Organisations only', predicate: { kind: 'organization' } },
  { value: 'nobody', label: 'Nobody', predicate: 'nobody' },
] as const;

export const ownRule = 'own';
export const predicateChoices = [
  ...choices.map(({ value, label }) => ({ value, label })),
  { value: ownRule, label: 'By a rule of its own' },
];

/** What a person chose, and the document of a rule of its own while that is chosen. */
export interface PredicateDraft {
  choice: string;
  text: string;
}

export function draftOf(predicate: unknown): PredicateDraft {
  const known = choices.find((one) => isSameJson(one.predicate, predicate));
  return { choice: known?.value ?? ownRule, text: jsonText(predicate) };
}

/** The predicate that the draft says; its text as it stands where it is no JSON yet, for the hub to refuse. */
export function predicateOf({ choice, text }: PredicateDraft): Json {
  const known = choices.find(({ value }) => value === choice);
  if (known) return known.predicate;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A short sentence for the common predicates, the document itself for others. */
export function predicateInWords(predicate: unknown): string {
  return choices.find((one) => isSameJson(one.predicate, predicate))?.label ?? jsonText(predicate);
}
