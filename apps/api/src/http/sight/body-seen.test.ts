import { masked } from '@cinch/api-contract';
import { canonicalModelDocument, mappingDocument, Model, modelAsShipped, type Json } from '@cinch/canonical-model';
import { describe, expect, it } from 'vitest';
import { BodySeen } from './body-seen.ts';
import { SeenPlaces } from './seen-places.ts';
import { Sight } from './sight.ts';
import { valueInText } from './value-in-text.ts';

const secret = (...ids: string[]) => {
  const { attributes, lists, ...rest } = modelAsShipped.document;
  const as = <One extends { id: string }>(one: One) => ({
    ...one,
    sensitivity: ids.includes(one.id) ? 'sensitive' : 'personal',
  });
  return new Model(canonicalModelDocument.parse({ ...rest, attributes: attributes.map(as), lists: lists.map(as) }), 1);
};
const shop = mappingDocument.parse({
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'person.given' }, family: { path: 'person.family' } } },
    { attribute: 'birthDate', path: 'person.born' },
  ],
  lists: [{ list: 'phones', path: 'phones', members: { use: { path: 'use' }, number: { path: 'e164' } } }],
});
const bodySeen = (model: Model, caller: 'auditor' | 'steward' = 'auditor') => {
  const sight = new Sight(caller, model);
  return new BodySeen(sight, new Map([['shop', new SeenPlaces(shop, sight)]]), sight.hides(model.nameId!));
};
const seen = (body: Json, ...hidden: string[]) => bodySeen(secret(...hidden)).of(body, 'shop');

describe('an answer as the caller may see it', () => {
  it('masks what stands beside or under the attribute, and says the rest', () => {
    const value = {
      attribute: 'birthDate',
      value: '1970-02-03',
      display: '1970-02-03',
      from: { system: 'shop', at: null },
      losers: [{ system: 'shop', display: '1970-02-04', why: 'older' }],
    };
    expect(seen([value, { attribute: 'points', value: 7 }], 'birthDate')).toEqual([
      { ...value, value: masked, display: masked, losers: [{ system: 'shop', display: masked, why: 'older' }] },
      { attribute: 'points', value: 7 },
    ]);
  });

  it('leaves to whoever may see it all as it is, but for the marks in sentences', () => {
    const body = { attribute: 'birthDate', display: '1970', text: `chose ${valueInText('birthDate', '1970')} for it` };
    expect(bodySeen(secret('birthDate'), 'steward').of(body)).toEqual({ ...body, text: 'chose 1970 for it' });
    expect(seen({ text: body.text }, 'birthDate')).toEqual({ text: `chose ${masked} for it` });
  });

  it('tells the places of a row apart by the mapping, and shows none that nothing names', () => {
    const native = {
      id: 'S-1',
      person: { given: 'Jo', born: '1970-02-03' },
      phones: [{ use: 'home', e164: '+12025550100' }],
      ssn: '123',
    };
    expect(seen({ native }, 'birthDate')).toEqual({
      native: { ...native, person: { given: 'Jo', born: masked }, ssn: masked },
    });
    expect(seen({ native }, 'phones')).toEqual({
      native: { ...native, phones: [{ use: masked, e164: masked }], ssn: masked },
    });
    expect(seen({ native })).toEqual({ native });
  });

  it('takes the keys out of the paths of items', () => {
    const holds = { 'phones[use="home",e164="+12025550100"]': { use: 'home' }, 'person.given': 'Jo' };
    expect(seen({ holds }, 'phones')).toEqual({
      holds: { [`phones[${masked}]`]: { use: masked }, 'person.given': 'Jo' },
    });
    expect(seen({ fields: [{ path: 'phones[e164="+1"].use', from: 'home', to: null }] }, 'phones')).toEqual({
      fields: [{ path: `phones[${masked}].use`, from: masked, to: null }],
    });
  });

  it('names a masked item alike throughout an answer, and not by its key', () => {
    const item = (no: number) => ({ attribute: `phones:["home","+1202555010${no}"]`, display: `+1202555010${no}` });
    const [one, other, again] = seen([item(1), item(2), item(1)], 'phones') as { attribute: string }[];
    expect([one, other]).toEqual([
      { attribute: `phones:["${masked} 1"]`, display: masked },
      { attribute: `phones:["${masked} 2"]`, display: masked },
    ]);
    expect(again).toEqual(one);
  });

  it('shows of an accepted line what may be seen of its row', () => {
    const raw = JSON.stringify({
      id: 'S-1',
      version: 2,
      data: { person: { given: 'Jo', born: '1970-02-03' } },
      more: 'x',
    });
    const { raw: line } = seen({ system: 'shop', raw }, 'birthDate') as { raw: string };
    expect(JSON.parse(line)).toEqual({
      id: 'S-1',
      version: 2,
      data: { person: { given: 'Jo', born: masked } },
      more: masked,
    });
    expect(seen({ raw: '{"id": "S-1", born 1970' }, 'birthDate')).toEqual({ raw: masked });
  });

  it('calls customers by nothing where their name is masked', () => {
    const body = { customerId: 'c', display: 'Jo Doe', conflicts: [{ customer: 'Jo Doe', label: 'Phone' }] };
    expect(seen(body, 'name')).toEqual({
      customerId: 'c',
      display: masked,
      conflicts: [{ customer: masked, label: 'Phone' }],
    });
  });

  it('takes out of a match model the values that it names of what the caller may not see', () => {
    const counts = { values: 9, counts: { x: 3 } };
    const document = {
      frequencies: { birthDate: counts, given: counts },
      shared: { at: 'then', dates: { '1970-01-01': 40 }, phones: { '+1': 20 } },
    };
    expect(seen({ document }, 'birthDate')).toEqual({
      document: {
        frequencies: { birthDate: { values: 9, counts: {} }, given: counts },
        shared: { ...document.shared, dates: {} },
      },
    });
  });

  it('leaves other documents as they are: they name attributes, and no customer', () => {
    const document = { attributes: [{ attribute: 'birthDate', steps: [{ from: 'a', to: 'b' }], value: 'x' }] };
    expect(seen({ document, scope: { attribute: 'birthDate', value: '1970' } }, 'birthDate')).toEqual({
      document,
      scope: { attribute: 'birthDate', value: '1970' },
    });
  });
});
