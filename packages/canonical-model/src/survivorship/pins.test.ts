import { describe, expect, it } from 'vitest';
import { adipose, aPin, bellyfat, losses, minute, SourceRecord, survived, survivedBy } from './fixtures.ts';

const phone = 'phone.primary';

describe('pins (rule 15)', () => {
  it('a pin binds what was and will be said, and opens no conflict', () => {
    const records = [adipose().changed(phone, '+1', 10), bellyfat().changed(phone, '+2', 50)];
    const pins = [aPin(phone, records[0]!, '+3', 20)];
    const { attributes, conflicts, recheckAt } = survived(records, { decisions: { pins } });
    expect(attributes[phone]).toMatchObject({
      value: '+3',
      rule: 'pin',
      decisionId: 8,
      from: { recordId: 1, position: 'pin.8' },
      at: 20 * minute,
      owner: null,
    });
    expect(losses(attributes[phone])).toEqual([
      [1, 'against-a-pin'],
      [2, 'against-a-pin'],
    ]);
    expect([conflicts, recheckAt]).toEqual([[], null]);
    expect(survived(records).conflicts).toHaveLength(1);
  });

  it('what agrees with the pin, as its system writes, supports it', () => {
    const records = [adipose().came('email.primary', 'zoe@x.org', 10), bellyfat().came('email.primary', 'a@x.org', 10)];
    const pins = [aPin('email.primary', records[1]!, 'Zoe@x.org', 20)];
    expect(losses(survived(records, { decisions: { pins } }).attributes['email.primary'])).toEqual([
      [1, 'supports'],
      [2, 'against-a-pin'],
    ]);
  });

  it('nothing is asked of an owner while the value is pinned', () => {
    const records = [
      bellyfat().came('birthDate', '1980-01-01', 1),
      new SourceRecord('third', 3).changed('birthDate', '1990-01-01', 5),
    ];
    expect(survived(records).requests).toHaveLength(1);
    const pins = [aPin('birthDate', records[0]!, '1970-01-01', 20)];
    const { attributes, requests } = survived(records, { decisions: { pins } });
    expect(attributes.birthDate).toMatchObject({ value: '1970-01-01', owner: 'bellyfat' });
    expect(requests).toEqual([]);
  });

  it('a pin ends at its instant, which is told beforehand; then it is a value said when the pin was made', () => {
    const a = adipose().came(phone, '+1', 10);
    const pins = [aPin(phone, a, '+3', 20, 30)];
    expect(survived([a], { decisions: { pins }, asOf: 29 })).toMatchObject({
      attributes: { [phone]: { rule: 'pin', losers: [{ recordId: 1, position: '10', why: 'against-a-pin' }] } },
      recheckAt: 30 * minute,
    });
    const after = survived([a], { decisions: { pins }, asOf: 30 });
    expect(after).toMatchObject({
      attributes: { [phone]: { value: '+3', rule: 'most-recent', at: 20 * minute, from: { position: 'pin.8' } } },
      recheckAt: null,
    });
    a.changed(phone, '+4', 25);
    const later = survived([a], { decisions: { pins }, asOf: 30 });
    expect(later.attributes[phone]!.value).toBe('+4');
    expect(later.conflicts).toEqual([]);
  });

  it('an expired pin does not stand beside the owner’s word, but before that of others', () => {
    const b = bellyfat().came('birthDate', '1980-01-01', 1);
    const third = new SourceRecord('third', 3).came('birthDate', '1990-01-01', 5);
    const decisions = { pins: [aPin('birthDate', third, '1970-01-01', 20, 30)] };
    expect(survived([b, third], { decisions }).attributes.birthDate).toMatchObject({
      value: '1980-01-01',
      losers: [{ why: 'not-owner' }, { why: 'not-owner' }],
    });
    expect(survived([third], { decisions }).attributes.birthDate!.value).toBe('1970-01-01');
  });

  it('a pin to empty, of an attribute that no record says anything of', () => {
    const a = adipose().came('name', { given: 'A' }, 1);
    const { attributes } = survived([a], { decisions: { pins: [aPin(phone, a, null, 20)] } });
    expect(attributes[phone]).toMatchObject({ value: null, rule: 'pin', losers: [], flip: null });
  });

  it('a pin goes with the record that it was made on, deleted or not', () => {
    const a = adipose().came(phone, '+1', 10);
    const b = bellyfat().came(phone, '+2', 20);
    const decisions = { pins: [aPin(phone, a, '+3', 20)] };
    expect(survived([b], { decisions }).attributes[phone]!.value).toBe('+2');
    expect(survived([a.deleted(), b], { decisions }).attributes[phone]!.value).toBe('+3');
  });

  it('different pins of customers that came together are a conflict, the later provisional', () => {
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+1', 10)];
    const pins = [aPin(phone, records[0]!, '+3', 20, null, 8), aPin(phone, records[1]!, '+4', 30, 90, 9)];
    for (const given of [pins, pins.toReversed()]) {
      const { attributes, conflicts, recheckAt } = survived(records, { decisions: { pins: given }, asOf: 50 });
      expect(attributes[phone]).toMatchObject({ value: '+4', decisionId: 9 });
      expect(losses(attributes[phone])).toContainEqual([1, 'against-a-pin']);
      expect(conflicts).toEqual([
        {
          attribute: phone,
          cause: 'pins',
          candidates: [
            { recordId: 2, position: 'pin.9', value: '+4', at: 30 * minute, provisional: true },
            { recordId: 1, position: 'pin.8', value: '+3', at: 20 * minute, provisional: false },
          ],
        },
      ]);
      expect(recheckAt).toBe(90 * minute);
    }
    const same = pins.map((pin) => ({ ...pin, value: '+3' }));
    expect(survived(records, { decisions: { pins: same }, asOf: 50 }).conflicts).toEqual([]);
  });

  it('a pin of another attribute says nothing here', () => {
    const a = adipose().came(phone, '+1', 10).came('email.primary', 'a@x', 10);
    const { attributes } = survived([a], { decisions: { pins: [aPin('email.primary', a, 'b@x', 20)] } });
    expect(attributes[phone]).toMatchObject({ value: '+1', rule: 'most-recent', losers: [] });
  });

  it('of several instants at which time changes something the earliest is told', () => {
    const a = adipose().came(phone, '+1', 10);
    const pins = [
      aPin(phone, a, '+3', 20, 700, 1),
      aPin('name', a, { given: 'A' }, 20, 600, 2),
      aPin('points', a, 1, 20, null, 3),
    ];
    expect(survived([a], { decisions: { pins }, asOf: 500 }).recheckAt).toBe(600 * minute);
  });

  it('a pin outranks a choice and every rule', () => {
    const a = adipose().came('points', 5, 10);
    const pins = [aPin('points', a, 7, 20)];
    expect(survived([a], { decisions: { pins } }).attributes.points).toMatchObject({ value: 7, owner: 'adipose' });
    expect(survivedBy({ strategy: 'sum' }, 'points', [a]).attributes.points!.value).toBe(5);
  });
});
