import type { Json } from '../json.ts';

/** A native value with an empty text or list as `null`: systems differ in how they write nothing, and it is no difference. */
export function nothingAsNull(raw: Json): Json {
  if (typeof raw === 'string') return raw.trim() === '' ? null : raw;
  return Array.isArray(raw) && raw.length === 0 ? null : raw;
}
