import { describe, expect, it } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { RecordHistory } from '../facts/fixtures.ts';
import type { Json } from '../json.ts';
import { aBellyfatRow, anAdiposeRow } from '../mapping/fixtures.ts';
import type { Fields, Lens } from '../mapping/lens.ts';
import type { ChangeRequest, GoldenAttribute } from '../survivorship/golden.ts';
import { viewDifference, wholeView, type GoldenForView, type ViewedRecord } from './view.ts';

const adipose = () => new RecordHistory('adipose', 1).push(10);
const bellyfat = () => new RecordHistory('bellyfat', 2).push(10);

type GoldenValues = Record<AttributeId, Value | null>;

function golden(values: GoldenValues, more: Partial<GoldenForView> = {}): GoldenForView {
  const entries = Object.entries(values) as [AttributeId, Value | null][];
  const attributes = entries.map(([attribute, value]): [string, GoldenAttribute] => {
    const from = { recordId: 9, position: 'p' };
    return [
      attribute,
      { value, rule: 'most-recent', from, at: 0, decisionId: null, owner: null, losers: [], flip: null },
    ];
  });
  return { kind: 'person', attributes: Object.fromEntries(attributes), held: [], requests: [], ...more };
}

/** The same golden record, its values mastered by this system. */
function ownedBy(owner: string, wanted: GoldenForView): GoldenForView {
  const owned = Object.entries(wanted.attributes).map(([attribute, value]) => [attribute, { ...value, owner }]);
  return { ...wanted, attributes: Object.fromEntries(owned) as GoldenForView['attributes'] };
}

const viewed = (history: RecordHistory): ViewedRecord => ({ recordId: history.recordId, ...history.fold().state });
const toBeMade: ViewedRecord = { recordId: null, held: null, asserted: {}, parked: {} };

const differenceOf = (history: RecordHistory, wanted: GoldenForView) =>
  viewDifference(wanted, viewed(history), history.lens);

describe('what a view would change (laws 7 and 8)', () => {
  it('a system that agrees as it writes is left alone: its cut copy is its view', () => {
    const history = new RecordHistory('adipose', 1, { name: 'MCDONALD, ZOË Q', email: 'zoe@example.com' }).push(10);
    const wanted = golden({
      name: { given: 'Zoë', middle: 'Quincy', family: 'McDonald' },
      'email.primary': 'Zoe@Example.com',
    });
    expect(differenceOf(history, wanted)).toMatchObject({ carried: {}, changes: [], parked: [], inexpressible: [] });
  });

  it('another spelling of the same meaning is left as it is, whoever wrote it', () => {
    const wanted = golden({ name: { given: 'Zoë', middle: 'Quincy', family: 'McDonald' } });
    for (const name of ['mcdonald, zoë q', ' McDonald,Zoë Q', 'MCDONALD, ZOË Q'])
      expect(differenceOf(new RecordHistory('adipose', 1, { name }).push(10), wanted).changes).toEqual([]);
  });

  it('an update carries only the paths that differ, and who supplied the value', () => {
    const { changes, carried } = differenceOf(bellyfat(), golden({ 'phone.primary': '+12025550111' }));
    expect(changes).toEqual([
      { path: 'phones[primary=true].e164', attribute: 'phone.primary', from: '+12025550143', to: '+12025550111' },
    ]);
    expect(carried['phone.primary']).toEqual({
      fields: { 'phones[primary=true].e164': '+12025550111' },
      supplier: { recordId: 9, position: 'p', decisionId: null },
    });
  });

  it('changes are listed by their paths', () => {
    const wanted = golden({ 'phone.primary': '+12025550111', 'email.primary': 'new@example.com' });
    expect(differenceOf(adipose(), wanted).changes.map(({ path }) => path)).toEqual(['email', 'phone']);
  });

  it('an attribute under an open conflict stays as the system has it; a record still to be made gets the provisional value', () => {
    const wanted = golden({ 'phone.primary': '+12025550111' }, { held: ['phone.primary'] });
    expect(differenceOf(adipose(), wanted).changes).toEqual([]);
    const made = viewDifference(wanted, toBeMade, adipose().lens);
    expect(made.changes).toContainEqual(expect.objectContaining({ path: 'phone', to: '2025550111' }));
  });

  it('what the golden record does not know is not emptied', () => {
    expect(differenceOf(bellyfat(), golden({})).changes).toEqual([]);
  });

  it('a cleared value is written empty', () => {
    const { changes } = differenceOf(adipose(), golden({ 'phone.primary': null }));
    expect(changes).toEqual([{ path: 'phone', attribute: 'phone.primary', from: '2025550143', to: null }]);
  });

  it('a value that the system cannot say is an exception, not an empty field', () => {
    const { changes, inexpressible } = differenceOf(adipose(), golden({ 'phone.primary': '+442071838750' }));
    expect(changes).toEqual([]);
    expect(inexpressible).toMatchObject([{ attribute: 'phone.primary' }]);
  });

  it('a parked value is not sent again, another one is', () => {
    const history = adipose()
      .offer(15, 'd1', { 'phone.primary': '+12025550111' }, { recordId: 2, decisionId: null })
      .refusal(20, 'd1', { phone: 'phone-not-10-digits' });
    const again = differenceOf(history, golden({ 'phone.primary': '+12025550111' }));
    expect(again).toMatchObject({ changes: [], parked: [{ attribute: 'phone.primary', code: 'phone-not-10-digits' }] });
    expect(differenceOf(history, golden({ 'phone.primary': '+12025550112' })).changes).toHaveLength(1);
  });

  it('the whole view is what the system holds, overlaid with what would be delivered', () => {
    const { state } = adipose().fold();
    const { carried } = differenceOf(adipose(), golden({ 'phone.primary': '+12025550111' }));
    expect(wholeView(state.held, carried)).toMatchObject({ phone: '2025550111', email: 'jo@example.com' });
  });
});

