import { describe, expect, it } from 'vitest';
import { adipose, anAnswer, bellyfat, losses, minute, SourceRecord, survived, survivedBy } from './fixtures.ts';

const phone = 'phone.primary';
const ownedByBellyfat = { strategy: 'owner', system: 'bellyfat' } as const;
const asked = (records: SourceRecord[], told = {}) => survivedBy(ownedByBellyfat, phone, records, told);

describe('an owned attribute (rules 13 and 17)', () => {
  it('the owner’s value wins over a later one that another record came with, which is no request', () => {
    const { attributes, requests, conflicts } = asked([
      bellyfat().came(phone, '+1', 10),
      adipose().came(phone, '+2', 20),
    ]);
    expect(attributes[phone]).toMatchObject({ value: '+1', rule: 'owner', owner: 'bellyfat', from: { recordId: 2 } });
    expect(losses(attributes[phone])).toEqual([[1, 'not-owner']]);
    expect([requests, conflicts]).toEqual([[], []]);
  });

  it('a later change elsewhere asks the owner, and the golden value stays', () => {
    const records = [bellyfat().changed(phone, '+1', 10), adipose().changed(phone, '+2', 20)];
    const { attributes, requests, conflicts } = asked(records);
    expect(attributes[phone]!.value).toBe('+1');
    expect(losses(attributes[phone])).toEqual([[1, 'requested']]);
    expect(requests).toEqual([
      {
        attribute: phone,
        from: { recordId: 1, position: '20' },
        system: 'adipose',
        owner: 'bellyfat',
        value: '+2',
        at: 20 * minute,
        base: '+1',
        state: 'open',
        decisionId: null,
        target: null,
      },
    ]);
    expect(conflicts).toEqual([]);
  });

  it.each([
    ['a change at the very instant of the owner’s word', 10, 1],
    ['a change that the owner has spoken after', 9, 0],
  ])('%s', (_, at, requests) => {
    const records = [bellyfat().changed(phone, '+1', 10), adipose().changed(phone, '+2', at)];
    expect(asked(records).requests).toHaveLength(requests);
  });

  it('the request lapses when the owner comes to say the same', () => {
    const b = bellyfat().changed(phone, '+1', 10);
    const records = [b, adipose().changed(phone, '+2', 20)];
    b.changed(phone, '+2', 20);
    const { attributes, requests } = asked(records);
    expect(requests).toEqual([]);
    expect(losses(attributes[phone])).toEqual([[1, 'supports']]);
  });

  it('what another record of the owner says already is no request', () => {
    const records = [bellyfat(2).came(phone, '+1', 10), bellyfat(3).came(phone, '+2', 5)];
    const { attributes, requests } = asked([...records, adipose().changed(phone, '+2', 20)]);
    expect(requests).toEqual([]);
    expect(losses(attributes[phone])).toEqual([
      [1, 'not-owner'],
      [3, 'older'],
    ]);
  });

  it('a copy that is what the asking system makes of the owner’s value asks for nothing', () => {
    const records = [bellyfat().came('email.primary', 'Zoe@Example.com', 10)];
    records.push(adipose().changed('email.primary', 'zoe@example.com', 20));
    const { attributes, requests } = survivedBy(ownedByBellyfat, 'email.primary', records);
    expect(attributes['email.primary']!.value).toBe('Zoe@Example.com');
    expect([losses(attributes['email.primary']), requests]).toEqual([[[1, 'supports']], []]);
  });

  it('clearing an owned value is asked for too', () => {
    const records = [bellyfat().came(phone, '+1', 10), adipose().came(phone, '+1', 5).changed(phone, null, 20)];
    expect(asked(records).requests).toMatchObject([{ value: null, base: '+1' }]);
  });

  it('the owner clears its value: nobody else’s counts', () => {
    const records = [bellyfat().came(phone, '+1', 10).changed(phone, null, 12), adipose().came(phone, '+2', 20)];
    expect(asked(records).attributes[phone]!.value).toBeNull();
  });

  it('where the owner has said nothing, the others’ go by time, without conflict or request', () => {
    const records = [adipose().changed(phone, '+1', 10), new SourceRecord('third', 3).changed(phone, '+2', 20)];
    const { attributes, requests, conflicts } = asked(records);
    expect(attributes[phone]).toMatchObject({ value: '+2', rule: 'most-recent', owner: 'bellyfat' });
    expect([requests, conflicts]).toEqual([[], []]);
  });

  it('a change that a delivery replaced since asks for nothing any more', () => {
    const a = adipose().changed(phone, '+2', 20).took(phone, '+1', 30, { recordId: 2, decisionId: null });
    const { attributes, requests } = asked([bellyfat().came(phone, '+1', 10), a]);
    expect([losses(attributes[phone]), requests]).toEqual([[[1, 'superseded']], []]);
  });
});

