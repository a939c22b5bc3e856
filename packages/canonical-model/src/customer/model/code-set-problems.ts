import { shippedCodeSetIds } from '../code-sets/shipped-code-sets.ts';
import type { CanonicalModel, CodeSetDocument } from './canonical-model.ts';
import { problem, type ModelProblem } from './model-problem.ts';
import type { Placed } from './validate-canonical-model.ts';

/** What is wrong with the sets of codes: within each, and beside those that were there before. */
export function codeSetProblems(
  sets: readonly Placed<CodeSetDocument>[],
  isWhole: boolean,
  before: CanonicalModel,
): ModelProblem[] {
  const known = new Map<string, string>(shippedCodeSetIds.map((id) => [id, 'every hub']));
  const twice = sets.flatMap(({ at, entry: { id } }) => {
    const first = known.get(id);
    known.set(id, first ?? at);
    return first === undefined ? [] : [problem(`${at}/id`, 'code-set-twice', `There is a set ${id} at ${first}.`)];
  });
  return [...twice, ...sets.flatMap(codesProblems), ...takenOut(sets, isWhole, before)];
}

function codesProblems({ at, entry: { codes } }: Placed<CodeSetDocument>): ModelProblem[] {
  const parentOf = new Map(codes.map(({ code, parent }) => [code, parent]));
  const seen = new Set<string>();
  return codes.flatMap(({ code, parent }, index) => {
    const place = `${at}/codes/${index}`;
    const isTwice = seen.has(code);
    seen.add(code);
    if (isTwice) return [problem(`${place}/code`, 'code-twice', `The code ${code} is in the set already.`)];
    if (parent === undefined) return [];
    if (!parentOf.has(parent))
      return [problem(`${place}/parent`, 'unknown-parent', `There is no code ${parent} in the set.`)];
    return isItsOwnParent(code, parentOf)
      ? [problem(`${place}/parent`, 'parent-loop', `${code} would be a part of itself.`)]
      : [];
  });
}

function isItsOwnParent(code: string, parentOf: ReadonlyMap<string, string | undefined>): boolean {
  const met = new Set<string>();
  for (let at = parentOf.get(code); at !== undefined && !met.has(at); at = parentOf.get(at)) {
    if (at === code) return true;
    met.add(at);
  }
  return false;
}

/** What is stored of a code must stay readable. */
function takenOut(sets: readonly Placed<CodeSetDocument>[], isWhole: boolean, before: CanonicalModel): ModelProblem[] {
  return (before.codeSets ?? []).flatMap((old) => {
    const now = sets.find(({ entry }) => entry.id === old.id);
    if (!now)
      return isWhole ? [problem('/codeSets', 'taken-out', `The code set ${old.id} is missing. Leave it in.`)] : [];
    const codes = new Set(now.entry.codes.map(({ code }) => code));
    const gone = old.codes.filter(({ code }) => !codes.has(code));
    return gone.map(({ code }) =>
      problem(`${now.at}/codes`, 'taken-out', `The code ${code} is missing. Leave it in, and write "retired": true.`),
    );
  });
}
