import { describe, expect, it } from 'vitest';
import type { ItemId, Value } from '../customer/attributes.ts';
import { undatedAt } from '../facts/entry.ts';
import { adipose, anAnswer, aPin, bellyfat, losses, minute, SourceRecord, survived, survivedBy } from './fixtures.ts';

const consent = 'consent.marketing';
const phone = 'phone.primary';
const further: ItemId = 'phones:["work","+12025550101"]';
const item = { use: 'work', number: '+12025550101' };
const product: ItemId = 'products:["WASH-7",null]';
const washer = { sku: 'WASH-7', name: 'Washer' };

describe('consent (rule 12)', () => {
  it.each<[string, [Value | null, number], [Value | null, number], Value]>([
    ['a known answer beats a later unknown one', ['yes', 10], [null, 20], 'yes'],
    ['the most recent known answer wins', ['no', 10], ['yes', 20], 'yes'],
    ['by a millisecond', ['no', 10], ['yes', 10 + 1 / minute], 'yes'],
    ['at the same instant no wins', ['no', 10], ['yes', 10], 'no'],
  ])('%s', (_, [first, at], [second, later], value) => {
    const records = [adipose().changed(consent, first, at), bellyfat().changed(consent, second, later)];
    const { attributes, conflicts } = survived(records);
    expect(attributes[consent]).toMatchObject({ value, rule: 'consent' });
    expect(conflicts).toEqual([]);
    expect(survived(records.toReversed()).attributes[consent]!.value).toBe(value);
  });

  it('a no of which nobody knows when it was said ties with any dated yes, an undated yes loses to a dated no', () => {
    const undated = undatedAt / minute;
    const no = [adipose().came(consent, 'no', undated), bellyfat().changed(consent, 'yes', 20)];
    expect(survived(no).attributes[consent]).toMatchObject({ value: 'no', losers: [{ why: 'tie' }] });
    const yes = [adipose().came(consent, 'yes', undated), bellyfat().came(consent, 'no', 20)];
    expect(survived(yes).attributes[consent]).toMatchObject({ value: 'no', losers: [{ why: 'older' }] });
    const alone = [adipose().came(consent, 'yes', undated), bellyfat().came(consent, null, 20)];
    expect(survived(alone).attributes[consent]!.value).toBe('yes');
  });

  it('why an answer lost: unknown is none, the other was given earlier or at the same time', () => {
    const records = [
      adipose().came(consent, 'no', 10),
      bellyfat().came(consent, null, 30),
      bellyfat(3).came(consent, 'yes', 5),
      bellyfat(4).came(consent, 'yes', 10),
    ];
    const { attributes } = survived(records);
    expect(attributes[consent]).toMatchObject({ value: 'no', from: { recordId: 1 } });
    // The latest first.
    expect(attributes[consent]!.losers.map(({ at }) => at / minute)).toEqual([30, 10, 5]);
    expect(losses(attributes[consent])).toEqual([
      [2, 'outranked'],
      [3, 'tie'],
      [4, 'tie'],
    ]);
  });

  it('where nobody knows, nothing is known, also when a system masters it', () => {
    const records = [bellyfat().came(consent, null, 10)];
    expect(survived(records).attributes).toEqual({});
    expect(survivedBy({ strategy: 'owner', system: 'bellyfat' }, consent, records).attributes).toEqual({});
  });

  it('a master that does not know leaves it to those that do', () => {
    const records = [bellyfat().came(consent, null, 10), adipose().came(consent, 'yes', 5)];
    const { attributes } = survivedBy({ strategy: 'owner', system: 'bellyfat' }, consent, records);
    expect(attributes[consent]).toMatchObject({ value: 'yes', owner: 'bellyfat' });
  });
});

