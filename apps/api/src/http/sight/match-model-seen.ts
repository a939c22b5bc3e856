import { isJsonObject, type Json, type JsonObject } from '@cinch/canonical-model';
import type { Sight } from './sight.ts';

/** Where a match model names frequent and shared values, by what an attribute tells matching. */
const named: Readonly<Record<string, { frequencies: readonly string[]; shared: readonly string[] }>> = {
  name: { frequencies: ['given', 'family', 'word'], shared: [] },
  date: { frequencies: ['birthDate'], shared: ['dates'] },
  contact: { frequencies: ['email', 'phone'], shared: ['phones', 'emails'] },
  place: { frequencies: ['postcode', 'town'], shared: ['houses'] },
  identifier: { frequencies: ['identifier'], shared: [] },
  exclusiveIdentifier: { frequencies: ['identifier'], shared: [] },
};

/** A match model without the values that it names of attributes which the caller may not see. Whoever publishes one gets it whole: it would be lost else. */
export function matchModelSeen(document: Json, sight: Sight): Json {
  if (!isMatchModel(document) || !sight.hidesAny || sight.mayPublish) return document;
  const { attributes, lists } = sight.model.document;
  const hidden = [...attributes, ...lists].filter(({ id }) => sight.hides(id));
  const places = hidden.flatMap(({ matching }) => (matching && named[matching]) ?? []);
  const emptied = (counts: Json | undefined, names: readonly string[], empty: (one: Json) => Json) =>
    isJsonObject(counts)
      ? Object.fromEntries(Object.entries(counts).map(([name, one]) => [name, names.includes(name) ? empty(one) : one]))
      : counts;
  const withoutCounts = (one: Json): Json => (isJsonObject(one) ? { ...one, counts: {} } : one);
  const parts = {
    frequencies: emptied(
      document['frequencies'],
      places.flatMap(({ frequencies }) => frequencies),
      withoutCounts,
    ),
    traitFrequencies: emptied(
      document['traitFrequencies'],
      hidden.map(({ id }) => id),
      withoutCounts,
    ),
    shared: emptied(
      document['shared'],
      places.flatMap(({ shared }) => shared),
      () => ({}),
    ),
  };
  return {
    ...document,
    ...(Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as JsonObject),
  };
}

function isMatchModel(document: Json): document is JsonObject {
  return isJsonObject(document) && isJsonObject(document['frequencies']);
}