describe('what the closing word must name (rule 30)', () => {
  const phone = 'phone.primary';
  const email = 'email.primary';
  const creditLimit = { amount: '12345.00', currency: 'USD' };
  const asks = (recordId: number, attribute: AttributeId, value: Value): ChangeRequest => {
    const state = { state: 'open', decisionId: null, target: null } as const;
    return { attribute, from: { recordId, position: 'p' }, system: 'bellyfat', owner: 'adipose', value, at: 0, base: null, ...state };
  }; // prettier-ignore
  const namedIn = (history: RecordHistory, wanted: GoldenForView, drifted: Json | null = null) => {
    const record = { ...viewed(history), drifted: drifted === null ? null : history.lens.read(drifted) };
    const { waiting, notCompared } = viewDifference(wanted, record, history.lens);
    const named = (code: string) => notCompared.filter((one) => one.code === code).map(({ attribute }) => attribute);
    return { waiting, named };
  };

  it('an open conflict, in every record that can say the attribute, whatever it holds', () => {
    const wanted = golden({ [phone]: '+12025550143' }, { held: [phone] });
    for (const history of [adipose(), bellyfat()])
      expect(namedIn(history, wanted).waiting).toEqual([{ attribute: phone, code: 'conflict' }]);
  });

  it('an open conflict above a row that drifted beneath it', () => {
    const wanted = golden({ [phone]: '+12025550122' }, { held: [phone] });
    const { waiting } = namedIn(adipose(), wanted, anAdiposeRow({ phone: '2025550111' }));
    expect(waiting).toEqual([{ attribute: phone, code: 'conflict' }]);
  });

  it('an open change request, in the record that asks, also where golden knows nothing', () => {
    const requests = [asks(2, 'creditLimit', creditLimit)];
    const owned = ownedBy('adipose', golden({ creditLimit: { amount: '5000.00', currency: 'USD' } }, { requests }));
    for (const wanted of [owned, golden({}, { requests })])
      expect(namedIn(bellyfat(), wanted).waiting).toEqual([{ attribute: 'creditLimit', code: 'request' }]);
    expect(namedIn(adipose(), owned).waiting).toEqual([]);
  });

  it('an item that is asked for', () => {
    const right = 'rights:["POOL",null]';
    const wanted = golden({}, { requests: [asks(2, right, { code: 'POOL' })] });
    expect(namedIn(bellyfat(), wanted).waiting).toEqual([{ attribute: right, code: 'request' }]);
  });

  it('what is held and golden does not know, and what is held and cannot be read', () => {
    const history = new RecordHistory('bellyfat', 2, { birthDate: 'soon' }).push(10);
    const { named } = namedIn(history, golden({ [email]: 'jo@example.com' }));
    expect(named('unreadable')).toEqual(['birthDate']);
    expect(named('not-mastered')).toContain(phone);
    expect(named('not-mastered')).not.toContain(email);
  });

  it('a list that a drifted row does not tell in full', () => {
    const { held } = bellyfat().fold().state;
    const products = Object.keys(held).filter((id) => id.startsWith('products:'));
    expect(products).not.toEqual([]);
    const { named } = namedIn(bellyfat(), golden({}), aBellyfatRow({ products: 'none' }));
    expect(named('not-told')).toEqual(products);
  });

  it('nothing of a record that is still to be made', () => {
    const wanted = golden({ [phone]: '+12025550122' }, { held: [phone] });
    const { waiting, notCompared } = viewDifference(wanted, toBeMade, adipose().lens);
    expect({ waiting, notCompared }).toEqual({ waiting: [], notCompared: [] });
  });
});

