import type { Model } from '../customer/model/model.ts';
import { cleanText } from '../customer/clean-text.ts';
import type { Json } from '../json.ts';
import type { MappingDocument, StepDocument } from './document.ts';
import { readPath } from './path.ts';

/** Where codes of a system are read, and what they may be tied to. */
export interface CodePlace {
  /** The code set; null where a table of the mapping stands by itself. */
  set: string | null;
  offered: readonly { code: string; label: string }[];
  /** The codes that a row has there and that are tied to nothing. */
  unknownIn(row: Json): string[];
  /** The mapping with native codes tied to codes, by the way that the place has. */
  tied(ties: Readonly<Record<string, string>>): MappingDocument;
}

interface Place {
  steps: StepDocument[];
  codeSet: string | undefined;
  valuesIn(row: Json): Json[];
  /** The document with these steps at the place. */
  with(steps: StepDocument[]): MappingDocument;
}

/** The place of a native path as faults name it; null where no codes are read there. */
export function codePlaceOf(document: MappingDocument, path: string, model: Model): CodePlace | null {
  const place = placesOf(document, path, model)[0];
  if (!place) return null;
  const at = place.steps.findIndex(({ step }) => step === 'crosswalk' || step === 'codes');
  const step = place.steps[at];
  if (step?.step === 'codes') return tableAt(place, at, step);
  if (step?.step === 'crosswalk') return crosswalkAt(document, place, step.crosswalk, model);
  if (place.codeSet === undefined || place.steps.length > 0) return null;
  return newCrosswalk(document, place, place.codeSet, model);
}

function tableAt(place: Place, at: number, step: Extract<StepDocument, { step: 'codes' }>): CodePlace {
  const meanings = [...new Set(Object.values(step.table))];
  return {
    set: null,
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
    offered: known?.offered ?? [],
    unknownIn: unknownIn(place, (native) => known?.find(native) != null),
    tied: (ties) => {
      const crosswalk = withTies({ set, native: 'text' as const, table: {}, orCodeOfSet: true }, ties);
      const stepped = place.with([{ step: 'crosswalk', crosswalk: name }]);
      return { ...stepped, crosswalks: { ...document.crosswalks, [name]: crosswalk } };
    },
  };
}

function unknownIn({ valuesIn }: Place, isKnown: (native: string) => boolean): CodePlace['unknownIn'] {
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
      if (entry.path !== path) return [];
      return [
        {
          steps: entry.steps,
          codeSet: model.attributeOf(entry.attribute).codeSet,
          valuesIn: (row) => [readPath(row, path)],
          with: (steps) => ({
            ...document,
            attributes: document.attributes.map((one, at) => (at === index ? { ...one, steps } : one)),
          }),
        },
      ];
    }),
    ...document.lists.flatMap((list, index) =>
      Object.entries(list.members).flatMap(([member, own]): Place[] => {
        if (`${list.path}.${own.path}` !== path) return [];
        return [
          {
            steps: own.steps,
            codeSet: memberOf(model, list.list, member)?.codeSet,
            valuesIn: (row) => elementsAt(row, list.path).flatMap((element) => readPath(element, own.path!)),
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

function elementsAt(row: Json, path: string): Json[] {
  const elements = readPath(row, path);
  return Array.isArray(elements) ? elements : [];
}
