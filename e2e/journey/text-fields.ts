interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
}

export interface Description {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  components: { schemas: Record<string, Schema> };
}

/** Texts of a form of their own, in which no markup is one. */
const formed = new Set(['date-time', 'uuid']);

/** Every field of every request's body that takes a text, as `POST /api/v1/users name`; a JSON document, or free data, is one field. */
export function textFieldsOf({ paths, components }: Description): string[] {
  const found = new Set<string>();
  const walk = (schema: Schema, field: string, inside: readonly string[]): void => {
    const { $ref, type, enum: choice, format, items, properties, additionalProperties } = schema;
    if ($ref !== undefined) {
      // A schema that holds itself is any JSON.
      if (inside.includes($ref)) return;
      const named = components.schemas[$ref.split('/').at(-1)!]!;
      return isAnyJson(named, $ref) ? void found.add(field) : walk(named, field, [...inside, $ref]);
    }
    for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
      walk(one, field, inside);
    const isFree = choice === undefined && schema.const === undefined && !formed.has(format ?? '');
    if ([type].flat().includes('string') && isFree) found.add(field);
    if (items) walk(items, field, inside);
    if (typeof additionalProperties === 'object') walk(additionalProperties, field, inside);
    for (const [name, one] of Object.entries(properties ?? {})) walk(one, `${field}.${name}`, inside);
  };
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { requestBody }] of Object.entries(methods))
      for (const { schema } of Object.values(requestBody?.content ?? {}))
        if (method !== 'get') walk(schema, `${method.toUpperCase()} ${path} `, []);
  return [...found].map((field) => field.replace(' .', ' ').trim()).sort();
}

function isAnyJson(schema: Schema, name: string): boolean {
  return JSON.stringify(schema).includes(`"${name}"`);
}
