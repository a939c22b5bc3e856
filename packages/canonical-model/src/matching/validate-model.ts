import { sizeProblem } from '../document-size.ts';
import { most } from '../limits.ts';
import { matchModel, type MatchModel } from './model.ts';

/** One mistake in a match model; `path` is the JSON pointer of its place. */
interface ModelProblem {
  path: string;
  code: string;
  detail: string;
}

type ModelValidation = { ok: true; model: MatchModel } | { ok: false; problems: ModelProblem[] };

/** Reads a match model, or lists its mistakes at once. */
export function validateMatchModel(document: unknown): ModelValidation {
  const tooLarge = sizeProblem(document);
  if (tooLarge) return { ok: false, problems: [tooLarge] };
  const parsed = matchModel.safeParse(document);
  if (parsed.success) return { ok: true, model: parsed.data };
  const problems = parsed.error.issues.slice(0, most.problems).map(({ path, code, message }) => {
    return { path: path.map((step) => `/${String(step)}`).join(''), code, detail: message };
  });
  return { ok: false, problems };
}
