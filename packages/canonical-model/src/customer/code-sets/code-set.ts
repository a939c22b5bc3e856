import { foldText } from '../fold-text.ts';
import type { CodeSetDocument } from '../model/canonical-model.ts';

/** Few values that systems share, each with its label: reference data. */
export interface CodeSet {
  id: string;
  label: string;
  /** The ones that may be chosen, in the order of the set. */
  offered: readonly { code: string; label: string }[];
  /** Retired ones too: what is stored stays readable. */
  has(code: string): boolean;
  /** The code that a text names, by itself or by its label, whatever its case; null where it names none. */
  find(text: string): string | null;
  /** What readers are shown; of what is no code of the set the text itself. */
  labelOf(code: string): string;
}

/** A set of which a document declares the codes. */
export function codeSetFrom({ id, label, codes }: CodeSetDocument): CodeSet {
  const labels = new Map(codes.map((one) => [one.code, one.label]));
  const named = new Map<string, string>();
  // A code comes before a label of the same text, and what is in force before what is retired.
  const byRank = [...codes].sort((a, b) => Number(a.retired) - Number(b.retired));
  for (const text of ['code', 'label'] as const)
    for (const one of byRank) {
      const folded = foldText(one[text]);
      if (!named.has(folded)) named.set(folded, one.code);
    }
  return {
    id,
    label,
    offered: codes.flatMap((one) => (one.retired ? [] : [{ code: one.code, label: one.label }])),
    has: (code) => labels.has(code),
    find: (text) => (labels.has(text) ? text : (named.get(foldText(text)) ?? null)),
    labelOf: (code) => labels.get(code) ?? code,
  };
}
