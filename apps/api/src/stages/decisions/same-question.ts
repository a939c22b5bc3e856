import { canonicalJson, type Candidate } from '@cinch/canonical-model';
import type { OpenQuestion } from './decisions.store.ts';

export interface Asked {
  /** The system whose value is right. */
  system: string;
  /** Only where the systems say the very same values. */
  sameValues: boolean;
  /** Conflicts that are taken out. */
  except: readonly number[];
}

/**
 * Two conflicts ask the same when the same systems contradict each other about the same attribute, each with one value; narrower, when they
 * say the same values as well. What people pinned is no system's word: such a conflict is answered by itself.
 * @param systemOf by record
 * @returns of a conflict that asks the same, the candidate of the chosen system; null of any other
 */
export function sameQuestion(
  first: OpenQuestion,
  { system, sameValues, except }: Asked,
  systemOf: ReadonlyMap<number, string>,
): (other: OpenQuestion) => Candidate | null {
  const wanted = nameOf(first, sameValues, systemOf);
  return (other) => {
    if (wanted === null || except.includes(other.conflictId)) return null;
    if (nameOf(other, sameValues, systemOf) !== wanted) return null;
    return other.candidates.find(({ recordId }) => systemOf.get(recordId) === system) ?? null;
  };
}

function nameOf(
  { attribute, candidates }: OpenQuestion,
  sameValues: boolean,
  systemOf: ReadonlyMap<number, string>,
): string | null {
  if (candidates.some(({ position }) => position.startsWith('pin.'))) return null;
  const said = candidates.map(({ recordId, value }) => ({
    system: systemOf.get(recordId) ?? '',
    value: sameValues ? canonicalJson(value) : '',
  }));
  if (new Set(said.map(({ system }) => system)).size < said.length) return null;
  const words = said.map(({ system, value }) => `${system} ${value}`).sort();
  return canonicalJson([attribute, ...words]);
}
