import type { Json, Lens } from '@cinch/canonical-model';

/** The lens for one piece of work, in which each row is read once however many steps look at it. */
export function readOnce(lens: Lens): Lens {
  return {
    ...lens,
    read: remembering((data) => lens.read(data)),
    envelope: remembering((data) => lens.envelope(data)),
  };
}

function remembering<Result>(read: (data: Json) => Result): (data: Json) => Result {
  const known = new WeakMap<object, Result>();
  return (data) => {
    if (data === null || typeof data !== 'object') return read(data);
    const before = known.get(data);
    if (before !== undefined) return before;
    const result = read(data);
    known.set(data, result);
    return result;
  };
}