describe('a steward’s answer', () => {
  const story = () => ({ b: bellyfat().changed(phone, '+1', 10), a: adipose().changed(phone, '+2', 20) });

  it('refused: the value only loses', () => {
    const { a, b } = story();
    const { attributes, requests } = asked([a, b], { decisions: { answers: [anAnswer(phone, a, false)] } });
    expect([losses(attributes[phone]), requests]).toEqual([[[1, 'refused']], []]);
  });

  it('a refusal binds that change only: a later one asks anew', () => {
    const { a, b } = story();
    const answers = [anAnswer(phone, a, false)];
    a.changed(phone, '+3', 25);
    expect(asked([a, b], { decisions: { answers } }).requests).toMatchObject([{ value: '+3', state: 'open' }]);
  });

  it('a refusal of another attribute’s change says nothing here', () => {
    const { a, b } = story();
    const answers = [{ ...anAnswer(phone, a, false), attribute: 'name' as const }];
    expect(asked([a, b], { decisions: { answers } }).requests).toHaveLength(1);
  });

  it('the later of two answers counts, in whatever order they are given', () => {
    const { a, b } = story();
    const answers = [anAnswer(phone, a, true, 2, 12), anAnswer(phone, a, false, null, 11)];
    for (const given of [answers, answers.toReversed()]) {
      expect(asked([a, b], { decisions: { answers: given } }).requests).toMatchObject([{ decisionId: 12 }]);
    }
  });

  it('accepted: the request names the owner’s record until that has the value as its own', () => {
    const { a, b } = story();
    const decisions = { answers: [anAnswer(phone, a, true, 2)] };
    expect(asked([a, b], { decisions }).requests).toMatchObject([{ state: 'accepted', decisionId: 9, target: 2 }]);
    b.changed(phone, '+2', 20, 9);
    const { attributes, requests } = asked([a, b], { decisions });
    expect(attributes[phone]).toMatchObject({ value: '+2', from: { recordId: 2 } });
    expect(requests).toEqual([]);
  });

  it('accepted, but the target stored it otherwise: the owner has answered', () => {
    const { a, b } = story();
    const decisions = { answers: [anAnswer(phone, a, true, 2)] };
    b.changed(phone, '+20', 20, 9);
    const { attributes, requests } = asked([a, b], { decisions });
    expect([losses(attributes[phone]), requests]).toEqual([[[1, 'not-owner']], []]);
  });

  it('accepted, but the target said something of its own since: that counts', () => {
    const { a, b } = story();
    const older = bellyfat(3).came(phone, '+9', 5);
    const decisions = { answers: [anAnswer(phone, a, true, 3)] };
    expect(asked([a, b, older], { decisions }).requests).toHaveLength(1);
    older.changed(phone, '+8', 20);
    expect(asked([a, b, older], { decisions }).requests).toHaveLength(1);
    older.changed(phone, '+8', 21);
    expect(asked([a, b, older], { decisions }).requests).toEqual([]);
  });

  it('accepted for a record that has not said anything of it yet: it gets the value', () => {
    const { a, b } = story();
    const decisions = { answers: [anAnswer(phone, a, true, 3)] };
    const silent = bellyfat(3).came('name', { given: 'B' }, 5);
    expect(asked([a, b, silent], { decisions }).requests).toMatchObject([{ state: 'accepted', target: 3 }]);
  });

  it.each([
    ['deleted', (target: SourceRecord) => [target.deleted()]],
    ['split off', () => []],
  ])('accepted for a record that was %s: it is open again', (_, rest) => {
    const { a, b } = story();
    const decisions = { answers: [anAnswer(phone, a, true, 3)] };
    const records = [a, b, ...rest(bellyfat(3).came(phone, '+9', 5))];
    expect(asked(records, { decisions }).requests).toMatchObject([{ state: 'open', decisionId: null, target: null }]);
  });

  it('accepted for a record that is not the owner’s: it stays open', () => {
    const { a, b } = story();
    const decisions = { answers: [anAnswer(phone, a, true, 1)] };
    expect(asked([a, b], { decisions }).requests).toMatchObject([{ state: 'open' }]);
  });
});

