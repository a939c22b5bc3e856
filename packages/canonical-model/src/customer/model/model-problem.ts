/** One mistake in a document of the canonical model; `path` is the JSON pointer of its place. */
export interface ModelProblem {
  path: string;
  code: string;
  detail: string;
}

export function problem(path: string, code: string, detail: string): ModelProblem {
  return { path, code, detail };
}
