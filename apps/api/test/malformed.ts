import type { Random } from './histories/random.ts';

const strange: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => '',
  () => 0,
  () => -1,
  () => 1.5,
  () => 2 ** 53,
  () => -(2 ** 63),
  () => 1e308,
  () => [],
  () => ({}),
  () => [[[]]],
  () => '\0',
  () => '\ud800',
  () => '\u202e\u0000x',
  () => '𝒥\u0301'.repeat(50),
  () => 'x'.repeat(10_000),
  () => '9999-12-31T23:59:59Z',
  () => '-000001-01-01T00:00:00Z',
  () => '2026-02-30T00:00:00Z',
  () => "'; drop table system; --",
  () => deep(40),
  () => deep(3_000),
];

/** A body that was valid once: a member of it replaced, added, doubled or left out, or its bytes broken. */
export function malformed(random: Random, valid: unknown): Buffer {
  const how = random.below(10);
  if (how === 0) return Buffer.from(Array.from({ length: random.below(200) }, () => random.below(256)));
  const text = JSON.stringify(how < 3 ? valid : changed(random, valid));
  if (how === 1) return broken(random, Buffer.from(text));
  if (how === 2) return Buffer.from(text.slice(0, random.below(1 + text.length)));
  if (how === 3)
    return Buffer.from(
      text.replace('{', random.pick(['{"__proto__":{"a":1},', '{"id":1,"id":"f2",', '{"\\u0000":1,'])),
    );
  if (how === 4)
    return Buffer.from(text.replace(/\d+/, random.pick(['1e999', '-0', '00', '12345678901234567890', 'NaN'])));
  return Buffer.from(text);
}

const strangeCells = [
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\ufeff',
  '__proto__',
  'a.b[c=1]',
  '1e999',
  '-0',
  'x'.repeat(5_000),
];

/** A CSV file that was valid once: cells and line ends of it replaced, doubled or left out, or its bytes broken. */
export function malformedCsv(random: Random, valid: string): Buffer {
  const how = random.below(6);
  if (how === 0) return Buffer.from(Array.from({ length: random.below(200) }, () => random.below(256)));
  if (how === 1) return broken(random, Buffer.from(valid));
  let parts = valid.split(/(?<=[,\n])|(?=[,\n])/);
  for (let count = 1 + random.below(4); count > 0; count -= 1) {
    const at = random.below(1 + parts.length);
    const put = random.chance(0.3) ? [] : [random.pick(random.chance(0.5) ? strangeCells : parts)];
    parts = [...parts.slice(0, at), ...put, ...parts.slice(at + random.below(2))];
  }
  const text = parts.join('');
  return Buffer.from(how === 2 ? text.slice(0, random.below(1 + text.length)) : text);
}

/** Somewhere in the value something else stands. */
function changed(random: Random, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.chance(0.15)) return random.pick(strange)();
  if (Array.isArray(value)) {
    const at = random.below(1 + value.length);
    return [...value.slice(0, at), changed(random, value[at]), ...value.slice(at + 1)];
  }
  const names = Object.keys(value);
  const name = random.chance(0.1)
    ? random.pick(['constructor', 'toString', 'length', '', 'a.b[c=1]', '\0'])
    : random.pick(names);
  const { [name]: before, ...rest } = value as Record<string, unknown>;
  if (random.chance(0.15)) return rest;
  return { ...rest, [name]: changed(random, before) };
}

function broken(random: Random, bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = 1 + random.below(5); count > 0; count -= 1)
    copy[random.below(1 + copy.length - 1)] = random.below(256);
  return copy;
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}
