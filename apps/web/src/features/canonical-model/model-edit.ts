import { isList, type Attribute, type CanonicalModel, type Entry } from './model-shape.ts';

/** Attributes and lists in the order of the document. */
export function entriesOf({ attributes, lists }: CanonicalModel): Entry[] {
  return [...attributes, ...lists];
}

/** The model with this entry in place of the one of its id. */
export function withEntry(model: CanonicalModel, entry: Entry): CanonicalModel {
  if (isList(entry)) return { ...model, lists: model.lists.map((one) => (one.id === entry.id ? entry : one)) };
  return { ...model, attributes: model.attributes.map((one) => (one.id === entry.id ? entry : one)) };
}

/** Without an entry that no version has had yet. */
export function withoutEntry(model: CanonicalModel, id: string): CanonicalModel {
  const others = <One extends Entry>(entries: One[]) => entries.filter((one) => one.id !== id);
  return { ...model, attributes: others(model.attributes), lists: others(model.lists) };
}

/** A number is given once, in all versions. */
export function withAttribute(model: CanonicalModel, attribute: Omit<Attribute, 'number'>): CanonicalModel {
  const number = Math.max(0, ...entriesOf(model).map((one) => one.number)) + 1;
  return { ...model, attributes: [...model.attributes, { number, ...attribute } as Attribute] };
}

/** The way back to an older version: what was declared since stays declared, and is retired. */
export function backTo(older: CanonicalModel, latest: CanonicalModel): CanonicalModel {
  const since = <One extends Entry>(then: readonly One[], now: readonly One[]) => [
    ...then,
    ...now.filter(({ id }) => !then.some((one) => one.id === id)).map((one) => ({ ...one, retired: true })),
  ];
  return {
    ...older,
    attributes: since(older.attributes, latest.attributes),
    lists: since(older.lists, latest.lists),
  };
}

/** `Number of employees` as `numberOfEmployees`. */
export function idFrom(label: string): string {
  const words = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const id = words
    .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
    .join('');
  return id.replace(/^[0-9]+/, '');
}
