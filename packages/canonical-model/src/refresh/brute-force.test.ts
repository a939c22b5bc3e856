import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemListOf, type AttributeId, type Value } from '../customer/attributes.ts';
import { RecordHistory } from '../facts/fixtures.ts';
import type { Json } from '../json.ts';
import { aBellyfatRow, anAdiposeRow } from '../mapping/fixtures.ts';
import { writePath } from '../mapping/path.ts';
import type { GoldenAttribute } from '../survivorship/golden.ts';
import { classifyListed } from './listing.ts';
import { viewDifference, type GoldenForView } from './view.ts';

/** `npm run equality` takes a thousand cases; a hundred stand for them here. */
const cases = process.env['npm_lifecycle_event'] === 'equality' ? 1_000 : 100;

type Row = { [member: string]: Json };
const rowOf = { adipose: anAdiposeRow, bellyfat: aBellyfatRow };
const from = <T extends Json>(...values: T[]) => fc.constantFrom(...values);

const right = (code: string, status: string) => ({ code, scope: null, validFrom: null, validTo: null, status });
const bought = (sku: string, name: string) => ({ sku, name, purchasedAt: null, serial: null });
const rights = fc.subarray([right('POOL', 'active'), right('GYM', 'active'), right('SAUNA', 'ended')]);
const products = fc.subarray([bought('WASH-7', 'Washer'), bought('DRY-2', 'Dryer')]);
/** Some rows have an element twice. */
const twice = (list: fc.Arbitrary<Row[]>) =>
  fc.tuple(list, fc.boolean()).map(([some, more]) => (more && some[0] ? [...some, some[0]] : some) as Json);

/** What a row may be changed to: other values, none, other spellings of one meaning, items in any number and order. */
const changes = {
  adipose: fc.record(
    {
      name: from('BROOK, ANN', 'brook,  ann', 'REED, ANN Q'),
      phone: from(null, '', '2025550111', ' 2025550122'),
      email: from(null, 'a@example.com', 'A@example.com'),
      addr1: from('1 ELM ST', '1 elm st', '2 OAK ST'),
      addr2: from(null, 'APT 4', 'FLAT 9'),
      status: from('A', 'I'),
      loyalty_pts: from(120, 121),
    },
    { requiredKeys: [] },
  ),
  bellyfat: fc.record(
    {
      birthDate: from(null, '', '1980-02-29', '1999-09-09'),
      lifecycle: from('active', 'dormant', 'former'),
      rights: twice(rights),
      products: twice(products),
      emails: from([], [{ address: 'b@example.com', use: 'home', primary: true }]),
    },
    { requiredKeys: [] },
  ),
};

const values: Record<string, readonly (Value | null)[]> = {
  'phone.primary': [null, '+12025550111', '+12025550122', '+442071838750'],
  'email.primary': [null, 'a@example.com', 'b@example.com'],
  birthDate: ['1980-02-29', '1999-09-09', null],
  lifecycle: ['active', 'dormant', 'former'],
  name: [
    { given: 'Ann', family: 'Brook' },
    { given: 'Ann', middle: 'Quincy', family: 'Reed' },
  ],
  'rights:["POOL",null]': [{ code: 'POOL', status: 'active' }, { code: 'POOL', status: 'ended' }, null],
  'products:["WASH-7",null]': [{ sku: 'WASH-7', name: 'Washer' }, null],
};

const golden: fc.Arbitrary<GoldenForView> = fc
  .tuple(
    fc.record(Object.fromEntries(Object.entries(values).map(([id, some]) => [id, fc.constantFrom(...some)])), {
      requiredKeys: [],
    }),
    fc.subarray<AttributeId>(['phone.primary', 'email.primary', 'birthDate', 'name']),
  )
  .map(([known, held]) => {
    const attributes = Object.entries(known).map(([id, value]): [string, GoldenAttribute] => {
      const by = { from: { recordId: 9, position: 'p' }, rule: 'most-recent', decisionId: null, owner: null } as const;
      return [id, { value: value ?? null, ...by, at: 0, losers: [], flip: null }];
    });
    return { kind: 'person', attributes: Object.fromEntries(attributes), held, requests: [] };
  });

/** Case by case, without any of what planning uses to leave things out: what the row should say of the attribute in the end. */
function shouldSay(history: RecordHistory, { attributes, held }: GoldenForView, id: AttributeId): Value | null {
  const { lens } = history;
  const known = history.fold().state.held[id]?.value ?? null;
  const survived = attributes[id];
  if (!survived || held.includes(id)) return known;
  const written = lens.write(id, 'person', survived.value);
  return written.kind === 'inexpressible' ? known : (lens.meaning(id, 'person', written.fields) ?? null);
}

it.each(['adipose', 'bellyfat'] as const)(
  `planning for %s equals a brute-force comparison of every place, in ${cases} random cases`,
  (system) => {
    const property = fc.property(changes[system], changes[system], golden, (before, behind, wanted) => {
      const history = new RecordHistory(system, 1, before).push(10);
      const { state } = history.fold();
      const { lens } = history;
      const row = { ...rowOf[system](before), ...behind };
      const reading = lens.read(row);
      const listed = classifyListed(reading, 10, state, false, lens);
      const drifted = listed === 'same' ? null : reading;
      const difference = viewDifference(wanted, { recordId: 1, ...state, drifted }, lens);
      const after = difference.changes.reduce<Json>((one, { path, to }) => writePath(one, path, to), row);

      const items = Object.keys({ ...state.held, ...reading.attributes, ...wanted.attributes }) as AttributeId[];
      const ofLists = items.filter((id) => itemListOf(id) !== null && lens.lists.includes(itemListOf(id)!));
      const faults: string[] = [];
      let isEqualBefore = true;
      for (const id of new Set([...lens.attributes, ...ofLists])) {
        const said = (value: Value | null | undefined) =>
          value == null ? 'null' : lens.model.attributeOf(id).shape.classOf(value);
        const should = said(shouldSay(history, wanted, id));
        const [was, is] = [reading, lens.read(after)].map(({ attributes }) => attributes[id]);
        if (said(was?.value) !== should) isEqualBefore = false;
        if ((was?.repeats ?? 0) > (state.held[id]?.repeats ?? 0)) isEqualBefore = false;
        if (said(is?.value) !== should) faults.push(`${id} should say ${should}`);
      }
      expect(faults).toEqual([]);
      expect(difference.changes.length === 0, 'nothing is written exactly where all is equal').toBe(isEqualBefore);
    });
    fc.assert(property, { numRuns: cases });
  },
);
