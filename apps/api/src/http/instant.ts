import { undatedAt } from '@cinch/canonical-model';

/** When a value was said; null where nobody knows. */
export function instantSaid(ms: number): string | null {
  return ms === undatedAt ? null : instant(ms);
}

/** Milliseconds since 1970 as the API writes instants. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
