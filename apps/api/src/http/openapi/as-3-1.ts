type Node = Record<string, unknown>;

/**
 * The generator writes JSON Schema as OpenAPI 3.0 had it; from 3.1 on limits are exclusive by themselves and a reference may have
 * siblings. Changes the document in place.
 */
export function as31(node: unknown): void {
  if (Array.isArray(node)) node.forEach(as31);
  if (typeof node !== 'object' || node === null) return;
  const schema = node as Node;
  for (const several of ['allOf', 'anyOf']) unwrap(schema, several);
  exclude(schema, 'minimum', 'exclusiveMinimum');
  exclude(schema, 'maximum', 'exclusiveMaximum');
  Object.values(schema).forEach(as31);
}

/** Of schemas that say the same one is enough, and a single one stands for itself. */
function unwrap(schema: Node, several: string): void {
  const all = schema[several];
  if (!Array.isArray(all)) return;
  const different = [...new Map(all.map((one) => [JSON.stringify(one), one as Node])).values()];
  if (different.length > 1) return;
  delete schema[several];
  Object.assign(schema, { ...different[0], ...schema });
}

function exclude(schema: Node, limit: string, exclusive: string): void {
  const is = schema[exclusive];
  if (typeof is !== 'boolean') return;
  delete schema[exclusive];
  if (!is) return;
  schema[exclusive] = schema[limit];
  delete schema[limit];
}
