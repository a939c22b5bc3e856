import { isJsonObject, type Json } from '../json.ts';

/** The row with a JSON merge patch (RFC 7386) applied: `null` removes a member, an object is merged, anything else replaces. */
export function mergePatch(row: Json, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const merged = new Map(isJsonObject(row) ? Object.entries(row) : []);
  for (const [member, value] of Object.entries(patch)) {
    if (value === null) merged.delete(member);
    else merged.set(member, mergePatch(merged.get(member) ?? null, value));
  }
  return Object.fromEntries(merged);
}
