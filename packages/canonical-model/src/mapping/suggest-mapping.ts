import type { Model } from '../customer/model/model.ts';
import { shapes } from '../customer/shapes/shapes.ts';
import type { Json } from '../json.ts';
import { columnsByMeaning, type Meaning } from './column-meanings.ts';
import { guessSteps, type Guess } from './guess-steps.ts';
import { validateMapping } from './validate-mapping.ts';

interface SuggestedColumn {
  column: string;
  /** Null: not mapped. */
  meaning: string | null;
  why: string;
}

export interface Suggestion {
  /** A valid mapping document to look at; null where the table has no key or nothing that could be mapped. */
  document: Json;
  columns: SuggestedColumn[];
}

interface Found extends Guess {
  column: string;
  meaning: Meaning;
}

/** What was found, by the name of its meaning. */
type FoundByName = ReadonlyMap<string, Found>;

/**
 * A mapping for a table, guessed from the names of its columns and the form of their values. It claims only what every value of the
 * sample bears out; what it cannot tell stays unmapped, with the reason, for a person to complete.
 *
 * @param rows cells in the order of the columns, empty ones as empty text
 */
export function suggestMapping(
  system: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  model: Model,
): Suggestion {
  const told = new Map<string, SuggestedColumn>();
  const found = new Map<string, Found>();
  for (const [meaning, column] of columnsByMeaning(columns, model)) {
    const { name } = meaning;
    const at = columns.indexOf(column);
    const values = rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== '');
    const refusal = refusalOf(name, values, rows.length);
    const guess = refusal === null ? guessSteps(meaning, values) : null;
    if (guess) found.set(name, { column, meaning, ...guess });
    const why = refusal ?? guess?.why ?? `its name says ${name}, but no step reads all of its values`;
    told.set(column, { column, meaning: guess ? name : null, why });
  }
  const { nameId } = model;
  if (found.has(`${nameId}.family`) || found.has(`${nameId}.given`))
    drop(`${nameId}.whole`, 'the parts of the name have columns of their own');
  const document = documentOf(system, found, model);
  const isValid = document !== null && validateMapping(document, model).ok;
  const list = columns.map(
    (column) => told.get(column) ?? { column, meaning: null, why: 'its name says nothing that is known' },
  );
  return { document: isValid ? document : null, columns: list };

  function drop(meaning: string, why: string): void {
    const one = found.get(meaning);
    if (!one) return;
    found.delete(meaning);
    told.set(one.column, { column: one.column, meaning: null, why });
  }
}

function refusalOf(meaning: string, values: readonly string[], rows: number): string | null {
  if (meaning === 'key') {
    if (values.length < rows) return 'a key must be there in every row';
    return new Set(values).size === values.length ? null : 'a key must be another in every row';
  }
  if (meaning === 'kind') {
    const codes = new Set(values.map((value) => value.toLowerCase()));
    const isKnown = [...codes].every((code) => code in kinds);
    return isKnown && values.length === rows ? null : 'codes of persons and organisations are not known by themselves';
  }
  return null;
}

const kinds: Readonly<Record<string, 'person' | 'organization'>> = {
  p: 'person',
  person: 'person',
  b: 'organization',
  o: 'organization',
  company: 'organization',
  business: 'organization',
  organization: 'organization',
};

function documentOf(system: string, found: FoundByName, model: Model): Json {
  const key = found.get('key');
  if (!key) return null;
  const kind = kindOf(found, model.nameId);
  const attributes = model.plainIds.flatMap((id) => {
    const { shape } = model.attributeOf(id);
    if (shape === shapes.name) return nameEntries(id, found, kind);
    if (shape === shapes.address) return addressEntry(id, found);
    return plain(id, found, shape === shapes.yesNo ? { absent: 'unknown' } : {});
  });
  if (attributes.length === 0) return null;
  const envelope = ['version', 'changedAt'].flatMap((part) => {
    const one = found.get(part);
    return one ? [[part, field(one)] as const] : [];
  });
  return {
    format: 1,
    system,
    key: { path: key.column },
    ...Object.fromEntries(envelope),
    kind,
    attributes,
  } as unknown as Json;
}

function field({ column, steps }: Found): object {
  return { path: column, ...(steps.length > 0 && { steps }) };
}

type Kind = { constant: 'person' | 'organization' } | { present: { person: string; organization: string } };

function kindOf(found: FoundByName, name: string | null): Kind {
  const person = found.get(`${name}.family`) ?? found.get(`${name}.whole`);
  const legal = found.get(`${name}.legal`);
  if (person && legal) return { present: { person: person.column, organization: legal.column } };
  return { constant: legal ? 'organization' : 'person' };
}

function nameEntries(attribute: string, found: FoundByName, kind: Kind): object[] {
  const parts = ['given', 'middle', 'family'].flatMap((member) => {
    const one = found.get(`${attribute}.${member}`);
    return one ? [[member, field(one)] as const] : [];
  });
  const whole = found.get(`${attribute}.whole`);
  const legal = found.get(`${attribute}.legal`);
  const limit = (only: string) => ('present' in kind ? { kinds: [only] } : {});
  return [
    ...(parts.length > 0 ? [{ attribute, ...limit('person'), members: Object.fromEntries(parts) }] : []),
    ...(whole ? [{ attribute, ...limit('person'), ...field(whole) }] : []),
    ...(legal ? [{ attribute, ...limit('organization'), members: { legal: field(legal) } }] : []),
  ];
}

function plain(attribute: string, found: FoundByName, more: object): object[] {
  const one = found.get(attribute);
  return one ? [{ attribute, ...field(one), ...more }] : [];
}

function addressEntry(attribute: string, found: FoundByName): object[] {
  const lines = ['line1', 'line2'].flatMap((line) => found.get(`${attribute}.${line}`) ?? []);
  const members = ['locality', 'region', 'postalCode', 'country'].flatMap((member) => {
    const one = found.get(`${attribute}.${member}`);
    return one ? [[member, field(one)] as const] : [];
  });
  if (lines.length + members.length === 0) return [];
  const steps = lines[0]?.steps ?? [];
  const ofLines = lines.length > 0 && {
    lines: { paths: lines.map(({ column }) => column), gaps: true, ...(steps.length > 0 && { steps }) },
  };
  return [{ attribute, members: { ...ofLines, ...Object.fromEntries(members) } }];
}
