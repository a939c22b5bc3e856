import { describe, expect, it } from 'vitest';
import { adipose, aChoice, aPin, bellyfat, losses, minute, SourceRecord, survived } from './fixtures.ts';

const phone = 'phone.primary' as const;
const by = (recordId: number, decisionId: number | null = null) => ({ recordId, decisionId });

describe('what a delivery replaced (rules 10 and 11)', () => {
  const story = () => {
    const a = adipose().changed(phone, '+1', 10);
    const b = bellyfat().came(phone, '+2', 20).took(phone, '+1', 30, by(1));
    return { a, b };
  };

  it('no longer votes while its supplier is with the customer', () => {
    const { a, b } = story();
    const { attributes, conflicts } = survived([a, b]);
    expect(attributes[phone]!.value).toBe('+1');
    expect([losses(attributes[phone]), conflicts]).toEqual([[[2, 'superseded']], []]);
    a.changed(phone, '+3', 5);
    expect(survived([a, b]).attributes[phone]!.value).toBe('+3');
  });

  it('is listed among the losers by its time, whatever the others lost for', () => {
    const { a, b } = story();
    const { attributes } = survived([
      a.changed(phone, '+1', 40),
      b,
      new SourceRecord('third', 3).came(phone, '+3', 25),
    ]);
    expect(attributes[phone]!.losers.map(({ at, why }) => [at / minute, why])).toEqual([
      [25, 'older'],
      [20, 'superseded'],
    ]);
    const late = survived([a, b, new SourceRecord('third', 3).came(phone, '+3', 15)]).attributes[phone]!;
    expect(late.losers.map(({ why }) => why)).toEqual(['superseded', 'older']);
  });

  it('counts again when the supplier is split off', () => {
    expect(survived([story().b]).attributes[phone]).toMatchObject({ value: '+2', losers: [] });
  });

  it('counts again when what the supplier told is taken back, whatever else it says, and not when another word of it is', () => {
    const b = bellyfat()
      .changed(phone, '+2', 10)
      .took(phone, '+1', 30, { ...by(1), position: '20' });
    const a = adipose().came(phone, '+0', 5);
    const third = new SourceRecord('third', 3).came(phone, '+3', 8);
    a.state.takenBack = ['19'];
    expect(survived([a, b, third]).attributes[phone]!.value, 'superseded').toBe('+3');
    a.state.takenBack = ['20'];
    expect(survived([a, b, third]).attributes[phone]).toMatchObject({ value: '+2', from: { recordId: 2 } });
  });

  it('when the supplier is deleted the copy counts as the holder’s own, from when it was acknowledged', () => {
    const { a, b } = story();
    const { attributes } = survived([a.deleted(), b]);
    expect(attributes[phone]).toMatchObject({ value: '+1', from: { recordId: 2, position: '30' }, at: 30 * minute });
    expect(losses(attributes[phone])).toEqual([
      [1, 'tombstoned'],
      [2, 'superseded'],
    ]);
  });

  it('so it does when the supplier began again, wherever it stands by then: who it was is there no more (rules 11, 22)', () => {
    const { b } = story();
    const lives = new Map([[1, '-.40.x']]);
    expect(survived([b], { lives }).attributes[phone]).toMatchObject({ value: '+1', from: { recordId: 2 } });
    // One that left and is who it was takes its value with it.
    expect(survived([b]).attributes[phone]!.value).not.toBe('+1');
    const again = adipose().changed(phone, '+8', 40);
    again.state.lifeSince = '-.40.x';
    expect(survived([b, again]).attributes[phone]).toMatchObject({ value: '+8', from: { recordId: 1 } });
    // What the other had said already before anybody knew goes with him.
    const since = bellyfat()
      .came(phone, '+2', 20)
      .took(phone, '+1', 30, { ...by(1), position: '7.50.x' });
    expect(survived([since], { lives: new Map([[1, '7.40.x']]) }).attributes[phone]!.value).toBe('+2');
    expect(survived([since], { lives: new Map([[1, '8.45.x']]) }).attributes[phone]!.value).toBe('+1');
  });

  it('such a copy is no change: it opens no conflict', () => {
    const { a, b } = story();
    const third = new SourceRecord('third', 3).changed(phone, '+9', 25);
    const { attributes, conflicts } = survived([a.deleted(), b, third]);
    expect(attributes[phone]!.value).toBe('+1');
    expect(conflicts).toEqual([]);
  });

  it('a record that said nothing of its own keeps the copy of a deleted supplier too', () => {
    const b = bellyfat().took(phone, '+1', 30, by(1));
    expect(survived([adipose().changed(phone, '+1', 10), b]).attributes[phone]!.from.recordId).toBe(1);
    expect(survived([adipose().changed(phone, '+1', 10).deleted(), b]).attributes[phone]).toMatchObject({
      value: '+1',
      from: { recordId: 2 },
    });
    expect(survived([b]).attributes).toEqual({});
  });

  it('the copy of a supplier that lives says nothing', () => {
    const a = adipose().changed(phone, '+1', 10).changed(phone, '+7', 40);
    const b = bellyfat().came('name', { given: 'B' }, 1).took(phone, '+1', 50, by(1));
    expect(survived([a, b]).attributes[phone]!.value).toBe('+7');
  });

  it('the system’s own later word counts, not the copy', () => {
    const { a, b } = story();
    b.changed(phone, '+5', 35);
    expect(survived([a.deleted(), b]).attributes[phone]).toMatchObject({
      value: '+5',
      losers: [{ why: 'tombstoned' }],
    });
  });

  it.each([
    ['a choice', (a: SourceRecord, b: SourceRecord) => ({ choices: [aChoice(phone, [a, b], 5)] })],
    ['a pin, also when it has ended', (a: SourceRecord) => ({ pins: [aPin(phone, a, '+1', 25, 40, 5)] })],
    [
      'an accepted request',
      (a: SourceRecord) => ({
        answers: [{ decisionId: 5, attribute: 'name' as const, request: a.ref(phone), accepted: true, target: 2 }],
      }),
    ],
  ])('a value that was replaced for %s comes back when that is undone', (_, decide) => {
    const a = adipose().came(phone, '+1', 10);
    const b = bellyfat().came(phone, '+2', 20);
    const decisions = decide(a, b);
    b.took(phone, '+1', 30, by(1, 5));
    expect(survived([a, b], { decisions }).attributes[phone]!.value).toBe('+1');
    expect(survived([a, b]).attributes[phone]!.value).toBe('+2');
  });

  it('a copy for a decision that was undone does not outlive its deleted supplier', () => {
    const a = adipose().came(phone, '+1', 10).deleted();
    const b = bellyfat().came(phone, '+2', 20).took(phone, '+1', 30, by(1, 5));
    expect(survived([a, b]).attributes[phone]!.value).toBe('+2');
  });

  it('reconsidered it votes again; that undone, it does not', () => {
    const { a, b } = story();
    const reconsidered = [{ decisionId: 4, attribute: phone, assertions: [b.ref(phone)] }];
    expect(survived([a, b], { decisions: { reconsidered } }).attributes[phone]!.value).toBe('+2');
    const elsewhere = [{ ...reconsidered[0]!, attribute: 'name' as const }];
    expect(survived([a, b], { decisions: { reconsidered: elsewhere } }).attributes[phone]!.value).toBe('+1');
  });

  it('records that were delivered to each other in turn all keep their word', () => {
    const a = adipose().came(phone, '+1', 10).took(phone, '+2', 30, by(2));
    const b = bellyfat().came(phone, '+2', 20).took(phone, '+1', 40, by(1));
    expect(survived([a, b]).attributes[phone]).toMatchObject({ value: '+2', losers: [{ recordId: 1, why: 'older' }] });
  });
});

