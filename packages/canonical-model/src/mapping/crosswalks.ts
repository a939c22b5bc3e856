import type { Model } from '../customer/model/model.ts';
import type { CrosswalkDocument, Forms, MappingDocument, StepDocument } from './document.ts';
import { ambiguousCodes, escapePointer, type MappingProblem } from './problems.ts';

type Codes = Extract<StepDocument, { step: 'codes' }>;
type Crosswalks = Readonly<Record<string, CrosswalkDocument>>;

/** In place of what a draft names and does not have, so that the rest of it is checked. */
const nothingTied: Codes = { step: 'codes', native: 'text', table: {} };

/** The document with the tables themselves where its steps name crosswalks: what reads steps knows of tables alone. */
export function withCrosswalks(document: MappingDocument, model: Model): MappingDocument {
  const { attributes, lists, crosswalks } = document;
  if (Object.keys(crosswalks).length === 0) return document;
  return {
    ...document,
    attributes: inPlace(attributes, crosswalks, model),
    lists: inPlace(lists, crosswalks, model),
  };
}

/** The same of a document that nobody has checked yet; a crosswalk that there is not knows no code. */
export function asChecked(by: Forms, document: Record<string, unknown>, model: Model): Record<string, unknown> {
  const crosswalks = Object.fromEntries(formed(by, document));
  const { attributes, lists } = document;
  return { ...document, attributes: inPlace(attributes, crosswalks, model), lists: inPlace(lists, crosswalks, model) };
}

/** What is wrong with the crosswalks of a document, and with the steps that name one. */
export function crosswalkProblems(by: Forms, document: Record<string, unknown>, model: Model): MappingProblem[] {
  const crosswalks = formed(by, document);
  const names = new Set(crosswalks.map(([name]) => name));
  return [
    ...crosswalks.flatMap(([name, crosswalk]) => tableProblems(crosswalk, `/crosswalks/${escapePointer(name)}`, model)),
    ...(['attributes', 'lists'] as const).flatMap((part) => unknownIn(document[part], `/${part}`, names)),
  ];
}

function formed(by: Forms, { crosswalks }: Record<string, unknown>): [string, CrosswalkDocument][] {
  if (crosswalks === null || typeof crosswalks !== 'object') return [];
  return Object.entries(crosswalks).flatMap(([name, one]): [string, CrosswalkDocument][] => {
    const parsed = by.crosswalkDocument.safeParse(one);
    return parsed.success ? [[name, parsed.data]] : [];
  });
}

function tableProblems(crosswalk: CrosswalkDocument, at: string, model: Model): MappingProblem[] {
  const set = model.codeSetOf(crosswalk.set);
  if (!set) return [{ path: `${at}/set`, code: 'unknown-code-set', detail: `There is no code set ${crosswalk.set}.` }];
  const { table, writeAs = {} } = crosswalk;
  const strange = Object.entries(table).filter(([, code]) => !set.has(code));
  return [
    ...strange.map(([native, code]) => ({
      path: `${at}/table/${escapePointer(native)}`,
      code: 'no-such-code',
      detail: `The set ${set.label} has no code ${code}: add it there first, or tie this to another one.`,
    })),
    ...ambiguousCodes(table, writeAs, at, 'table'),
  ];
}

/** Where a step names a crosswalk that the mapping does not have. */
function unknownIn(part: unknown, at: string, names: ReadonlySet<string>): MappingProblem[] {
  if (part === null || typeof part !== 'object') return [];
  if (isReference(part))
    return names.has(part.crosswalk)
      ? []
      : [
          {
            path: `${at}/crosswalk`,
            code: 'unknown-crosswalk',
            detail: `The mapping has no crosswalk ${part.crosswalk}: write it under crosswalks.`,
          },
        ];
  return Object.entries(part).flatMap(([name, value]) => unknownIn(value, `${at}/${escapePointer(name)}`, names));
}

function inPlace<Part>(part: Part, crosswalks: Crosswalks, model: Model): Part {
  if (part === null || typeof part !== 'object') return part;
  if (isReference(part)) {
    const crosswalk = Object.hasOwn(crosswalks, part.crosswalk) ? crosswalks[part.crosswalk]! : null;
    return (crosswalk ? codesOf(crosswalk, model) : nothingTied) as Part;
  }
  if (Array.isArray(part)) return part.map((one: unknown) => inPlace(one, crosswalks, model)) as Part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => [name, inPlace(value, crosswalks, model)]),
  ) as Part;
}

function isReference(part: object): part is { step: 'crosswalk'; crosswalk: string } {
  return 'step' in part && part.step === 'crosswalk' && 'crosswalk' in part && typeof part.crosswalk === 'string';
}

/** A crosswalk as a step of codes. What the system writes itself comes before what the set calls it. */
function codesOf({ set: id, native, table, writeAs = {}, orCodeOfSet }: CrosswalkDocument, model: Model): Codes {
  const set = model.codeSetOf(id);
  if (!orCodeOfSet || !set) return { step: 'codes', native, table, writeAs };
  const ofSet = new Map<string, string>();
  for (const { code, label } of set.offered) ofSet.set(label, code);
  for (const { code } of set.offered) ofSet.set(code, code);
  const tied = new Map(Object.entries(table).map(([from, to]) => [to, from]));
  const written = set.offered.map(({ code }): [string, string] => [code, writeAs[code] ?? tied.get(code) ?? code]);
  return {
    step: 'codes',
    native,
    table: { ...Object.fromEntries(ofSet), ...table },
    writeAs: Object.fromEntries(written),
  };
}
