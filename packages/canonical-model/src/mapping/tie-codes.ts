import { customerKinds } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import { cleanText } from '../customer/clean-text.ts';
import type { Json } from '../json.ts';
import type { EntryDocument, KindDocument, MappingDocument, StepDocument } from './document.ts';
import { readPath } from './path.ts';

/** Where codes of a system are read, and what they may be tied to. */
export interface CodePlace {
  /** The code set; null where a table of the mapping stands by itself. */
  set: string | null;
  /** Whether it says of what kind a customer is: a record without is not taken at all. */
  isOfKind: boolean;
  offered: readonly { code: string; label: string }[];
  /** The codes that a row has there and that are tied to nothing. */
  unknownIn(row: Json): string[];
  /** The mapping with native codes tied to codes, by the way that the place has. */
  tied(ties: Readonly<Record<string, string>>): MappingDocument;
}

type KindByCode = Extract<KindDocument, { codes: object }>;

interface Place {
  steps: StepDocument[];
  codeSet: string | undefined;
  valuesIn(row: Json): Json[];
  /** The document with these steps at the place. */
  with(steps: StepDocument[]): MappingDocument;
}

/** The place of a native path as faults name it; null where no codes are read there. */
export function codePlaceOf(document: MappingDocument, path: string, model: Model): CodePlace | null {
  const { kind } = document;
  if ('codes' in kind && kind.path === path) return kindAt(document, kind);
  const place = placesOf(document, path, model)[0];
  if (!place) return null;
  const at = place.steps.findIndex(({ step }) => step === 'crosswalk' || step === 'codes');
  const step = place.steps[at];
  if (step?.step === 'codes') return tableAt(place, at, step);
  if (step?.step === 'crosswalk') return crosswalkAt(document, place, step.crosswalk, model);
  if (place.codeSet === undefined || place.steps.length > 0) return null;
  return newCrosswalk(document, place, place.codeSet, model);
}

function kindAt(document: MappingDocument, kind: KindByCode): CodePlace {
  const unknown = unknownIn({ valuesIn: (row) => [readPath(row, kind.path)] }, (native) =>
    Object.hasOwn(kind.codes, native),
  );
  return {
    set: null,
    isOfKind: true,
    offered: customerKinds.map((code) => ({ code, label: code })),
    unknownIn: unknown,
    tied: (ties) => {
      const { table, ...rest } = withTies({ table: kind.codes, writeAs: kind.writeAs }, ties);
      return { ...document, kind: { ...kind, ...rest, codes: table } as KindByCode };
    },
  };
}

function tableAt(place: Place, at: number, step: Extract<StepDocument, { step: 'codes' }>): CodePlace {
  const meanings = [...new Set(Object.values(step.table))];
  return {
    set: null,
    isOfKind: false,
    offered: meanings.map((code) => ({ code, label: code })),
    unknownIn: unknownIn(place, (native) => Object.hasOwn(step.table, native)),
    tied: (ties) => place.with(place.steps.map((one, index) => (index === at ? withTies(step, ties) : one))),
  };
}

function crosswalkAt(document: MappingDocument, place: Place, name: string, model: Model): CodePlace {
  const crosswalk = document.crosswalks[name]!;
  const set = model.codeSetOf(crosswalk.set);
  const isOfSet = (native: string) => crosswalk.orCodeOfSet && set?.find(native) != null;
  return {
    set: crosswalk.set,
    isOfKind: false,
    offered: set?.offered ?? [],
    unknownIn: unknownIn(place, (native) => Object.hasOwn(crosswalk.table, native) || isOfSet(native)),
    tied: (ties) => ({ ...document, crosswalks: { ...document.crosswalks, [name]: withTies(crosswalk, ties) } }),
  };
}

