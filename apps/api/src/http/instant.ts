/** Milliseconds since 1970 as the API writes instants. */
export function instant(ms: number): string {
  return new Date(ms).toISOString();
}
