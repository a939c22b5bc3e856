import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import {
  adipose,
  aChoice,
  anAnswer,
  aPin,
  bellyfat,
  losses,
  minute,
  rulesWith,
  SourceRecord,
  survived,
} from './fixtures.ts';
import { noDecisions } from './golden.ts';
import { survive } from './survive.ts';

const lifecycle = 'lifecycle';

describe('lifecycle by a transition table (rule 20)', () => {
  it('the first word sets the phase, whoever says it', () => {
    const { attributes } = survived([new SourceRecord('third', 3).came(lifecycle, 'deceased', 10)]);
    expect(attributes.lifecycle).toMatchObject({
      value: 'deceased',
      rule: 'transition',
      owner: null,
      flip: null,
    });
  });

  it('a phase that another moved the customer into is told to whoever owns it; the owner’s own word is not', () => {
    const b = bellyfat().came(lifecycle, 'active', 5);
    const moved = survived([b, adipose().came(lifecycle, 'active', 10).changed(lifecycle, 'dormant', 20)]);
    expect(moved.attributes.lifecycle).toMatchObject({ value: 'dormant', owner: null });
    const own = survived([bellyfat().came(lifecycle, 'active', 5).changed(lifecycle, 'dormant', 20)]);
    expect(own.attributes.lifecycle).toMatchObject({ value: 'dormant', owner: 'bellyfat' });
  });

  it.each([
    ['the owner of the phase entered may move', 'prospect', 'adipose', 'active', 'active'],
    ['the owner of the phase left may move', 'active', 'adipose', 'dormant', 'dormant'],
    ['the owner of another phase may take the customer there', 'active', 'bellyfat', 'former', 'former'],
    ['who owns neither phase may not move', 'active', 'third', 'former', 'active'],
  ])('%s', (_, from, system, to, now) => {
    const records = [bellyfat().came(lifecycle, from, 10), new SourceRecord(system, 3).changed(lifecycle, to, 20)];
    expect(survived(records).attributes.lifecycle!.value).toBe(now);
  });

  it('a move that the table does not allow asks the owner of the phase that holds', () => {
    const records = [
      adipose().came(lifecycle, 'active', 10),
      new SourceRecord('third', 3).changed(lifecycle, 'former', 20),
    ];
    const { attributes, requests, conflicts } = survived(records);
    expect(attributes.lifecycle).toMatchObject({ value: 'active', at: 10 * minute });
    expect(losses(attributes.lifecycle)).toEqual([[3, 'requested']]);
    expect(requests).toMatchObject([{ system: 'third', owner: 'adipose', value: 'former', base: 'active' }]);
    expect(conflicts).toEqual([]);
    const answers = [anAnswer(lifecycle, records[1]!, false)];
    expect(survived(records, { decisions: { answers } }).requests).toEqual([]);
  });

  it('moves count by business time, not in the order of the records', () => {
    const a = adipose().came(lifecycle, 'active', 10).changed(lifecycle, 'dormant', 40);
    const b = bellyfat().came(lifecycle, 'prospect', 5).changed(lifecycle, 'former', 30);
    const { attributes } = survived([a, b]);
    expect(attributes.lifecycle).toMatchObject({ value: 'former', from: { recordId: 2, position: '30' } });
    expect(losses(attributes.lifecycle)).toEqual([[1, 'supports']]);
  });

  it('a code for several phases agrees with each of them and moves out of others only', () => {
    const b = bellyfat().came(lifecycle, 'deceased', 10);
    const a = adipose().came(lifecycle, 'dormant', 20);
    expect(survived([a, b]).attributes.lifecycle).toMatchObject({ value: 'deceased', losers: [{ why: 'supports' }] });
    b.changed(lifecycle, 'prospect', 30);
    a.changed(lifecycle, 'active', 40).changed(lifecycle, 'dormant', 50);
    expect(survived([a, b]).attributes.lifecycle).toMatchObject({ value: 'dormant', at: 50 * minute });
    expect(losses(survived([a, b]).attributes.lifecycle)).toEqual([[2, 'older']]);
  });

  it('of two moves at one instant the one to the greater text comes last', () => {
    const records = [bellyfat(2).came(lifecycle, 'prospect', 10), bellyfat(3).came(lifecycle, 'former', 10)];
    expect(survived(records).attributes.lifecycle!.value).toBe('prospect');
    expect(survived(records.toReversed()).attributes.lifecycle!.value).toBe('prospect');
  });

  it('a move that a delivery replaced since has still happened', () => {
    const a = adipose().came(lifecycle, 'active', 10);
    a.took(lifecycle, 'dormant', 35, { recordId: 2, decisionId: null });
    const b = bellyfat().came(lifecycle, 'prospect', 5).changed(lifecycle, 'former', 30);
    b.took(lifecycle, 'active', 45, { recordId: 1, decisionId: null });
    expect(survived([a, b]).attributes.lifecycle).toMatchObject({ value: 'former', from: { recordId: 2 } });
    a.changed(lifecycle, 'active', 40);
    expect(survived([a, b]).attributes.lifecycle).toMatchObject({ value: 'active', losers: [{ why: 'superseded' }] });
  });

  it('the move that leads to the golden value is no loser, also when its own record holds another phase by delivery', () => {
    const b = bellyfat().came(lifecycle, 'former', 30).took(lifecycle, 'active', 45, { recordId: 1, decisionId: null });
    const { attributes } = survived([adipose().came(lifecycle, 'active', 10), b]);
    expect(attributes.lifecycle).toMatchObject({ value: 'former', from: { recordId: 2 } });
    expect(losses(attributes.lifecycle)).toEqual([[1, 'older']]);
  });

  it('the moves of a deleted record no longer count, the copies that it left do', () => {
    const a = adipose().came(lifecycle, 'active', 10);
    a.took(lifecycle, 'dormant', 35, { recordId: 2, decisionId: null });
    const b = bellyfat().came(lifecycle, 'prospect', 5).changed(lifecycle, 'deceased', 30).deleted();
    const { attributes } = survived([a, b]);
    expect(attributes.lifecycle).toMatchObject({ value: 'dormant', from: { recordId: 1, position: '35' } });
    expect(losses(attributes.lifecycle)).toEqual([
      [1, 'superseded'],
      [2, 'tombstoned'],
    ]);
  });

  it('saying the phase that holds again is no move', () => {
    const records = [adipose(1).came(lifecycle, 'active', 10), adipose(3).came(lifecycle, 'active', 20)];
    expect(survived(records).attributes.lifecycle).toMatchObject({
      at: 10 * minute,
      from: { recordId: 1 },
      losers: [],
    });
  });

  it('a pinned phase keeps the owner of the phase that was told', () => {
    const a = adipose().came(lifecycle, 'active', 10);
    const { attributes } = survived([a], { decisions: { pins: [aPin(lifecycle, a, 'former', 20)] } });
    expect(attributes.lifecycle).toMatchObject({ value: 'former', owner: 'adipose' });
  });

  it('an empty phase is no move', () => {
    const records = [bellyfat().came(lifecycle, 'former', 10).changed(lifecycle, null, 20)];
    expect(survived(records).attributes.lifecycle).toMatchObject({ value: 'former', at: 10 * minute });
    expect(survived([bellyfat().came(lifecycle, null, 20)])).toEqual({
      kind: 'person',
      attributes: {},
      conflicts: [],
      requests: [],
      recheckAt: null,
    });
  });

  it('a chosen move counts though the table does not allow it', () => {
    const a = adipose().came(lifecycle, 'active', 10);
    const b = bellyfat().came(lifecycle, 'dormant', 15);
    const third = new SourceRecord('third', 3).changed(lifecycle, 'prospect', 20);
    expect(survived([a, third]).attributes.lifecycle!.value).toBe('active');
    const choices = [aChoice(lifecycle, [third, b])];
    const { attributes, requests } = survived([a, b, third], { decisions: { choices } });
    expect(attributes.lifecycle).toMatchObject({ value: 'prospect', rule: 'choice', from: { recordId: 3 } });
    expect(requests).toEqual([]);
  });

  it('a steward’s choice of before outranks the table, both ways', () => {
    const a = adipose().came(lifecycle, 'active', 10);
    const third = new SourceRecord('third', 3).changed(lifecycle, 'former', 20);
    const chosen = survived([a, third], { decisions: { choices: [aChoice(lifecycle, [third, a])] } });
    expect(chosen.attributes.lifecycle).toMatchObject({ value: 'former', rule: 'choice', decisionId: 7 });
    const b = bellyfat().changed(lifecycle, 'former', 30);
    const { attributes } = survived([a, b], { decisions: { choices: [aChoice(lifecycle, [a, b])] } });
    expect(attributes.lifecycle).toMatchObject({ value: 'active', losers: [{ recordId: 2, why: 'decided-against' }] });
  });

  it('a pin of the phase that has ended moves nothing', () => {
    const a = adipose().came(lifecycle, 'active', 10);
    const pins = [aPin(lifecycle, a, 'deceased', 20, 30)];
    expect(survived([a], { decisions: { pins }, asOf: 25 }).attributes.lifecycle!.value).toBe('deceased');
    expect(survived([a], { decisions: { pins }, asOf: 30 }).attributes.lifecycle).toMatchObject({
      value: 'active',
      losers: [{ value: 'deceased', why: 'not-owner' }],
    });
  });

  it('before the first word the initial phase says who owns the others', () => {
    const transition = { ...rulesWith({}).attributes.lifecycle!, initial: 'active' as const };
    const owners = { active: 'adipose', former: 'bellyfat' } as const;
    const rules = rulesWith({ lifecycle: transition as never, name: { strategy: 'owner-by-phase', owners } });
    const a = adipose().came('name', { given: 'A' }, 1);
    const b = bellyfat().came('name', { given: 'B' }, 2).changed(lifecycle, 'former', 10);
    const members = [a.member(), b.member()];
    const told = survive({ members, decisions: noDecisions, model: modelAsShipped, rules, asOf: 20 * minute });
    expect(told.attributes.name).toMatchObject({ value: { given: 'A' }, owner: 'bellyfat' });
  });
});
