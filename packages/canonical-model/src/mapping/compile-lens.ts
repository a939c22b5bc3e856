import type { AttributeId, CustomerKind } from '../customer/attributes.ts';
import { canonicalJson } from '../json.ts';
import { elementPath } from './compile-path.ts';
import type { MappingDocument } from './document.ts';
import { compileEntry } from './entry-codec.ts';
import type { Codec } from './field-codec.ts';
import { compileEnvelope, compileKind, isKind } from './envelope-codec.ts';
import type { Fields, Lens, Reading } from './lens.ts';

interface AttributeCodec extends Codec {
  attribute: AttributeId;
  isSilent: boolean;
}

/** Compiles a document that `validateMapping` has accepted; one that it would refuse may throw here. */
export function compileLens(document: MappingDocument, version: number): Lens {
  const kind = compileKind(document.kind);
  const codecs = { person: codecsOf(document, 'person'), organization: codecsOf(document, 'organization') };
  const byAttribute = {
    person: new Map(codecs.person.map((codec) => [codec.attribute, codec])),
    organization: new Map(codecs.organization.map((codec) => [codec.attribute, codec])),
  };
  const elements = { person: elementsOf(codecs.person), organization: elementsOf(codecs.organization) };
  return {
    system: document.system,
    version,
    attributes: [...new Set(document.attributes.map((entry) => entry.attribute))],
    envelope: compileEnvelope(document, kind),
    read: (data) => {
      const recordKind = kind.read(data);
      if (!isKind(recordKind)) return { kind: 'person', attributes: {}, unreadable: [recordKind] };
      const reading: Reading = { kind: recordKind, attributes: {}, unreadable: [] };
      for (const codec of codecs[recordKind]) {
        const fields: Fields = {};
        const value = codec.read(data, fields, reading.unreadable);
        if (value === null && codec.isSilent) continue;
        reading.attributes[codec.attribute] = { fields, value };
      }
      return reading;
    },
    write: (attribute, recordKind, value) => {
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
    patch: (recordKind, held, wanted) => {
      const fields = changes(held ?? {}, wanted);
      settleElements(fields, held ?? {}, wanted, elements[recordKind], document.newElements);
      return held === null ? { ...kind.write(recordKind), ...fields } : fields;
    },
    loses: (attribute, recordKind) => byAttribute[recordKind].get(attribute)?.loses ?? { onRead: [], onWrite: true },
  };
}

function codecsOf(document: MappingDocument, kind: CustomerKind): AttributeCodec[] {
  return document.attributes
    .filter((entry) => entry.kinds.includes(kind))
    .map((entry) => ({
      ...compileEntry(entry),
      attribute: entry.attribute,
      isSilent: entry.absent === 'silent',
    }));
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
    if (canonicalJson(held[path]) !== canonicalJson(value)) changed[path] = value;
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