describe('an owner by phase of life (rule 20)', () => {
  const rule = { strategy: 'owner-by-phase', owners: { active: 'adipose', former: 'bellyfat' } } as const;
  const life = () => ({
    a: adipose().came('lifecycle', 'active', 1),
    b: bellyfat().came('lifecycle', 'active', 1).changed('lifecycle', 'former', 50),
  });

  it('each assertion counts by the phase at its own time', () => {
    const { a, b } = life();
    a.changed(phone, '+1', 20);
    b.changed(phone, '+2', 30);
    const { attributes, requests } = survivedBy(rule, phone, [a, b]);
    expect(attributes[phone]).toMatchObject({ value: '+1', rule: 'owner-by-phase', owner: 'bellyfat' });
    expect(losses(attributes[phone])).toEqual([[2, 'not-owner']]);
    expect(requests).toEqual([]);
  });

  it('once the phase has changed its owner’s later value wins, and the other system asks', () => {
    const { a, b } = life();
    b.changed(phone, '+2', 50);
    a.changed(phone, '+1', 70);
    const { attributes, requests } = survivedBy(rule, phone, [a, b]);
    expect(attributes[phone]!.value).toBe('+2');
    expect(requests).toMatchObject([{ system: 'adipose', owner: 'bellyfat', value: '+1' }]);
  });

  it('once the phase is nobody’s there is nobody to ask', () => {
    const active = { strategy: 'owner-by-phase', owners: { active: 'adipose' } } as const;
    const { a, b } = life();
    a.changed(phone, '+1', 10);
    b.changed(phone, '+2', 20);
    const { attributes, requests } = survivedBy(active, phone, [a, b]);
    expect(attributes[phone]).toMatchObject({ value: '+1', owner: null });
    expect([losses(attributes[phone]), requests]).toEqual([[[2, 'not-owner']], []]);
  });

  it('in a phase that nobody was given everybody’s word counts', () => {
    const b = bellyfat().came('lifecycle', 'prospect', 1).changed(phone, '+2', 10);
    const a = adipose().changed(phone, '+1', 20);
    expect(survivedBy(rule, phone, [a, b]).attributes[phone]).toMatchObject({ value: '+1', owner: null });
  });
});

it('the shipped rules let BellyFat master the birth date and share the name', () => {
  const b = bellyfat().came('birthDate', '1980-01-01', 1).came('name', { given: 'A' }, 1);
  const { attributes } = survived([b, new SourceRecord('third', 3).came('birthDate', '1990-01-01', 5)]);
  expect(attributes.birthDate).toMatchObject({ value: '1980-01-01', owner: 'bellyfat' });
  expect(attributes.name!.owner).toBeNull();
});
