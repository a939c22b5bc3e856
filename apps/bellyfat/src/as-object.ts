import type { Json, RowData } from '@cinch/system-adapter';

/** The value as an object; an empty one where it is none. */
export function asObject(value: Json | undefined): RowData {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