describe('what belongs to a system (rule 19)', () => {
  const phone = 'phone.primary';

  it('a value is not written back to the system that owns it, nor into a record that is made there', () => {
    const wanted = ownedBy('bellyfat', golden({ [phone]: '+12025550111' }));
    expect(differenceOf(bellyfat(), wanted).changes).toEqual([]);
    expect(viewDifference(wanted, toBeMade, bellyfat().lens).changes).toEqual([]);
    expect(differenceOf(adipose(), wanted).changes).toMatchObject([{ to: '2025550111' }]);
    expect(viewDifference(wanted, toBeMade, adipose().lens).carried[phone]).toBeDefined();
  });

  describe('an account-level value', () => {
    const { lens } = adipose();
    const accounts: Lens = { ...lens, attributes: ['points'], write: (_, __, points) => written({ pts: points }), patch: all }; // prettier-ignore
    const held = { points: { fields: { pts: 5 }, value: 5 } };
    const asserted = { points: { position: 'p', value: 5, native: '', at: 0, change: false, over: [], superseded: null, request: null } }; // prettier-ignore
    const sum = golden({ points: 12 });
    const fieldsOf = (wanted: GoldenForView, record: ViewedRecord) =>
      viewDifference(wanted, record, accounts).carried.points?.fields;

    it('stays the record’s own where the record said it; others carry what all records amount to', () => {
      expect(fieldsOf(sum, { ...toBeMade, held, asserted })).toBeUndefined();
      expect(fieldsOf(sum, { ...toBeMade, held })).toEqual({ pts: 12 });
      expect(fieldsOf(sum, toBeMade)).toEqual({ pts: 12 });
    });

    it('that another system owns is no account of this one: its copy is refreshed', () => {
      expect(fieldsOf(ownedBy('bellyfat', sum), { ...toBeMade, held, asserted })).toEqual({ pts: 12 });
    });

    it('a name that the record itself said is no account: it is refreshed', () => {
      const wanted = golden({ 'email.primary': 'new@example.com' });
      expect(differenceOf(adipose(), wanted).changes).toHaveLength(1);
    });
  });

  it('consent that nobody gave or refused is not written, not even empty', () => {
    const { lens } = adipose();
    const consents: Lens = { ...lens, attributes: ['consent.marketing'], write: (_, __, answer) => written({ ok: answer }), patch: all }; // prettier-ignore
    const held = { 'consent.marketing': { fields: { ok: 'yes' }, value: 'yes' } };
    const changesTo = (answer: 'no' | null) =>
      viewDifference(golden({ 'consent.marketing': answer }), { ...toBeMade, held }, consents).changes;
    expect(changesTo(null)).toEqual([]);
    expect(changesTo('no')).toHaveLength(1);
  });
});

