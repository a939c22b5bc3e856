/** Rows of a CSV text as objects by column. */
export function readCsv(text: string): Record<string, string>[];
