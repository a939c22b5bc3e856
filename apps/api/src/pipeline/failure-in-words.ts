/** The text of a database error may quote values: only its kind and its place go to the log. */
export function failureInWords(error: unknown): string {
  const { name, code, table, column, constraint, stack } = error as Error & Record<string, string | undefined>;
  const where = stack?.split('\n').find((line) => line.includes('/stages/') || line.includes('/pipeline/'));
  return [name, code, table, column, constraint, where?.trim()].filter(Boolean).join(' ');
}
