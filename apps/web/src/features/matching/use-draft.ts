import type { MatchPreview, PublishedMatchModel } from '@cinch/api-contract';
import { useMemo, useState } from 'react';
import { jsonText, parseJson } from '../../components/json-text.ts';
import { matchModel, type MatchModel } from './model-shape.ts';
import { useForeseeMatches } from './queries.ts';

/** The model that is being made, changed by fields, by counting, by a look back, or as JSON. */
export function useDraft(latest: PublishedMatchModel) {
  const inForce = useMemo(() => jsonText(latest.document), [latest.document]);
  const published = useMemo(() => matchModel.parse(latest.document), [latest.document]);
  // Null: nothing was changed, so a version that somebody else publishes shows at once.
  const [own, setOwn] = useState<string | null>(null);
  const [foreseen, setForeseen] = useState<{ text: string; preview: MatchPreview } | null>(null);
  const preview = useForeseeMatches();
  const text = own ?? inForce;
  const read = useMemo(() => readModel(text), [text]);
  const set = (next: string | null) => {
    setOwn(next === inForce ? null : next);
    preview.reset();
  };
  const foreseeOf = (document: unknown, of: string) =>
    preview.mutate(document, { onSuccess: (answer) => setForeseen({ text: of, preview: answer }) });
  return {
    text,
    ...read,
    published,
    isChanged: own !== null && own !== inForce,
    preview,
    /** What would come of the draft as it stands; null until that was asked. */
    seen: foreseen && foreseen.text === text ? foreseen.preview : null,
    setText: set,
    change: (model: MatchModel) => set(jsonText(model)),
    discard: () => set(null),
    /** Another document becomes the draft. */
    take: (document: unknown) => set(jsonText(document)),
    foresee: () => foreseeOf(read.document, text),
    takeAndForesee: (document: unknown) => {
      set(jsonText(document));
      foreseeOf(document, jsonText(document));
    },
  };
}
export type Draft = ReturnType<typeof useDraft>;

function readModel(text: string): { document?: unknown; model?: MatchModel; mistake?: string } {
  const read = parseJson(text, 'Paste a match model.');
  if (read.mistake !== undefined) return read;
  const model = matchModel.safeParse(read.document);
  if (model.success) return { document: read.document, model: model.data };
  const [issue] = model.error.issues;
  return { document: read.document, mistake: `/${issue!.path.join('/')}: ${issue!.message}` };
}
