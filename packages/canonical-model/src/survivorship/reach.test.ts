import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import { adipose, aChoice, bellyfat, minute, rulesWith, SourceRecord } from './fixtures.ts';
import { noDecisions, type ValueDecisions } from './golden.ts';
import { mostExamples, ReachCount, reachSide } from '../refresh/reach.ts';
import { keptByDelivery } from './kept-by-delivery.ts';
import type { RuleDocument } from './rules.ts';

const phone = 'phone.primary';
const byPriority = rulesWith({ 'phone.primary': { strategy: 'source-priority', order: ['adipose'] } });

function hearing(records: SourceRecord[], decisions: Partial<ValueDecisions> = {}) {
  return {
    members: records.map((record) => record.member()),
    decisions: { ...noDecisions, ...decisions },
    model: modelAsShipped,
    asOf: 1000 * minute,
  };
}

function addTo(
  all: ReachCount,
  customerId: number,
  heard: ReturnType<typeof hearing>,
  from: RuleDocument,
  to: RuleDocument,
) {
  const [before, after] = [from, to].map((rules) => reachSide({ ...heard, rules }));
  const systems = new Map(heard.members.map(({ recordId, lens }) => [recordId, lens.system]));
  const delivered = keptByDelivery(after!.golden!, heard, to);
  all.add({ customerId, before: before!, after: after!, systemOf: (id) => systems.get(id)!, delivered });
}

function preview(to: RuleDocument, customers: SourceRecord[][], from = rulesWith({})) {
  const all = new ReachCount();
  customers.forEach((records, index) => addTo(all, index + 1, hearing(records), from, to));
  const { customers: looked, changed, attributes, systems, examples } = all.result();
  return {
    customers: looked,
    changedCustomers: changed,
    byAttribute: attributes,
    recordsBySystem: Object.fromEntries(Object.entries(systems).map(([system, { rows }]) => [system, rows])),
    samples: examples.map(({ customerId, changes }) => ({ customerId, changes })),
  };
}

