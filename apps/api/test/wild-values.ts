import type { OpenAPIObject } from '@nestjs/swagger';
import type { Random } from './histories/random.ts';

export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  default?: unknown;
  minimum?: number;
}

/** Of every kind a size that nobody needs: what it costs the hub must be bounded all the same. */
const wild: readonly [string, (random: Random) => unknown][] = [
  ['a text of 1 KiB', () => 'x'.repeat(1_024)],
  ['a text of 20 KiB', () => 'é'.repeat(10_240)],
  ['a text of 300 KiB', () => 'x'.repeat(300 * 1024)],
  ['an empty text', () => ''],
  ['a NUL', () => 'a\0b'],
  ['half a character', () => 'a\ud800'],
  ['a text of marks', () => 'e\u0301\u0302\u0303'.repeat(200)],
  ['a number beyond all bounds', () => 1e308],
  ['the first number that is not exact', () => 2 ** 53],
  ['a negative number', () => -(2 ** 53)],
  ['a fraction', () => 0.1],
  ['many items', () => Array.from({ length: 20_000 }, (_, n) => n)],
  ['many texts', () => Array.from({ length: 5_000 }, (_, n) => `text ${n}`)],
  ['many names', () => Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`name${n}`, n]))],
  ['a long name', () => ({ ['n'.repeat(50_000)]: 1 })],
  ['something deep', (random) => deep(random.pick([30, 63, 2_000]))],
  ['an empty list', () => []],
  ['an empty object', () => ({})],
  ['null', () => null],
];

/** A value of the described form, with one member of another size; what was done to it, in words. */
export function wildValue(random: Random, schema: Schema, document: OpenAPIObject): { value: unknown; how: string } {
  const valid = sensible(random, schema, document, 0);
  const [how, make] = random.pick(wild);
  if (random.chance(0.2)) return { value: valid, how: 'nothing' };
  return { value: withMember(random, valid, make(random)), how };
}

/** A parameter of an address. */
export function wildText(random: Random): string {
  const [, make] = random.pick(wild);
  const value = make(random);
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 6_000).toWellFormed();
}

export function sensible(random: Random, given: Schema, document: OpenAPIObject, depth: number): unknown {
  const schema = resolved(given, document);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return sensible(random, random.pick(choices), document, depth + 1);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => sensible(random, one, document, depth + 1)));
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
          depth < 8 && random.chance(0.9) ? [[name, sensible(random, member, document, depth + 1)]] : [],
        ),
      );
    case 'array':
      return depth < 8 && schema.items ? [sensible(random, schema.items, document, depth + 1)] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    case 'string':
      return sensibleText(schema.format);
    case undefined:
      return 'anything';
    default:
      throw new Error(`No value of type ${type} is known.`);
  }
}

function sensibleText(format: string | undefined): string {
  if (format === 'uuid') return '7f9c24e8-3b12-4fef-91e0-5a7b2c6d8e90';
  if (format === 'date-time') return '2026-01-02T03:04:05Z';
  if (format === 'email') return 'somebody@example.com';
  return 'shop';
}

function resolved(schema: Schema, document: OpenAPIObject): Schema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split('/').at(-1)!;
  return resolved((document.components!.schemas as Record<string, Schema>)[name]!, document);
}

/** Somewhere in the value `member` stands instead. */
function withMember(random: Random, value: unknown, member: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.1)) return member;
  if (Array.isArray(value)) return value.map((one) => withMember(random, one, member));
  const names = Object.keys(value);
  if (names.length === 0) return { ...value, other: member };
  const name = random.pick(names);
  return { ...value, [name]: withMember(random, (value as Record<string, unknown>)[name], member) };
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
