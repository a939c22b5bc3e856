import type { Value } from '../customer/attributes.ts';
import type { Json } from '../json.ts';
import { compileChain } from './chain.ts';
import { compilePath } from './compile-path.ts';
import type { StepDocument } from './document.ts';
import type { Fields, Lens, Unreadable } from './lens.ts';
import { nothingAsNull } from './nothing.ts';
import type { ParsedPath } from './parse-path.ts';
import { Failure, type Flow } from './steps/step.ts';

/** What stands at a path: of a row, or of fields that would be written. */
export type Source = (path: string, place: ParsedPath) => Json;

/** Both directions of one attribute, or of one member of a group. */
export interface Codec {
  paths: readonly string[];
  loses: ReturnType<Lens['loses']>;
  /** Files the native values under their paths; `undefined`: unreadable, the reasons are added to `unreadable`. */
  read(source: Source, fields: Fields, unreadable: Unreadable[]): Value | null | undefined;
  /** Files what the system would hold; the failure says why it cannot hold the value. */
  write(value: Value | null, fields: Fields): Failure | null;
}

/** One native place and its steps. */
export function compileField(path: string, steps: readonly StepDocument[], rest: Flow): Codec {
  const place = compilePath(path);
  const chain = compileChain(steps, rest);
  return {
    paths: [path],
    loses: { onRead: chain.loses.onRead ? [path] : [], onWrite: chain.loses.onWrite },
    read: (source, fields, unreadable) => {
      const raw = nothingAsNull(source(path, place));
      fields[path] = raw;
      const value = chain.read(raw);
      if (!(value instanceof Failure)) return value;
      unreadable.push({ path, code: value.code, detail: value.detail });
      return undefined;
    },
    write: (value, fields) => {
      const native = chain.write(value);
      if (native instanceof Failure) return native;
      fields[path] = native;
      return null;
    },
  };
}
