export function jsonText(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** What the text says, or the mistake for which it says nothing yet. `advice`: what to do about an empty one. */
export function parseJson(text: string, advice: string): { document?: unknown; mistake?: string } {
  if (text.trim() === '') return { mistake: advice };
  try {
    return { document: JSON.parse(text) as unknown };
  } catch (error) {
    return { mistake: `This is not JSON yet: ${(error as Error).message}` };
  }
}

export function isSameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
