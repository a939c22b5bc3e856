import { itemListOf, type AttributeId, type CustomerKind, type ItemListId } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import { isSameJson } from '../json.ts';
import { compilePath, elementPath } from './compile-path.ts';
import { compileCountryIn } from './country-in.ts';
import { conventionsOf, type Conventions } from './conventions.ts';
import { withCrosswalks } from './crosswalks.ts';
import type { EntryDocument, MappingDocument } from './document.ts';
import { compileEntry } from './entry-codec.ts';
import type { Codec, Source } from './field-codec.ts';
import { compileEnvelope, compileKind, isKind } from './envelope-codec.ts';
import { compileList, type ItemCodec } from './item-codec.ts';
import type { Fields, Lens, ReadAttribute, Reading, Unreadable } from './lens.ts';
import { nothingAsNull, silence } from './nothing.ts';
import type { ParsedPath } from './parse-path.ts';
import { readPath } from './path.ts';

interface AttributeCodec extends Codec {
  attribute: AttributeId;
  absent: EntryDocument['absent'];
  /** The one place that it stands at; null where there are several. */
  only: ParsedPath | null;
  /** What a row says that has nothing there: most places of a wide mapping are empty, and one answer does for all rows. */
  empty: ReadAttribute;
}

/** Compiles a document that `validateMapping` has accepted; one that it would refuse may throw here. */
export function compileLens(published: MappingDocument, version: number, model: Model): Lens {
  const document = { ...withCrosswalks(published, model) };
  // What is retired is neither read nor written.
  document.attributes = document.attributes.filter(({ attribute }) => model.isInForce(attribute));
  document.lists = document.lists.filter(({ list }) => model.isInForce(list));
  const conventions = conventionsOf(document);
  const kind = compileKind(document.kind);
  const envelope = compileEnvelope(document, kind, conventions);
  const codecs = {
    person: codecsOf(document, 'person', model, conventions),
    organization: codecsOf(document, 'organization', model, conventions),
  };
  const byAttribute = {
    person: new Map(codecs.person.map((codec) => [codec.attribute, codec])),
    organization: new Map(codecs.organization.map((codec) => [codec.attribute, codec])),
  };
  const listCodecs = new Map<ItemListId | null, ItemCodec>(
    document.lists.map((list) => [list.list, compileList(list, model, conventions)]),
  );
  const elements = { person: elementsOf(codecs.person), organization: elementsOf(codecs.organization) };
  return {
    system: document.system,
    version,
    model,
    attributes: [...new Set(document.attributes.map((entry) => entry.attribute))],
    lists: document.lists.map((list) => list.list),
    places: [
      ...new Set([...codecs.person, ...codecs.organization].flatMap(({ paths }) => paths)),
      ...document.lists.map(({ path, where }) => `${path}[${JSON.stringify(where)}]`),
    ],
    envelope: envelope.read,
    read: (data) => {
      const recordKind = kind.read(data);
      if (!isKind(recordKind)) return { kind: 'person', attributes: {}, lists: [], unreadable: [recordKind] };
      const source: Source = (_, place) => readPath(data, place);
      const attributes: Reading['attributes'] = {};
      const lists: ItemListId[] = [];
      const unreadable: Unreadable[] = envelope.passedOver(data);
      for (const codec of codecs[recordKind]) {
        if (codec.only !== null && nothingAsNull(readPath(data, codec.only)) === null) {
          if (codec.absent !== 'silent') attributes[codec.attribute] = codec.empty;
          continue;
        }
        const fields: Fields = {};
        const value = codec.read(source, fields, unreadable);
        if (value === null && codec.absent === 'silent') continue;
        const isUnknown = value === silence || (value === null && codec.absent === 'unknown');
        attributes[codec.attribute] = { fields, value: isUnknown ? undefined : value };
      }
      for (const codec of listCodecs.values()) {
        const { items, isWhole } = codec.read(data, unreadable);
        for (const [id, item] of items) attributes[id] = item;
        if (isWhole) lists.push(codec.list);
      }
      return { kind: recordKind, attributes, lists, unreadable };
    },
    write: (attribute, recordKind, value) => {
      const list = listCodecs.get(itemListOf(attribute));
      if (list) return list.write(attribute, value);
      const codec = byAttribute[recordKind].get(attribute);
      if (!codec) {
        return { kind: 'inexpressible', code: 'not-mapped', detail: 'The system has no place for this attribute.' };
      }
      const fields: Fields = {};
      const failure = codec.write(value, fields);
      return failure
        ? { kind: 'inexpressible', code: failure.code, detail: failure.detail }
        : { kind: 'written', fields };
    },
    meaning: (attribute, recordKind, fields) => {
      const list = listCodecs.get(itemListOf(attribute));
      if (list) return list.meaning(fields);
      const value = byAttribute[recordKind].get(attribute)?.read((path) => fields[path] ?? null, {}, []);
      return value === silence ? undefined : value;
    },
    silentPaths: (attribute, recordKind, fields) => byAttribute[recordKind].get(attribute)?.silentPaths(fields) ?? [],
    isSpelledAlike: (attribute, recordKind, path, one, other) =>
      listCodecs.get(itemListOf(attribute))?.isSpelledAlike(one, other) ??
      byAttribute[recordKind].get(attribute)?.isSpelledAlike(path, one, other) ??
      false,
    turnInto: (recordKind) => kind.turn(recordKind),
    patch: (recordKind, held, wanted) => {
      const fields = changes(held ?? {}, wanted);
      settleElements(fields, held ?? {}, wanted, elements[recordKind], document.newElements);
      return held === null ? { ...kind.write(recordKind), ...fields } : fields;
    },
    loses: (attribute, recordKind) =>
      listCodecs.get(itemListOf(attribute))?.loses(attribute) ??
      byAttribute[recordKind].get(attribute)?.loses ?? { onRead: [], onWrite: true },
  };
}

