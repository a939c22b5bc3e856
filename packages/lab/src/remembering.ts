import type { AttributeId, CustomerKind, Fields, Lens, Reading, Value, Written } from '@cinch/canonical-model';

/**
 * The same lens, which works out each thing once. A play asks over and over: a timeline is folded anew with every entry, and what is true is
 * written by each oracle. Nobody changes what a lens gave, so that it may be given again.
 */
export function remembering(lens: Lens): Lens {
  const read = new WeakMap<object, Reading>();
  const written = new ByPlace(() => new Kept<Written>());
  const meant = new ByPlace(() => new WeakMap<Fields, { value: Value | null | undefined }>());
  return {
    ...lens,
    read: (data) => {
      if (data === null || typeof data !== 'object') return lens.read(data);
      const known = read.get(data);
      if (known) return known;
      const reading = lens.read(data);
      read.set(data, reading);
      return reading;
    },
    write: (attribute, kind, value) => {
      const here = written.at(attribute, kind);
      const known = here.get(value);
      if (known) return known;
      const now = lens.write(attribute, kind, value);
      here.set(value, now);
      return now;
    },
    meaning: (attribute, kind, fields) => {
      const here = meant.at(attribute, kind);
      let known = here.get(fields);
      if (!known) here.set(fields, (known = { value: lens.meaning(attribute, kind, fields) }));
      return known.value;
    },
  };
}

/** One of something for each attribute of each kind of customer. */
class ByPlace<Something> {
  private readonly all = { person: new Map<AttributeId, Something>(), organization: new Map<AttributeId, Something>() };
  private readonly make: () => Something;

  constructor(make: () => Something) {
    this.make = make;
  }

  at(attribute: AttributeId, kind: CustomerKind): Something {
    const some = this.all[kind];
    let one = some.get(attribute);
    if (one === undefined) some.set(attribute, (one = this.make()));
    return one;
  }
}

/** What was made of a value: a group is known as the object that it is, and is forgotten with it. */
class Kept<Made> {
  private readonly ofGroups = new WeakMap<object, Made>();
  private readonly ofPlain = new Map<Value | null, Made>();

  get(value: Value | null): Made | undefined {
    return value !== null && typeof value === 'object' ? this.ofGroups.get(value) : this.ofPlain.get(value);
  }

  set(value: Value | null, made: Made): void {
    if (value !== null && typeof value === 'object') this.ofGroups.set(value, made);
    else this.ofPlain.set(value, made);
  }
}
