import type { Model } from '../customer/model/model.ts';
import type { EntryDocument, FieldDocument, MappingDocument, MemberDocument, StepDocument } from './document.ts';
import { compileStep } from './steps/compile-step.ts';
import type { Flow } from './steps/step.ts';

/** What a cell is made of: its text as it stands, or the number or truth value that it spells. */
export type CellType = 'text' | 'number' | 'boolean';

/** A native path that the mapping reads. `isHolder`: what counts is whether anything is there, so columns beneath it will do. */
interface ReadPlace {
  path: string;
  takes: Flow;
  isHolder?: boolean;
}

export interface NeededColumns {
  /** Every path that needs a column, with what its cells must be for the steps of the mapping. */
  types: ReadonlyMap<string, CellType>;
  /** Paths of which it counts whether anything is there. */
  holders: readonly string[];
  /** Lists that the mapping reads: no cell can hold one, and leaving it out would say that it is empty. */
  lists: readonly string[];
}

export function neededColumns(document: MappingDocument, model: Model): NeededColumns {
  const places = [...envelopePlaces(document), ...document.attributes.flatMap((entry) => entryPlaces(entry, model))];
  const lists = document.lists.filter(({ absent }) => absent === 'cleared').map(({ path }) => path);
  const cells = places.filter(({ takes, isHolder }) => takes !== 'lines' && !isHolder);
  const types = new Map<string, CellType>();
  for (const { path, takes } of cells) {
    const type = takes === 'number' || takes === 'boolean' ? takes : 'text';
    // Read as two things, it stays what it is in the file.
    types.set(path, types.get(path) === undefined || types.get(path) === type ? type : 'text');
  }
  return {
    types,
    holders: places.filter(({ isHolder }) => isHolder).map(({ path }) => path),
    lists: [...lists, ...places.filter(({ takes }) => takes === 'lines').map(({ path }) => path)],
  };
}

function envelopePlaces({ key, version, changedAt, kind }: MappingDocument): ReadPlace[] {
  const numbers = [version, changedAt].filter((field) => field !== undefined);
  return [
    placeOf(key, 'text'),
    ...numbers.map((field) => placeOf(field, 'number')),
    ...('path' in kind ? [{ path: kind.path, takes: 'text' as const }] : []),
    ...('present' in kind
      ? Object.values(kind.present).map((path) => ({ path, takes: 'text' as const, isHolder: true }))
      : []),
  ];
}

function entryPlaces({ attribute, path, steps, members }: EntryDocument, model: Model): ReadPlace[] {
  const { parts, flow } = model.attributeOf(attribute).shape;
  if (!members) return [placeOf({ path: path!, steps }, flow!)];
  return Object.entries(members).flatMap(([member, document]) => memberPlaces(document, parts![member]!.flow));
}

function memberPlaces({ path, paths, steps }: MemberDocument, rest: Flow): ReadPlace[] {
  if (path !== undefined) return [placeOf({ path, steps }, rest)];
  const lines = (paths ?? []).flatMap((line) => (typeof line === 'string' ? [line] : [line.number, line.street]));
  return lines.map((line) => placeOf({ path: line, steps }, 'text'));
}

function placeOf({ path, steps }: FieldDocument, rest: Flow): ReadPlace {
  return { path, takes: firstTakes(steps) ?? rest };
}

function firstTakes([first]: readonly StepDocument[]): Flow | null {
  return first === undefined ? null : compileStep(first).takes;
}