describe('deleted records (rule 26)', () => {
  it('a deleted record’s assertions stop counting, and open no conflict', () => {
    const records = [adipose().changed(phone, '+1', 10), bellyfat().changed(phone, '+2', 20).deleted()];
    const { attributes, conflicts } = survived(records);
    expect(attributes[phone]).toMatchObject({ value: '+1', losers: [{ recordId: 2, why: 'tombstoned' }] });
    expect(conflicts).toEqual([]);
  });

  it('what only a deleted record said is not known any more', () => {
    const records = [adipose().came('name', { given: 'A' }, 1), bellyfat().came(phone, '+2', 20).deleted()];
    expect(Object.keys(survived(records).attributes)).toEqual(['name']);
  });

  it('a customer without a live record has no values, conflicts or requests', () => {
    const a = adipose().changed(phone, '+1', 10).deleted();
    const decisions = { pins: [aPin(phone, a, '+2', 20, 2000)] };
    expect(survived([a], { decisions })).toEqual({
      kind: 'person',
      attributes: {},
      conflicts: [],
      requests: [],
      recheckAt: null,
    });
  });

  it('the customer is of the kind of most of its live records', () => {
    const records = [adipose(1), adipose(2), adipose(3)];
    records.forEach((record) => record.came(phone, '+1', 1));
    records[1]!.state.kind = 'organization';
    expect(survived(records).kind).toBe('person');
    records[2]!.state.kind = 'organization';
    expect(survived(records).kind).toBe('organization');
    records[2]!.deleted();
    expect(survived(records).kind).toBe('person');
    expect(survived(records.toReversed()).kind).toBe('person');
    records[0]!.deleted();
    expect(survived(records).kind).toBe('organization');
    records[1]!.deleted();
    expect(survived(records).kind).toBe('organization');
  });
});
