import type { Json } from '../json.ts';
import { parsePath } from '../mapping/parse-path.ts';
import { readPath, writePath } from '../mapping/path.ts';
import type { PartEntry } from './timeline.ts';
import { mergePatch } from './merge-patch.ts';

/** The row after a patch or an increment; null where it cannot be one, or where there is no row that it could add to. */
export function withPart(row: Json, part: PartEntry): Json {
  if (row === null) return null;
  if (part.kind === 'patch') return mergePatch(row, part.native);
  let after: Json = row;
  for (const [path, delta] of Object.entries(part.native)) {
    const parsed = parsePath(path);
    const total = parsed.ok ? readPath(after, parsed.path) : null;
    // A number that the row does not show has no baseline that the delta could be added to.
    if (parsed.ok && typeof total === 'number') after = writePath(after, parsed.path, total + delta);
  }
  return after;
}