describe('items of a list (rule 4)', () => {
  it('each item survives by itself', () => {
    const b = bellyfat().came(further, item, 10);
    const { attributes } = survived([b.came('emails:["home","a@b"]', { use: 'home', address: 'a@b' }, 10)]);
    expect(Object.keys(attributes)).toEqual(['emails:["home","a@b"]', further]);
    expect(attributes[further]).toMatchObject({ value: item, rule: 'union', owner: null });
  });

  it.each<[string, number, number, Value | null]>([
    ['a removal outranks an older assertion', 10, 20, null],
    ['a later assertion outranks a removal', 20, 10, item],
    ['at one instant the item is there', 10, 10, item],
  ])('%s', (_, said, removed, value) => {
    const records = [
      bellyfat().came(further, item, said),
      new SourceRecord('third', 3).changed(further, null, removed),
    ];
    expect(survived(records).attributes[further]!.value).toEqual(value);
    expect(survived(records.toReversed()).attributes[further]!.value).toEqual(value);
  });

  it('at one instant an item is there against any number of removals; a plain value has no such favour', () => {
    const said = (id: ItemId | typeof phone, value: Value) => [
      new SourceRecord('third', 3).came(id, value, 10),
      bellyfat(4).changed(id, null, 10),
      bellyfat(5).changed(id, null, 10),
    ];
    expect(survived(said(further, item)).attributes[further]!.value).toEqual(item);
    expect(survived(said(phone, '+1')).attributes[phone]!.value).toBeNull();
  });

  it('an owner without a record of this customer is asked all the same', () => {
    const records = [new SourceRecord('third', 3).changed(product, washer, 20)];
    expect(survived(records)).toMatchObject({ attributes: {}, requests: [{ owner: 'bellyfat', state: 'open' }] });
  });

  it('two ways of telling one item open no conflict: the later one counts', () => {
    const records = [
      bellyfat().changed(further, item, 10),
      new SourceRecord('third', 3).changed(further, { ...item, x: 1 }, 20),
    ];
    const { attributes, conflicts } = survived(records);
    expect(attributes[further]!.value).toEqual({ ...item, x: 1 });
    expect(losses(attributes[further])).toEqual([[2, 'older']]);
    expect(conflicts).toEqual([]);
  });

  it('an item of a mastered list that another system adds is asked for, and golden does not know it', () => {
    const third = new SourceRecord('third', 3).changed(product, washer, 20);
    const owner = bellyfat().came(phone, '+1', 1);
    const { attributes, requests } = survived([third, owner]);
    expect(Object.keys(attributes)).toEqual([phone]);
    expect(requests).toMatchObject([
      { attribute: product, value: washer, base: null, owner: 'bellyfat', at: 20 * minute },
    ]);
  });

  it('an item that another system’s record came with, or removed unknown, asks for nothing', () => {
    const third = new SourceRecord('third', 3).came(product, washer, 20);
    expect(survived([third])).toMatchObject({ attributes: {}, requests: [] });
    third.changed(product, null, 30);
    expect(survived([third])).toMatchObject({ attributes: {}, requests: [] });
  });

  it('a removal of a mastered item is asked for, and refused it only loses', () => {
    const third = new SourceRecord('third', 3).changed(product, null, 20);
    const records = [bellyfat().came(product, washer, 10), third];
    const { attributes, requests } = survived(records);
    expect(attributes[product]).toMatchObject({ value: washer, owner: 'bellyfat' });
    expect(requests).toMatchObject([{ value: null, base: washer }]);
    const answers = [anAnswer(product, third, false)];
    const refused = survived(records, { decisions: { answers } });
    expect(losses(refused.attributes[product])).toEqual([[3, 'refused']]);
  });

  it('an expired pin of a mastered item that its owner never named makes it no item', () => {
    const a = adipose().came('name', { given: 'A' }, 1);
    const pins = [aPin(product, a, washer, 10, 20)];
    expect(survived([a], { decisions: { pins }, asOf: 15 }).attributes[product]!.value).toEqual(washer);
    expect(survived([a], { decisions: { pins }, asOf: 25 }).attributes[product]).toBeUndefined();
  });
});