function codecsOf(
  document: MappingDocument,
  kind: CustomerKind,
  model: Model,
  conventions: Conventions,
): AttributeCodec[] {
  const ofKind = { ...conventions, countryIn: compileCountryIn(document, kind, model, conventions) };
  return document.attributes
    .filter((entry) => entry.kinds.includes(kind))
    .map((entry) => {
      const { attribute, absent, path } = entry;
      const fields: Fields = Object.freeze(path === undefined ? {} : { [path]: null });
      const empty = Object.freeze({ fields, value: absent === 'unknown' ? undefined : null });
      const only = path === undefined ? null : compilePath(path);
      return { ...compileEntry(entry, model, ofKind), attribute, absent, only, empty };
    });
}

/** The mapped members of each list element, by the path of the element. */
function elementsOf(codecs: readonly Codec[]): Map<string, string[]> {
  const elements = new Map<string, string[]>();
  for (const path of codecs.flatMap((codec) => codec.paths)) {
    const element = elementPath(path);
    if (element !== null) elements.set(element, [...(elements.get(element) ?? []), path]);
  }
  return elements;
}

function changes(held: Fields, wanted: Fields): Fields {
  const changed: Fields = {};
  for (const [path, value] of Object.entries(wanted)) {
    if (!isSameJson(held[path], value)) changed[path] = value;
  }
  return changed;
}

function settleElements(
  fields: Fields,
  held: Fields,
  wanted: Fields,
  elements: Map<string, string[]>,
  newElements: MappingDocument['newElements'],
): void {
  const after = { ...held, ...wanted };
  for (const [element, paths] of elements) {
    if (!paths.some((path) => path in fields)) continue;
    const isHeld = paths.some((path) => isThere(held, path));
    const isWanted = paths.some((path) => isThere(after, path));
    if (isHeld && !isWanted) {
      for (const path of paths) delete fields[path];
      fields[element] = null;
    }
    if (!isHeld && isWanted) {
      for (const [member, value] of Object.entries(newElements[element] ?? {}))
        fields[`${element}.${member}`] ??= value;
    }
  }
}

function isThere(fields: Fields, path: string): boolean {
  return fields[path] !== undefined && fields[path] !== null;
}