describe('a change request (rule 17)', () => {
  const phone = 'phone.primary';
  const unchanged = '+12025550143';

  function request(more: Partial<ChangeRequest> = {}): ChangeRequest {
    return {
      attribute: phone,
      from: { recordId: 1, position: 'p' },
      system: 'adipose',
      owner: 'bellyfat',
      value: '+12025550111',
      at: 0,
      base: unchanged,
      state: 'accepted',
      decisionId: 40,
      target: 2,
      ...more,
    };
  }
  const wantedWith = (...requests: ChangeRequest[]) =>
    ownedBy('bellyfat', golden({ [phone]: '+12025550199' }, { requests }));

  it('that is accepted takes its value to the one record of the owner that was named', () => {
    const { carried, changes } = differenceOf(bellyfat(), wantedWith(request()));
    expect(changes).toMatchObject([{ attribute: phone, from: unchanged, to: '+12025550111' }]);
    expect(carried[phone]).toMatchObject({ request: 40, supplier: { recordId: 1, decisionId: 40 } });
    expect(differenceOf(bellyfat(), wantedWith(request({ target: 3 }))).changes).toEqual([]);
  });

  it('that is open delivers nothing to the owner', () => {
    expect(differenceOf(bellyfat(), wantedWith(request({ state: 'open', decisionId: null, target: 2 }))).changes).toEqual([]); // prettier-ignore
  });

  it('that names no record yet makes none', () => {
    const wanted = wantedWith(request({ target: null }));
    expect(viewDifference(wanted, toBeMade, bellyfat().lens).changes).toEqual([]);
  });

  it('holds the record that asked, open or accepted, and no other', () => {
    const open = request({ state: 'open', decisionId: null, target: null });
    expect(differenceOf(adipose(), wantedWith(open)).changes).toEqual([]);
    expect(differenceOf(adipose(), wantedWith(request())).changes).toEqual([]);
    const other = request({ from: { recordId: 5, position: 'p' } });
    const { carried, changes } = differenceOf(adipose(), wantedWith(other));
    expect(changes).toMatchObject([{ to: '2025550199' }]);
    expect(carried[phone]).not.toHaveProperty('request');
  });

  it('holds only the attribute that it is about', () => {
    const wanted = wantedWith(request({ attribute: 'email.primary' }));
    expect(differenceOf(adipose(), wanted).changes).toMatchObject([{ attribute: phone }]);
  });

  it('of two that were accepted for one record the later answer goes, whichever stands first', () => {
    const later = request({ decisionId: 41, value: '+12025550112' });
    for (const both of [
      [request(), later],
      [later, request()],
    ])
      // prettier-ignore
      expect(differenceOf(bellyfat(), wantedWith(...both)).changes).toMatchObject([{ to: '+12025550112' }]);
  });
});

describe('items of a list', () => {
  const washer = 'products:["WASH-7",null]';
  const dryer = 'products:["DRY-2",null]';
  const pathOf = (id: AttributeId) => `at ${id}`;
  const lists: Lens = {
    ...adipose().lens,
    attributes: [],
    lists: ['products'],
    write: (id, _, value) => written({ [pathOf(id)]: value }),
    patch: all,
  };
  const held = { [washer]: { fields: { [pathOf(washer)]: { sku: 'WASH-7' } }, value: { sku: 'WASH-7' } } };
  const changesOf = (values: GoldenValues, record: ViewedRecord = { ...toBeMade, held }) =>
    viewDifference(golden(values), record, lists).changes;

  it('each is delivered by itself, to systems that can say its list', () => {
    const wanted: GoldenValues = {
      [washer]: { sku: 'WASH-7' },
      [dryer]: { sku: 'DRY-2' },
      'rights:["R",null]': { code: 'R' },
    };
    expect(changesOf(wanted)).toEqual([{ path: pathOf(dryer), attribute: dryer, from: null, to: { sku: 'DRY-2' } }]);
    expect(Object.keys(viewDifference(golden(wanted), toBeMade, lists).carried)).toEqual([dryer, washer]);
  });

  it('one that was removed is removed only where the system holds it', () => {
    expect(changesOf({ [washer]: null, [dryer]: null })).toMatchObject([{ attribute: washer, to: null }]);
    const gone = { [washer]: { fields: { [pathOf(washer)]: null }, value: null } };
    expect(changesOf({ [washer]: null }, { ...toBeMade, held: gone })).toEqual([]);
  });

  it('one that golden does not know is left where it is', () => {
    expect(changesOf({})).toEqual([]);
  });
});

