import type { Value } from '../customer/attributes.ts';
import type { Json } from '../json.ts';
import { compileChain, type Place } from './chain.ts';
import { compilePath } from './compile-path.ts';
import type { Conventions } from './conventions.ts';
import type { StepDocument } from './document.ts';
import type { Fields, Lens, Unreadable } from './lens.ts';
import { nothingAsNull, silence } from './nothing.ts';
import type { ParsedPath } from './parse-path.ts';
import { Failure } from './steps/step.ts';

/** What stands at a path: of a row, or of fields that would be written. */
export type Source = (path: string, place: ParsedPath) => Json;

/** Both directions of one attribute, or of one member of a group. */
export interface Codec {
  paths: readonly string[];
  loses: ReturnType<Lens['loses']>;
  /**
   * Files the native values under their paths; `undefined`: unreadable, the reasons are added to `unreadable`. *Silence*: all that stands
   * there says that nobody knows.
   */
  read(source: Source, fields: Fields, unreadable: Unreadable[]): Value | null | undefined | typeof silence;
  /** Those of its paths at which these fields say that nobody knows. */
  silentPaths(fields: Fields): string[];
  /** Whether two native values of this path are two spellings of one. */
  isSpelledAlike(path: string, one: Json, other: Json): boolean;
  /** Files what the system would hold; the failure says why it cannot hold the value. */
  write(value: Value | null, fields: Fields): Failure | null;
}

/** One native place and its steps. */
export function compileField(
  path: string,
  steps: readonly StepDocument[],
  rest: Place,
  conventions: Conventions,
): Codec {
  const place = compilePath(path);
  const chain = compileChain(steps, rest, conventions);
  const { country, countryIn } = conventions;
  const ownCountry = () => country;
  return {
    paths: [path],
    loses: { onRead: chain.loses.onRead ? [path] : [], onWrite: chain.loses.onWrite },
    read: (source, fields, unreadable) => {
      const raw = nothingAsNull(source(path, place));
      fields[path] = raw;
      // Most places of a wide mapping are empty.
      if (raw === null) return null;
      const value = chain.read(raw, countryIn ? () => countryIn(source) ?? country : ownCountry);
      if (!(value instanceof Failure)) return value;
      unreadable.push({ path, code: value.code, detail: value.detail });
      return undefined;
    },
    silentPaths: (fields) => (chain.read(nothingAsNull(fields[path] ?? null)) === silence ? [path] : []),
    isSpelledAlike: (_, one, other) => chain.isSpelledAlike(one, other),
    write: (value, fields) => {
      const native = chain.write(value);
      if (native instanceof Failure) return native;
      fields[path] = native;
      return null;
    },
  };
}
