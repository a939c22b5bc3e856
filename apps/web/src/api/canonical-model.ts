import { publishedCanonicalModel, shapeList } from '@cinch/api-contract';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { read } from './call.ts';
import { canonicalModel, type CanonicalModel } from './canonical-model-shape.ts';

/** The version in force. */
export const canonicalModelQuery = queryOptions({
  queryKey: ['canonical-model'],
  queryFn: ({ signal }) => read('/canonical-model', publishedCanonicalModel, {}, signal),
});

/** What an attribute can be: code, the same in every version. */
export const shapesQuery = queryOptions({
  queryKey: ['canonical-model', 'shapes'],
  queryFn: ({ signal }) => read('/canonical-model/shapes', shapeList, {}, signal),
  staleTime: Infinity,
});

/** The model in force with the code sets that every hub has; undefined until both are there. */
export function useModel(): CanonicalModel | undefined {
  const [model, shapes] = [useQuery(canonicalModelQuery).data, useQuery(shapesQuery).data];
  if (!model || !shapes) return undefined;
  const own = canonicalModel.parse(model.document);
  const shipped = shapes.codeSets.map(({ codes, ...set }) => {
    return { ...set, codes: codes.map((one) => ({ ...one, retired: false })) };
  });
  return { ...own, codeSets: [...own.codeSets, ...shipped] };
}