function written(fields: Fields) {
  return { kind: 'written' as const, fields };
}

/** The patch of a lens that writes whatever it is given. */
function all(_: unknown, __: unknown, wanted: Fields): Fields {
  return wanted;
}

describe('a row that drifted (rule 30)', () => {
  const differenceTo = (history: RecordHistory, row: Json, wanted = golden({})) => {
    const { drifted: _, ...known } = { drifted: null, ...viewed(history) };
    return viewDifference(wanted, { ...known, drifted: history.lens.read(row) }, history.lens).changes;
  };
  const boughtOnly = (row: Json, sku: string) => ({
    ...(row as object),
    products: [{ sku, name: 'Rope', purchasedAt: null, serial: null }],
  });

  it('goes back to what was known where golden knows nothing: a value in an empty field is emptied', () => {
    const history = new RecordHistory('adipose', 1, { phone: null }).push(10);
    expect(differenceTo(history, anAdiposeRow({ phone: '2025550111' }))).toEqual([
      { path: 'phone', attribute: 'phone.primary', from: '2025550111', to: null },
    ]);
  });

  it('goes back to what was known under an open conflict, not to the provisional value', () => {
    const wanted = golden({ 'phone.primary': '+12025550122' }, { held: ['phone.primary'] });
    expect(differenceTo(adipose(), anAdiposeRow({ phone: '2025550111' }), wanted)).toEqual([
      { path: 'phone', attribute: 'phone.primary', from: '2025550111', to: '2025550143' },
    ]);
  });

  it('goes on to what is due where golden knows better', () => {
    const wanted = golden({ 'phone.primary': '+12025550122' });
    expect(differenceTo(adipose(), anAdiposeRow({ phone: '2025550111' }), wanted)).toEqual([
      { path: 'phone', attribute: 'phone.primary', from: '2025550111', to: '2025550122' },
    ]);
  });

  it('loses surplus items and gets back those that are gone', () => {
    const history = new RecordHistory('bellyfat', 2, { products: [] }).push(10);
    const added = boughtOnly(aBellyfatRow({ products: [] }), 'ROPE');
    expect(differenceTo(history, added).map(({ to }) => to)).toEqual([null]);
    const owner = new RecordHistory('bellyfat', 2, added).push(10);
    expect(differenceTo(owner, aBellyfatRow({ products: [] })).map(({ from, to }) => [from, to])).toEqual([
      [null, expect.objectContaining({ sku: 'ROPE' })],
    ]);
  });

  it('loses the further elements of an item that was known once, and keeps those that its system told of', () => {
    const item = { sku: 'ROPE', name: 'Rope', purchasedAt: null, serial: null };
    const [once, doubled] = [aBellyfatRow({ products: [item] }), aBellyfatRow({ products: [item, item] })];
    const history = new RecordHistory('bellyfat', 2, once).push(10);
    expect(differenceTo(history, doubled)).toMatchObject([{ from: [{ sku: 'ROPE' }], to: { sku: 'ROPE' } }]);
    expect(differenceTo(history.push(11, { products: [item, item] }), doubled)).toEqual([]);
  });

  it('is not compared, and says so, where what was known could not be read', () => {
    const history = new RecordHistory('bellyfat', 2, { birthDate: 'soon' }).push(10);
    const drifted = history.lens.read(aBellyfatRow({ birthDate: '1999-09-09' }));
    const { changes, notCompared } = viewDifference(golden({}), { ...viewed(history), drifted }, history.lens);
    expect(changes).toEqual([]);
    expect(notCompared).toContainEqual({ attribute: 'birthDate', code: 'unreadable-before' });
  });

  it('gets back its kind', () => {
    expect(differenceTo(adipose(), anAdiposeRow({ cust_type: 'B' }))).toEqual([
      { path: 'cust_type', attribute: null, from: 'B', to: 'P' },
    ]);
    const { person: _, ...others } = aBellyfatRow() as Record<string, Json>;
    const turned = { ...others, organization: { legalName: 'Acme', tradingAs: null } };
    const paths = differenceTo(bellyfat(), turned).map(({ path, to }) => (to === null ? `no ${path}` : path));
    expect(paths).toEqual(['no organization', 'person.family', 'person.given', 'person.middle']);
  });
});
