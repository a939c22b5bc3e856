import { problemOf } from '../../api/problem-error.ts';

/** A standing decision that an act contradicts. */
export interface Contradiction {
  decisionId: number;
  words: string;
}

/** The decisions that the hub named when it refused an act; none when it refused for another reason, or did not refuse. */
export function contradictionsIn(error: unknown): Contradiction[] {
  if (!error) return [];
  const { code, errors = [] } = problemOf(error);
  return code === 'contradicts' ? errors.map(({ path, detail }) => ({ decisionId: Number(path), words: detail })) : [];
}