describe('what other rules would do, before they are published', () => {
  it('counts customers by attribute and records by system, with samples', () => {
    const turned = () => [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    const agreeing = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+1', 20)];
    expect(preview(byPriority, [turned(), agreeing, turned()])).toEqual({
      customers: 3,
      changedCustomers: 2,
      byAttribute: { [phone]: { changed: 2, opened: 0, closed: 0, delivered: 0 } },
      // Adipose holds its own value already.
      recordsBySystem: { bellyfat: 2 },
      samples: [1, 3].map((customerId) => ({ customerId, changes: [{ attribute: phone, before: '+2', after: '+1' }] })),
    });
  });

  it('the same rules change nothing', () => {
    const customers = [[adipose().changed(phone, '+1', 10), bellyfat().changed(phone, '+2', 20)]];
    expect(preview(rulesWith({}), customers)).toEqual({
      customers: 1,
      changedCustomers: 0,
      byAttribute: {},
      recordsBySystem: {},
      samples: [],
    });
  });

  it('counts the conflicts that would open and close', () => {
    const came = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    const changed = [adipose().changed(phone, '+1', 10), bellyfat().changed(phone, '+2', 20)];
    const asking = rulesWith({ 'phone.primary': { strategy: 'most-recent', ask: true } });
    expect(preview(asking, [came, changed]).byAttribute[phone]).toMatchObject({ changed: 0, opened: 1, closed: 0 });
    const deciding = rulesWith({ 'phone.primary': { strategy: 'most-recent', concurrent: 'decide' } });
    expect(preview(deciding, [came, changed]).byAttribute[phone]).toMatchObject({ changed: 0, opened: 0, closed: 1 });
  });

  it('what a conflict would hold, and what belongs to a system or to a deleted record, is not written', () => {
    const asking = rulesWith({ 'phone.primary': { strategy: 'source-priority', order: ['adipose'], ask: true } });
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    expect(preview(asking, [records]).recordsBySystem).toEqual({});
    const owned = rulesWith({ 'phone.primary': { strategy: 'owner', system: 'adipose' } });
    const third = new SourceRecord('third', 3).came(phone, '+2', 5).deleted();
    expect(
      preview(owned, [
        [adipose(1).came(phone, '+1', 10), adipose(4).came(phone, '+0', 1), bellyfat().came(phone, '+2', 20), third],
      ]).recordsBySystem,
    ).toEqual({ bellyfat: 1 });
  });

  it('a conflict about one attribute holds back no other', () => {
    const records = [
      adipose().came(phone, '+1', 10).changed('email.primary', 'a@x', 10),
      bellyfat().came(phone, '+2', 20).changed('email.primary', 'b@x', 20),
    ];
    expect(preview(byPriority, [records]).recordsBySystem).toEqual({ bellyfat: 1 });
  });

  it('a record that writes both values alike gets no other one', () => {
    const longest = rulesWith({ 'email.primary': { strategy: 'longest' } });
    const records = [adipose(1).came('email.primary', 'x@x', 1), bellyfat(2).came('email.primary', 'Zoe@x', 10)];
    const rival = new SourceRecord('third', 3).came('email.primary', 'zoe@x', 20);
    const { recordsBySystem } = preview(
      longest,
      [[...records, rival]],
      rulesWith({ 'email.primary': { strategy: 'source-priority', order: ['bellyfat'] } }),
    );
    expect(recordsBySystem).toEqual({ bellyfat: 1 });
  });

  it('a system that cannot say the attribute gets nothing; one that never held it does', () => {
    const earliest = rulesWith({ birthDate: { strategy: 'minimum' } });
    const records = [
      bellyfat(2).came('birthDate', '1990-01-01', 10),
      new SourceRecord('third', 3).came('birthDate', '1980-01-01', 5),
      adipose().came(phone, '+1', 1),
      new SourceRecord('fourth', 4).came(phone, '+1', 1),
    ];
    expect(preview(earliest, [records]).recordsBySystem).toEqual({ bellyfat: 1, fourth: 1 });
  });

  it('a value that appears or goes away is a change', () => {
    const shared = rulesWith({ points: { strategy: 'sum' } });
    const records = [[bellyfat().came('points', null, 10), adipose().came(phone, '+1', 1)]];
    const appears = preview(shared, records);
    expect(appears.samples).toEqual([{ customerId: 1, changes: [{ attribute: 'points', before: null, after: null }] }]);
    expect(appears.recordsBySystem, 'nothing is written where nothing is held').toEqual({});
    expect(preview(rulesWith({}), records, shared)).toMatchObject({ changedCustomers: 1, recordsBySystem: {} });
  });

  it('an item that appears is nothing for a system that has no such list', () => {
    const records = [
      new SourceRecord('third', 3).came('products:["A",null]', { sku: 'A' }, 10),
      new SourceRecord('phoneBook', 4).came(phone, '+1', 1),
      new SourceRecord('fourth', 5).came(phone, '+1', 1),
    ];
    expect(preview(rulesWith({ products: { strategy: 'union' } }), [records]).recordsBySystem).toEqual({ fourth: 1 });
  });

  it('what changes of one customer is listed by name, what appears among it', () => {
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20).came('creditLimit', null, 1)];
    const both = rulesWith({
      'phone.primary': byPriority.attributes['phone.primary']!,
      creditLimit: { strategy: 'sum' },
    });
    const [sample] = preview(both, [records]).samples;
    expect(sample!.changes.map(({ attribute }) => attribute)).toEqual(['creditLimit', phone]);
  });

  it('counts the values that stay because they were delivered already', () => {
    const b = bellyfat().came(phone, '+2', 20).took(phone, '+1', 30, { recordId: 1, decisionId: null });
    const records = [adipose().changed(phone, '+1', 25), b];
    const byBellyfat = rulesWith({ 'phone.primary': { strategy: 'source-priority', order: ['bellyfat'] } });
    expect(preview(byBellyfat, [records])).toMatchObject({
      changedCustomers: 0,
      byAttribute: { [phone]: { changed: 0, delivered: 1 } },
    });
    expect(preview(byPriority, [records]).byAttribute).toEqual({});
  });

  it('a superseded value that says what golden says anyway does not count', () => {
    const b = bellyfat().came(phone, '+1', 20).took(phone, '+1', 30, { recordId: 1, decisionId: null });
    const byBellyfat = rulesWith({ 'phone.primary': { strategy: 'source-priority', order: ['bellyfat'] } });
    expect(preview(byBellyfat, [[adipose().changed(phone, '+1', 25), b]]).byAttribute).toEqual({});
  });

  it('what only follows a value that stays is not counted as delivered', () => {
    const b = bellyfat().came(phone, '+2', 20).took(phone, '+1', 30, { recordId: 1, decisionId: null });
    const records = [
      adipose().changed(phone, '+1', 25).came('name', { given: 'A' }, 1),
      b.came('name', { given: 'B' }, 2),
    ];
    const following = rulesWith({
      'phone.primary': { strategy: 'source-priority', order: ['bellyfat'] },
      name: { strategy: 'follow', attribute: phone },
    });
    expect(preview(following, [records]).byAttribute).toEqual({
      [phone]: { changed: 0, opened: 0, closed: 0, delivered: 1 },
      name: { changed: 1, opened: 0, closed: 0, delivered: 0 },
    });
  });

  it('a superseded value that would win with the value that golden has already does not count', () => {
    const b = bellyfat().came(phone, '+1', 20).took(phone, '+1', 30, { recordId: 1, decisionId: null });
    const byBellyfat = rulesWith({ 'phone.primary': { strategy: 'source-priority', order: ['bellyfat'] } });
    expect(preview(byBellyfat, [[adipose().changed(phone, '+1', 15), b]]).byAttribute).toEqual({});
  });

  it('a superseded value that would let another record win, which says the same, counts', () => {
    const b = bellyfat(2).came(phone, '+2', 20).took(phone, '+1', 30, { recordId: 1, decisionId: null });
    const records = [adipose().came(phone, '+1', 40), b, new SourceRecord('third', 3).came(phone, '+2', 25)];
    const byNumber = rulesWith({ 'phone.primary': { strategy: 'most-frequent' } });
    expect(preview(byNumber, [records]).byAttribute).toEqual({
      [phone]: { changed: 0, opened: 0, closed: 0, delivered: 1 },
    });
  });

  it('a superseded value that another one would beat anyway does not count', () => {
    const b = bellyfat().came(phone, '+2', 20).took(phone, '+1', 30, { recordId: 1, decisionId: null });
    const third = new SourceRecord('third', 3).came(phone, '+1', 40);
    const byThird = rulesWith({ 'phone.primary': { strategy: 'source-priority', order: ['third', 'bellyfat'] } });
    expect(preview(byThird, [[adipose().changed(phone, '+1', 25), b, third]]).byAttribute).toEqual({});
  });

  it('a list counts once for a customer, however many of its items change', () => {
    const items = ['A', 'B'].map((sku) => [`products:["${sku}",null]`, { sku }] as const);
    const third = new SourceRecord('third', 3);
    items.forEach(([id, item]) => third.came(id, item, 10));
    const shared = rulesWith({ products: { strategy: 'union' } });
    const { byAttribute, samples } = preview(shared, [[third]]);
    expect(byAttribute).toEqual({ products: { changed: 1, opened: 0, closed: 0, delivered: 0 } });
    expect(samples[0]!.changes.map(({ attribute }) => attribute)).toEqual(items.map(([id]) => id));
  });

  it('keeps the samples of the customers first known, whatever the order they come in', () => {
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    const all = new ReachCount();
    for (let id = mostExamples + 5; id > 0; id -= 1) addTo(all, id, hearing(records), rulesWith({}), byPriority);
    const { examples, changed } = all.result();
    expect(examples.map(({ customerId }) => customerId)).toEqual(
      Array.from({ length: mostExamples }, (_, index) => index + 1),
    );
    expect(changed).toBe(mostExamples + 5);
  });

  it('a result is what was known then, and decisions count under both rules', () => {
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    const all = new ReachCount();
    const chosen = hearing(records, { choices: [aChoice(phone, records.toReversed())] });
    addTo(all, 1, chosen, rulesWith({}), byPriority);
    const before = all.result();
    addTo(all, 2, hearing(records), rulesWith({}), byPriority);
    expect(before).toMatchObject({ customers: 1, changed: 0 });
    expect(all.result()).toMatchObject({ customers: 2, changed: 1 });
  });
});
