import { customerKinds, type CustomerKind } from '../customer/attributes.ts';
import type { Json } from '../json.ts';
import { longest, mostVersion } from '../limits.ts';
import { compileChain } from './chain.ts';
import { compilePath } from './compile-path.ts';
import { verbatim, type Conventions } from './conventions.ts';
import type { FieldDocument, KindDocument, MappingDocument } from './document.ts';
import type { Fields, Lens, Unreadable } from './lens.ts';
import { nothingAsNull, silence } from './nothing.ts';
import { readPath } from './path.ts';
import { Failure } from './steps/step.ts';
import { noZone } from './steps/time.ts';

interface EnvelopeCodec {
  read: Lens['envelope'];
  /** Why the time that the record states was passed over, though the record is taken; mostly nothing. */
  passedOver(data: Json): Unreadable[];
}

/** Key, version, time and kind, which nothing can stand in for: without them a record cannot be filed. */
export function compileEnvelope(document: MappingDocument, kind: KindCodec, conventions: Conventions): EnvelopeCodec {
  const readKey = compileKey(document.key, conventions);
  const readVersion = compileNumber(
    document.version,
    'not-a-version',
    `A version is a whole number from 0 to 2^53 - 2^32 (${mostVersion}): after a higher one no later row could count.`,
    mostVersion,
    conventions,
  );
  const readTime = compileNumber(
    document.changedAt,
    'not-an-instant',
    'A time of change is an instant after 1970.',
    Number.MAX_SAFE_INTEGER,
    conventions,
  );
  const read: Lens['envelope'] = (data) => {
    const unreadable: Unreadable[] = [];
    const key = readKey(data, unreadable);
    const version = readVersion(data, unreadable);
    const times: Unreadable[] = [];
    const changedAt = readTime(data, times);
    // A clock time of which nobody knows where it was shown is no time, but what the record says is not lost for it.
    unreadable.push(...times.filter(({ code }) => code !== noZone.code));
    const recordKind = kind.read(data);
    if (!isKind(recordKind)) unreadable.push(recordKind);
    if (unreadable.length > 0 || key === null || !isKind(recordKind)) return { ok: false, unreadable };
    return { ok: true, envelope: { key, version, changedAt, kind: recordKind } };
  };
  const mayLackZone = document.changedAt?.steps.some(({ step }) => step === 'isoInstant') && conventions.zone === null;
  return {
    read,
    passedOver: (data) => {
      const times: Unreadable[] = [];
      if (mayLackZone) readTime(data, times);
      return times.filter(({ code }) => code === noZone.code);
    },
  };
}

/** Reads the key of a record, or adds why it has none. */
export function compileKey(
  { path, steps }: FieldDocument,
  conventions: Conventions,
): (data: Json, unreadable: Unreadable[]) => string | null {
  const place = compilePath(path);
  const chain = compileChain(steps, { flow: 'text' }, verbatim(conventions));
  return (data, unreadable) => {
    const value = chain.read(readPath(data, place));
    if (typeof value === 'string' && value.length <= longest.key) return value;
    unreadable.push(
      value instanceof Failure
        ? { path, code: value.code, detail: value.detail }
        : typeof value === 'string'
          ? {
              path,
              code: 'too-long',
              detail: `The key is longer than the ${longest.key} characters that the hub keeps.`,
            }
          : { path, code: 'no-key', detail: 'The record has no key here, so it cannot be told from others.' },
    );
    return null;
  };
}

function compileNumber(
  field: FieldDocument | undefined,
  code: string,
  detail: string,
  most: number,
  conventions: Conventions,
) {
  if (!field) return () => null;
  const { path, steps } = field;
  const place = compilePath(path);
  const chain = compileChain(steps, { flow: 'number' }, conventions);
  return (data: Json, unreadable: Unreadable[]): number | null => {
    const value = chain.read(nothingAsNull(readPath(data, place)));
    if (value === null || value === silence) return null;
    if (value instanceof Failure) unreadable.push({ path, code: value.code, detail: value.detail });
    else if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most) return value as number;
    else unreadable.push({ path, code, detail });
    return null;
  };
}

export interface KindCodec {
  read(data: Json): CustomerKind | Unreadable;
  /** The fields that give a new record its kind. */
  write(kind: CustomerKind): Fields;
  /** The fields that make this kind of a row that is of another: they empty what says the other. */
  turn(kind: CustomerKind): Fields;
}

export function isKind(read: CustomerKind | Unreadable): read is CustomerKind {
  return typeof read === 'string';
}

export function compileKind(document: KindDocument): KindCodec {
  if ('constant' in document) return { read: () => document.constant, write: () => ({}), turn: () => ({}) };
  if ('present' in document) return kindByPresence(document.present);
  return kindByCode(document);
}

function kindByPresence(present: Record<CustomerKind, string>): KindCodec {
  const places = customerKinds.map((kind) => ({ kind, place: compilePath(present[kind]) }));
  const unclear: Unreadable = {
    path: present.person,
    code: 'kind-unclear',
    detail: `The record must hold exactly one of ${present.person} and ${present.organization}.`,
  };
  return {
    read: (data) => {
      const found = places.filter(({ place }) => readPath(data, place) !== null);
      return found.length === 1 && found[0] ? found[0].kind : unclear;
    },
    // The name's own fields bring the object that says the kind.
    write: () => ({}),
    turn: (kind) => Object.fromEntries(customerKinds.filter((one) => one !== kind).map((one) => [present[one], null])),
  };
}

function kindByCode({ path, codes, writeAs = {} }: Extract<KindDocument, { path: string }>): KindCodec {
  const place = compilePath(path);
  const kinds = new Map(Object.entries(codes));
  const written = new Map([...kinds].map(([code, kind]) => [kind, code]));
  for (const kind of customerKinds) if (writeAs[kind]) written.set(kind, writeAs[kind]);
  const write = (kind: CustomerKind): Fields => {
    const code = written.get(kind);
    return code === undefined ? {} : { [path]: code };
  };
  return {
    read: (data) => {
      const code = readPath(data, place);
      const kind = typeof code === 'string' ? kinds.get(code.trim()) : undefined;
      if (kind) return kind;
      return code === null
        ? { path, code: 'no-kind', detail: 'The record does not say whether it is a person or an organisation.' }
        : { path, code: 'unknown-code', detail: 'This code of kind is not in the table of the mapping.' };
    },
    write,
    turn: write,
  };
}