/** The codes of the set went without a table so far, and go on to. */
function newCrosswalk(document: MappingDocument, place: Place, set: string, model: Model): CodePlace {
  const name = freeName(set, document);
  const known = model.codeSetOf(set);
  return {
    set,
    isOfKind: false,
    offered: known?.offered ?? [],
    unknownIn: unknownIn(place, (native) => known?.find(native) != null),
    tied: (ties) => {
      const crosswalk = withTies({ set, native: 'text' as const, table: {}, orCodeOfSet: true }, ties);
      const stepped = place.with([{ step: 'crosswalk', crosswalk: name }]);
      return { ...stepped, crosswalks: { ...document.crosswalks, [name]: crosswalk } };
    },
  };
}

function unknownIn(
  { valuesIn }: Pick<Place, 'valuesIn'>,
  isKnown: (native: string) => boolean,
): CodePlace['unknownIn'] {
  return (row) =>
    valuesIn(row)
      .filter((value) => value !== null && typeof value !== 'object')
      .map((value) => cleanText(String(value)))
      .filter((native) => native !== '' && !isKnown(native));
}

interface Table {
  table: Record<string, string>;
  writeAs?: Record<string, string> | undefined;
}

/** What was written before goes on to be written where several codes mean the same by now. */
function withTies<Of extends Table>(of: Of, ties: Readonly<Record<string, string>>): Of {
  const table = { ...of.table, ...ties };
  const codesOf = Map.groupBy(Object.entries(table), ([, meaning]) => meaning);
  const shared = [...codesOf].filter(([meaning, codes]) => codes.length > 1 && of.writeAs?.[meaning] === undefined);
  const writeAs = { ...of.writeAs, ...Object.fromEntries(shared.map(([meaning, [first]]) => [meaning, first![0]])) };
  return { ...of, table, ...(Object.keys(writeAs).length > 0 && { writeAs }) };
}

function freeName(wanted: string, { crosswalks }: MappingDocument): string {
  let name = wanted;
  for (let next = 2; Object.hasOwn(crosswalks, name); next += 1) name = `${wanted}-${next}`;
  return name;
}

function placesOf(document: MappingDocument, path: string, model: Model): Place[] {
  return [
    ...document.attributes.flatMap((entry, index): Place[] => {
      const valuesIn = (row: Json) => [readPath(row, path)];
      const withEntry = (changed: Partial<EntryDocument>) => ({
        ...document,
        attributes: document.attributes.map((one, at) => (at === index ? { ...one, ...changed } : one)),
      });
      if (entry.path === path) {
        const { codeSet } = model.attributeOf(entry.attribute);
        return [{ steps: entry.steps, codeSet, valuesIn, with: (steps) => withEntry({ steps }) }];
      }
      // A member of a group.
      return Object.entries(entry.members ?? {}).flatMap(([member, own]): Place[] => {
        if (own.path !== path) return [];
        const members = (steps: StepDocument[]) => ({ ...entry.members, [member]: { ...own, steps } });
        return [
          { steps: own.steps, codeSet: undefined, valuesIn, with: (steps) => withEntry({ members: members(steps) }) },
        ];
      });
    }),
    ...document.lists.flatMap((list, index) =>
      Object.entries(list.members).flatMap(([member, own]): Place[] => {
        if (`${list.path}.${own.path}` !== path) return [];
        return [
          {
            steps: own.steps,
            codeSet: memberOf(model, list.list, member)?.codeSet,
            valuesIn: (row) => elementsAt(row, list).flatMap((element) => readPath(element, own.path!)),
            with: (steps) => ({
              ...document,
              lists: document.lists.map((one, at) =>
                at === index ? { ...one, members: { ...one.members, [member]: { ...own, steps } } } : one,
              ),
            }),
          },
        ];
      }),
    ),
  ];
}

function memberOf(model: Model, list: string, member: string) {
  const declared = model.document.lists.find(({ id }) => id === list);
  return declared?.members.find(({ id }) => id === member);
}

/** Those that the mapping reads. */
function elementsAt(row: Json, { path, where }: MappingDocument['lists'][number]): Json[] {
  const elements = readPath(row, path);
  if (!Array.isArray(elements)) return [];
  return elements.filter((one) => Object.entries(where).every(([name, value]) => readPath(one, name) === value));
}
