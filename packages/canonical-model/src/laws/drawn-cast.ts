import fc from 'fast-check';
import type { Value } from '../customer/attributes.ts';
import { canonicalModelDocument, type CanonicalModel } from '../customer/model/canonical-model.ts';
import { Model } from '../customer/model/model.ts';
import { offeredShapes } from '../customer/model/offered-shapes.ts';
import { shippedCanonicalModel } from '../customer/model/shipped-canonical-model.ts';
import { validateCanonicalModel } from '../customer/model/validate-canonical-model.ts';
import { shapes, type ShapeId } from '../customer/shapes/shapes.ts';
import { shippedRules, type Rule } from '../survivorship/rules.ts';
import { castOf, mustBeValid, shippedMappings, shippedValues, type Cast } from './cast.ts';

/** What users type of an added attribute, by its shape; null: the shape is drawn of what ships alone. */
const valuesOf: Readonly<Record<ShapeId, readonly Value[] | null>> = {
  name: null,
  date: ['1999-12-31', '2001-02-03'],
  instant: null,
  phone: ['+442079460001', '+442079460002'],
  email: ['one@example.org', 'two@example.org'],
  address: null,
  identifier: ['K-1001', 'K-1002'],
  money: null,
  number: [1.5, 2.25],
  count: [3, 4],
  yesNo: ['yes', 'no'],
  code: ['red', 'green'],
  text: ['Baker', 'Pastry cook'],
  longText: ['Rings in the evening.', 'Never rings.'],
  phase: null,
};

const kept = { identifier: 'DE136695976', code: ['red', 'green', 'blue'] } as const;

interface Drawn {
  shape: ShapeId;
  /** Which of the roles that fit; null: it tells matching nothing. */
  role: number | null;
  isOfAccount: boolean;
  /** Which systems have it. */
  by: 'both' | 'adipose' | 'bellyfat';
  strategy: 'default' | 'most-frequent' | 'source-priority';
  withRules: boolean;
}

const drawnShapes = (Object.keys(valuesOf) as ShapeId[]).filter((shape) => valuesOf[shape] !== null);
const drawn = fc.record<Drawn>({
  shape: fc.constantFrom(...drawnShapes),
  role: fc.option(fc.nat(3)),
  isOfAccount: fc.boolean(),
  by: fc.constantFrom('both', 'both', 'adipose', 'bellyfat'),
  strategy: fc.constantFrom('default', 'most-frequent', 'source-priority'),
  withRules: fc.boolean(),
});

/**
 * Models that nobody has seen: what ships under other ids in another order, and attributes of any shape, level, role and rule beside it,
 * which both reference systems or one of them have.
 */
export const casts = fc
  .record({ salt: fc.integer({ min: 1, max: 1_000_000 }), added: fc.array(drawn, { minLength: 1, maxLength: 8 }) })
  .map(({ salt, added }) => castFrom(salt, added));

/** The ids of the shipped model, each another one. */
export function renamedCast(salt: number): Cast {
  return castFrom(salt, []);
}

function castFrom(salt: number, added: readonly Drawn[]): Cast {
  const rename = renamer(salt);
  const model = new Model(modelWith(added, rename), 1);
  const mapped = (system: 'adipose' | 'bellyfat') => {
    const { attributes, lists, ...rest } = shippedMappings[system];
    const own = added.flatMap(({ by }, n) =>
      by === 'both' || by === system ? [{ attribute: addedId(n), path: `added${n}` }] : [],
    );
    return {
      ...rest,
      attributes: [...attributes.map((one) => ({ ...one, attribute: rename(one.attribute) })), ...own],
      lists: lists.map((one) => ({ ...one, list: rename(one.list) })),
    };
  };
  const rules = {
    ...shippedRules,
    attributes: Object.fromEntries([
      ...Object.entries(shippedRules.attributes).map(([id, rule]) => [rename(id), rule]),
      ...added.flatMap((one, n) => {
        const rule =
          model.attributeOf(addedId(n)).level === 'customer' ? ruleOf(one) : ({ strategy: 'maximum' } as const);
        return rule ? [[addedId(n), rule]] : [];
      }),
    ]) as Record<string, Rule>,
  };
  const values = Object.fromEntries([
    ...Object.entries(shippedValues).map(([id, list]) => [rename(id), list]),
    ...added.map(({ shape }, n) => [addedId(n), kindOf(n, shape) ?? valuesOf[shape]!]),
  ]) as Cast['values'];
  return castOf(model, { adipose: mapped('adipose'), bellyfat: mapped('bellyfat') }, rules, values);
}

/** Every other identifier is of a scheme with rules, every other code of a set. */
function kindOf(n: number, shape: ShapeId): readonly Value[] | null {
  if (n % 2 === 1) return null;
  if (shape === 'identifier') return [kept.identifier, 'FR40303265045'];
  return shape === 'code' ? kept.code : null;
}

function ruleOf({ strategy, withRules }: Drawn): Rule | null {
  if (!withRules || strategy === 'default') return null;
  if (strategy === 'most-frequent') return { strategy };
  return { strategy, order: ['bellyfat', 'adipose'] };
}

function modelWith(added: readonly Drawn[], rename: (id: string) => string): CanonicalModel {
  const { attributes, lists } = shippedCanonicalModel;
  const offered = new Map(offeredShapes().map((one) => [one.shape, one]));
  const others = added.map(({ shape, role, isOfAccount }, n) => {
    const fits = offered.get(shape)!;
    const roles = fits.roles.filter((one) => one !== 'date' && one !== 'name');
    const matching = role === null ? undefined : roles[role];
    const isKept = kindOf(n, shape) !== null;
    return {
      id: addedId(n),
      number: 100 + n,
      label: `Added ${n}`,
      shape,
      level: isOfAccount && shapes[shape].order !== null ? 'account' : 'customer',
      ...(matching && { matching }),
      ...(isKept && shape === 'identifier' && { scheme: 'eu.vat' }),
      ...(isKept && shape === 'code' && { codeSet: 'colours' }),
    };
  });
  const named = <Entry extends { id: string }>(entries: readonly Entry[]) =>
    entries.map((one) => ({ ...one, id: rename(one.id) }));
  const document = {
    format: 1,
    attributes: [...named(attributes), ...others].toReversed(),
    lists: named(lists).toReversed(),
    codeSets: [{ id: 'colours', label: 'Colours', codes: kept.code.map((code) => ({ code, label: `In ${code}` })) }],
  };
  const nothing = canonicalModelDocument.parse({ ...document, lists: [] });
  return mustBeValid(validateCanonicalModel(document, { ...nothing, attributes: [], codeSets: [] })).model;
}

function addedId(n: number): string {
  return `zz${n}.added`;
}

/** Items are named behind their list. */
function renamer(salt: number): (id: string) => string {
  return (id) => {
    const [own, ...rest] = id.split(':');
    let hash = salt;
    for (const letter of own!) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
    return [`q${hash}x${own!.length}`, ...rest].join(':');
  };
}
