import { z } from 'zod';
import { customerKinds, type CustomerKind, type PlainAttributeId } from '../customer/attributes.ts';
import { canonicalJson, type Json } from '../json.ts';
import { longest, most } from '../limits.ts';
import type { GoldenAttributes } from '../survivorship/golden.ts';

/** A test of a golden record, as data. A cleared value is not known. */
export type Predicate =
  | 'everybody'
  | 'nobody'
  | { all: Predicate[] }
  | { any: Predicate[] }
  | { not: Predicate }
  | { kind: CustomerKind }
  | AttributeTest;

type AttributeTest =
  | { attribute: PlainAttributeId; is: Json }
  | { attribute: PlainAttributeId; in: Json[] }
  | { attribute: PlainAttributeId; known: boolean };

const attribute = z.string().max(longest.attributeName).describe('Id of an attribute of the canonical model');
const value = z.json().describe('A value as the golden record has it');

export const kindTest = z.strictObject({ kind: z.enum(customerKinds) });
export const attributeTests = {
  is: z.strictObject({ attribute, is: value }),
  in: z.strictObject({ attribute, in: z.array(value).min(1).max(most.ranked) }),
  known: z.strictObject({ attribute, known: z.boolean() }),
};

const predicate: z.ZodType<Predicate> = z
  .lazy(() =>
    z.union([
      z.enum(['everybody', 'nobody']),
      z.strictObject({ all: z.array(predicate).min(1).max(most.predicates) }),
      z.strictObject({ any: z.array(predicate).min(1).max(most.predicates) }),
      z.strictObject({ not: predicate }),
      kindTest,
      attributeTests.is,
      attributeTests.in,
      attributeTests.known,
    ]),
  )
  .meta({ id: 'Predicate' });

/**
 * Which customers have a place in a system. What the schema cannot say is checked by `validateScope`, which also lists every mistake by
 * its place.
 */
export const scopeDocument = z
  .strictObject({
    create: predicate.default('nobody').describe('Who is given a record there'),
    keep: predicate.default('everybody').describe('Whose record still belongs there; the others are surplus'),
  })
  .meta({ id: 'ScopeDocument' });
export type ScopeDocument = z.infer<typeof scopeDocument>;

/** The golden record, as far as a scope asks about it. */
export interface ScopedCustomer {
  kind: CustomerKind;
  attributes: GoldenAttributes;
}

export function isMetBy(customer: ScopedCustomer, predicate: Predicate): boolean {
  if (predicate === 'everybody' || predicate === 'nobody') return predicate === 'everybody';
  if ('all' in predicate) return predicate.all.every((one) => isMetBy(customer, one));
  if ('any' in predicate) return predicate.any.some((one) => isMetBy(customer, one));
  if ('not' in predicate) return !isMetBy(customer, predicate.not);
  if ('kind' in predicate) return customer.kind === predicate.kind;
  const value = customer.attributes[predicate.attribute]?.value ?? null;
  if ('known' in predicate) return (value !== null) === predicate.known;
  const wanted = 'is' in predicate ? [predicate.is] : predicate.in;
  return wanted.some((one) => canonicalJson(one) === canonicalJson(value));
}
