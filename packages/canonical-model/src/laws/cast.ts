import type { AttributeId, Value } from '../customer/attributes.ts';
import { Model, modelAsShipped } from '../customer/model/model.ts';
import { compileLens } from '../mapping/compile-lens.ts';
import type { MappingDocument } from '../mapping/document.ts';
import { shippedDocument } from '../mapping/fixtures.ts';
import type { Lens } from '../mapping/lens.ts';
import { validateMapping } from '../mapping/validate-mapping.ts';
import { shippedRules, type RuleDocument } from '../survivorship/rules.ts';
import { validateRules } from '../survivorship/validate-rules.ts';

type System = 'adipose' | 'bellyfat';

/** By what a world lives: the model, how each system is read by it, who masters what, and what users type. */
export interface Cast {
  model: Model;
  lenses: Readonly<Record<System, Lens>>;
  rules: RuleDocument;
  values: Readonly<Record<AttributeId, readonly (Value | null)[]>>;
}

/** What the far systems store in another form. */
export const mangled = 'ann+shop@example.com';

export const shippedValues: Cast['values'] = {
  'phone.primary': ['+12025550111', '+12025550122', '+12025550166', '+12025550177', null],
  'email.primary': ['Ann@Example.com', mangled, 'ann@example.com', null],
  name: [
    { given: 'Zoë', middle: 'Quincy', family: 'McDonald' },
    { given: 'Zoë', family: 'McDonald' },
    { given: 'Ann', family: 'Featherstonehaugh-Cholmondeley' },
  ],
  birthDate: ['1980-02-28', '1981-01-01'],
  lifecycle: ['prospect', 'active', 'dormant', 'deceased'],
  'consent.marketing': ['yes', 'no'],
  creditLimit: [
    { amount: '100.00', currency: 'USD' },
    { amount: '2500.50', currency: 'USD' },
  ],
};

/** Reads the documents as the hub would: what is not valid has no world. */
export function castOf(
  model: Model,
  mappings: Readonly<Record<System, unknown>>,
  rules: unknown,
  values: Cast['values'],
): Cast {
  const lensOf = (document: unknown) => compileLens(mustBeValid(validateMapping(document, model)).mapping, 1, model);
  const lenses = { adipose: lensOf(mappings.adipose), bellyfat: lensOf(mappings.bellyfat) };
  return { model, lenses, rules: mustBeValid(validateRules(rules, model)).rules, values };
}

type Checked = { ok: true } | { ok: false; problems: readonly object[] };

export function mustBeValid<Of extends Checked>(checked: Of): Extract<Of, { ok: true }> {
  if (checked.ok) return checked as Extract<Of, { ok: true }>;
  throw new Error(JSON.stringify((checked as Extract<Checked, { ok: false }>).problems));
}

export const shippedMappings: Readonly<Record<System, MappingDocument>> = {
  adipose: shippedDocument('adipose'),
  bellyfat: shippedDocument('bellyfat'),
};

/** The model that ships, and the reference systems. */
export const shippedCast: Cast = castOf(modelAsShipped, shippedMappings, shippedRules, shippedValues);
