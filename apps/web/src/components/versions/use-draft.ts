import type { DocumentKind } from '@cinch/api-contract';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { z } from 'zod';
import { dropDraft, keepDraft, useKeptDraft } from '../../api/drafts.ts';
import { jsonText, parseJson } from '../json-text.ts';

interface Kind<Model, Preview> {
  of: DocumentKind;
  version: number;
  /** The latest version's document. */
  latest: unknown;
  schema: z.ZodType<Model>;
  /** Asks what a document would change. */
  foresee: (document: unknown) => Promise<Preview>;
}

/** A document that is being made: by fields, by a look back at a version, or as JSON. */
export function useDraft<Model, Preview>({ of: kind, version, latest, schema, foresee }: Kind<Model, Preview>) {
  const latestText = useMemo(() => jsonText(latest), [latest]);
  const published = useMemo(() => schema.parse(latest), [schema, latest]);
  // Null: nothing was changed, so a version that somebody else publishes shows at once.
  const own = useKeptDraft({ kind, system: null })?.text ?? null;
  const [foreseen, setForeseen] = useState<{ text: string; latest: string; preview: Preview } | null>(null);
  const preview = useMutation({ mutationFn: foresee });
  const text = own ?? latestText;
  const read = useMemo(() => readDocument(text, schema), [text, schema]);
  const set = (next: string | null) => {
    if (next === null || next === latestText) dropDraft({ kind, system: null });
    else keepDraft({ kind, system: null, text: next, baseVersion: version });
    preview.reset();
  };
  const ask = (document: unknown, of: string) =>
    preview.mutate(document, { onSuccess: (answer) => setForeseen({ text: of, latest: latestText, preview: answer }) });
  return {
    text,
    ...read,
    published,
    isChanged: own !== null && own !== latestText,
    isAsking: preview.isPending,
    error: preview.error,
    /** What would come of the draft as it stands, over the version as it stands; null until that was asked. */
    seen: foreseen?.text === text && foreseen.latest === latestText ? foreseen.preview : null,
    setText: set,
    change: (model: Model) => set(jsonText(model)),
    discard: () => set(null),
    foresee: () => ask(read.document, text),
    /** An older document becomes the draft, and it is asked at once what it would change. */
    takeAndForesee: (document: unknown) => {
      set(jsonText(document));
      ask(document, jsonText(document));
    },
  };
}
export type Draft<Model, Preview> = ReturnType<typeof useDraft<Model, Preview>>;

function readDocument<Model>(text: string, schema: z.ZodType<Model>) {
  const read: { document?: unknown; model?: Model; mistake?: string } = parseJson(text, 'Paste a document.');
  if (read.mistake !== undefined) return read;
  const model = schema.safeParse(read.document);
  if (model.success) return { ...read, model: model.data };
  const [issue] = model.error.issues;
  return { ...read, mistake: `/${issue!.path.join('/')}: ${issue!.message}` };
}
