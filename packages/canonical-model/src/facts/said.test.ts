import { describe, expect, it } from 'vitest';
import { RecordHistory } from './fixtures.ts';
import { foldTimeline } from './fold.ts';

const byOther = { recordId: 2, decisionId: null };
const account = () => new RecordHistory('adipose', 1).push(10);
const customer = () => new RecordHistory('bellyfat', 1).push(10);

describe('what a record ever said (rule 21)', () => {
  it('is every value of its own, each once, in the order of its timeline; empty is none of them', () => {
    const history = account()
      .push(20, { phone: '2025550188' })
      .push(30, { phone: null })
      .push(40, { phone: '2025550143' })
      .push(50, { phone: '2025550166' });
    expect(history.fold().said['phone.primary']).toEqual(['+12025550143', '+12025550188', '+12025550166']);
  });

  it('holds nothing that was only delivered, and keeps what a delivery replaced', () => {
    const history = account()
      .offer(15, 'd1', { 'phone.primary': '+12025550177' }, byOther)
      .receipt(20, 'd1', { phone: '2025550177' });
    expect(history.fold().said['phone.primary']).toEqual(['+12025550143']);
  });

  it('tells values of several members apart by all of them', () => {
    const { said } = customer()
      .push(20, { person: { given: 'Zoe', middle: 'Quincy', family: 'McDonald' } })
      .fold();
    expect(said.name).toMatchObject([{ given: 'Zoë' }, { given: 'Zoe' }]);
  });
});

describe('what an assertion was made over (rule 13)', () => {
  it('is all that the record held before, said or delivered, each once', () => {
    const native = (number: string) => `{"phone":"${number}"}`;
    const history = account();
    expect(history.fold().state.asserted['phone.primary']!.over).toEqual([]);
    history.push(20, { phone: '2025550188' }).push(30, { phone: '2025550143' });
    history
      .offer(35, 'd1', { 'phone.primary': '+12025550177' }, byOther)
      .receipt(40, 'd1', { phone: '2025550177' })
      .push(50, { phone: '2025550166' });
    const { over } = history.fold().state.asserted['phone.primary']!;
    expect(over).toEqual([native('2025550143'), native('2025550188'), native('2025550177')]);
  });
});

describe('the moves of a life (rule 20)', () => {
  it('are all kept with their times, also after a delivery replaced the last one', () => {
    const history = customer()
      .push(20, { lifecycle: 'dormant' })
      .push(30, { lifecycle: 'active' })
      .offer(35, 'd1', { lifecycle: 'deceased' }, byOther)
      .receipt(40, 'd1', { lifecycle: 'deceased' });
    const { moves, asserted } = history.fold().state;
    expect(moves.lifecycle).toMatchObject([
      { value: 'active', at: 10 * 60_000, change: false, superseded: null },
      { value: 'dormant', at: 20 * 60_000, change: true, superseded: null },
      { value: 'active', at: 30 * 60_000, change: true, superseded: null },
    ]);
    expect(asserted.lifecycle).toMatchObject({ value: 'active', superseded: byOther });
  });

  it('are kept of nothing but the phases of life', () => {
    expect(Object.keys(customer().push(20, { birthDate: '1980-03-01' }).fold().state.moves)).toEqual(['lifecycle']);
  });
});

describe('what is known last (rules 2 and 30)', () => {
  it('a row that was heard counts like one that was pushed', () => {
    const { state } = account().push(20, { phone: '2025550188' }, 'heard').fold();
    expect(state.asserted['phone.primary']).toMatchObject({ value: '+12025550188', change: true });
    expect(state).toMatchObject({ headVersion: 20, wholeVersion: 20 });
  });

  it('of a system without versions the last row by time counts, and no version is known', () => {
    const history = new RecordHistory('adipose', 1).uncounted();
    const { state } = history.push(10).push(30, { phone: '2025550188' }).push(20, { phone: '2025550166' }).fold();
    expect(state).toMatchObject({ headVersion: null, wholeVersion: null, headAt: 30 * 60_000 });
    expect(state.held['phone.primary']!.value).toBe('+12025550188');
  });

  it('the last whole row is the one of the highest version, whatever its clock says', () => {
    const { entries, lens } = account().push(20);
    entries[1]!.at = 5 * 60_000;
    expect(foldTimeline(entries, lens, 'person').state).toMatchObject({ headVersion: 20, wholeVersion: 20 });
  });

  it('a row without a version leaves the version that was known', () => {
    const { state } = account().uncounted().push(20, { phone: '2025550188' }).fold();
    expect(state).toMatchObject({ headVersion: 10, wholeVersion: 10, headAt: 20 * 60_000 });
  });
});
