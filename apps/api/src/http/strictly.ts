import { z } from 'zod';

const made = new WeakMap<z.ZodType, z.ZodType>();

/** Members that lead from a schema to those within it, of kinds that hold others. */
const inner = ['innerType', 'element', 'valueType', 'in', 'out', 'rest'] as const;
const lists = ['options', 'items'] as const;

type Def = Record<string, unknown> & { type: string };

/**
 * The same schema, but an object that it describes has no fields beside those that it names, at whatever depth: a field that is ignored is
 * a wish that is not granted and not refused either. Where a document of somebody else may hold anything, its schema says so (a record of
 * any names, a catchall) and is left as it is.
 */
export function strictly(schema: z.ZodType): z.ZodType {
  const known = made.get(schema);
  if (known) return known;
  const strict = strictOf(schema);
  made.set(schema, strict);
  return strict;
}

function strictOf(schema: z.ZodType): z.ZodType {
  const def = schema.def as unknown as Def;
  if (def.type === 'intersection')
    throw new Error('Two halves of an object cannot each refuse what the other names: extend it instead.');
  const changed: Record<string, unknown> = {};
  if (def.type === 'object') {
    changed.shape = mapped(def.shape as Record<string, z.ZodType>);
    changed.catchall = def.catchall ?? z.never();
  }
  if (def.type === 'lazy') changed.getter = () => strictly((def.getter as () => z.ZodType)());
  for (const name of inner) if (def[name] instanceof z.ZodType) changed[name] = strictly(def[name]);
  for (const name of lists) if (Array.isArray(def[name])) changed[name] = (def[name] as z.ZodType[]).map(strictly);
  return Object.keys(changed).length === 0 ? schema : schema.clone({ ...schema.def, ...changed } as typeof schema.def);
}

function mapped(shape: Record<string, z.ZodType>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, strictly(member)]));
}
