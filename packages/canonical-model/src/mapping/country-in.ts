import type { CustomerKind } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import type { Part } from '../customer/shapes/part.ts';
import { compileChain } from './chain.ts';
import { compilePath } from './compile-path.ts';
import type { Conventions } from './conventions.ts';
import type { MappingDocument } from './document.ts';

/** Reads the country of a record's own address, by two letters, where the mapping has one: numbers without a country code belong there. */
export function compileCountryIn(
  document: MappingDocument,
  kind: CustomerKind,
  model: Model,
  conventions: Conventions,
): Conventions['countryIn'] {
  for (const { attribute, kinds, members = {} } of document.attributes) {
    const part: Part | undefined = model.attributeOf(attribute).shape.parts?.['country'];
    const member = members['country'];
    if (!part || !member || !kinds.includes(kind)) continue;
    if (member.constant !== undefined) return () => codeOf(part, member.constant!);
    const { path = '', steps } = member;
    const place = compilePath(path);
    const chain = compileChain(steps, part, conventions);
    return (source) => {
      const read = chain.read(source(path, place));
      return typeof read === 'string' ? codeOf(part, read) : null;
    };
  }
  return null;
}

function codeOf({ standard }: Part, text: string): string | null {
  const code = standard?.(text, () => null);
  return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : null;
}
