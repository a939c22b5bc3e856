import {
  isList,
  type Attribute,
  type CanonicalModel,
  type CodeSet,
  type Entry,
} from '../../api/canonical-model-shape.ts';

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
    codeSets: setsBackTo(older.codeSets, latest.codeSets),
  };
}

/** A set stays, and so do its codes: those that were added since are retired. */
function setsBackTo(older: readonly CodeSet[], latest: readonly CodeSet[]): CodeSet[] {
  return latest.map((now) => {
    const then = older.find(({ id }) => id === now.id);
    if (!then) return now;
    const added = now.codes.filter(({ code }) => !then.codes.some((one) => one.code === code));
    return { ...then, codes: [...then.codes, ...added.map((one) => ({ ...one, retired: true }))] };
  });
}

export function withCodeSet(model: CanonicalModel, set: CodeSet): CanonicalModel {
  const isKnown = model.codeSets.some(({ id }) => id === set.id);
  const codeSets = isKnown ? model.codeSets.map((one) => (one.id === set.id ? set : one)) : [...model.codeSets, set];
  return { ...model, codeSets };
}

/** The set with the codes that a person has written so far. What was published and is not written any more is retired; what was never published goes. */
export function withCodesWritten(
  model: CanonicalModel,
  published: CanonicalModel,
  id: string,
  text: string,
): CanonicalModel {
  const codesOf = ({ codeSets }: CanonicalModel) => codeSets.find((one) => one.id === id);
  const set = codesOf(model);
  return set ? withCodeSet(model, { ...set, codes: codesFrom(text, codesOf(published)?.codes ?? []) }) : model;
}

/** Without a set that no version has had yet. */
export function withoutCodeSet(model: CanonicalModel, id: string): CanonicalModel {
  return { ...model, codeSets: model.codeSets.filter((one) => one.id !== id) };
}

/** One code a line: `food = Food`, or `bakery = Bakery < food` for one that is part of another. */
export function codesAsText(codes: CodeSet['codes']): string {
  return codes
    .filter(({ retired }) => !retired)
    .map(({ code, label, parent }) => `${code} = ${label}${parent === undefined ? '' : ` < ${parent}`}`)
    .join('\n');
}

/** What a line of before does not name any more is retired; what comes back is not. */
export function codesFrom(text: string, before: CodeSet['codes']): CodeSet['codes'] {
  const said = text.split('\n').flatMap((line) => {
    const [code = '', rest = ''] = cut(line, '=');
    const [label = '', parent = ''] = cut(rest, '<');
    return code === '' ? [] : [{ code, label: label || code, retired: false, ...(parent !== '' && { parent }) }];
  });
  const gone = before.filter(({ code }) => !said.some((one) => one.code === code));
  return [...said, ...gone.map((one) => ({ ...one, retired: true }))];
}

function cut(text: string, by: string): string[] {
  const at = text.indexOf(by);
  return (at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]).map((part) => part.trim());
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
