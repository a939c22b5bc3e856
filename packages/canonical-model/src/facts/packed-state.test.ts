import { describe, expect, it } from 'vitest';
import { RecordHistory } from './fixtures.ts';
import { foldTimeline } from './fold.ts';
import { packKnown, unpackKnown } from './packed-state.ts';
import type { RecordState } from './record-state.ts';

const supplier = { recordId: 2, decisionId: null };
const stateOf = ({ entries, lens, epochs }: RecordHistory) => foldTimeline(entries, lens, 'person', epochs).state;
const untimed = (history: RecordHistory) => {
  history.entries.splice(0, 1, { ...history.entries[0]!, timing: 'accepted' });
  return history;
};
const partsOf = ({ held, asserted, delivered, parked, moves, takenBack }: RecordState) => {
  return { held, asserted, delivered, parked, moves, takenBack };
};

const histories: [string, RecordState][] = [
  ['a first row', stateOf(new RecordHistory('adipose', 1).push(10))],
  ['a row without versions', stateOf(new RecordHistory('bellyfat', 1).uncounted().push(10))],
  [
    'edits and what they were made over',
    stateOf(new RecordHistory('adipose', 1).push(10).push(20, { phone: null, status: 'I' })),
  ],
  [
    'values that are held no more',
    stateOf(
      new RecordHistory('adipose', 1)
        .push(10)
        .offer(20, 'd1', { 'email.primary': 'new@example.com' }, supplier)
        .push(30, { email: 'new@example.com' }),
    ),
  ],
  ['a first row of which nobody knows since when it holds', stateOf(untimed(new RecordHistory('adipose', 1).push(10)))],
  [
    'values with a time beside values without',
    stateOf(untimed(new RecordHistory('adipose', 1).push(10)).push(20, { phone: null, status: 'I' })),
  ],
  ['a deleted record', stateOf(new RecordHistory('adipose', 1).push(10).delete(20))],
];

describe('a packed state', () => {
  it.each(histories)('gives back %s', (_, state) => {
    expect(unpackKnown(packKnown(state))).toEqual(partsOf(state));
  });

  it.each(histories)('is shorter than what it stands for: %s', (_, state) => {
    expect(packKnown(state).length).toBeLessThan(JSON.stringify(partsOf(state)).length * 0.7);
  });

  it('says of what is held as it was said, at the time of its row, only which row it was', () => {
    const [, state] = histories[0]!;
    const { positions, asserted, moves } = JSON.parse(packKnown(state)) as Record<string, object>;
    expect(positions).toEqual([state.headPosition]);
    for (const one of Object.values(asserted!)) expect(one).toEqual({ position: 0 });
    expect(moves).toEqual({ lifecycle: [{ position: 0 }] });
  });

  it.each([
    { what: 'read otherwise since', value: '+12025550199' },
    { what: 'cannot be read any more', value: undefined },
  ])('keeps what an assertion says of fields that are held and $what', ({ value }) => {
    const [, state] = histories[0]!;
    const phone = { ...state.held['phone.primary']!, value };
    for (const said of ['+12025550143', null]) {
      const asserted = { 'phone.primary': { ...state.asserted['phone.primary']!, value: said } };
      const parts = { ...partsOf(state), held: { 'phone.primary': phone }, asserted, moves: {}, takenBack: [] };
      expect(unpackKnown(packKnown(parts))).toEqual(parts);
    }
  });

  it('is read where nothing was left out, too', () => {
    const [, [, state]] = histories as [unknown, [string, RecordState]];
    expect(unpackKnown(JSON.stringify(partsOf(state)))).toEqual(partsOf(state));
  });

  it('keeps what an assertion says that is held otherwise, at a time of its own, superseded and for a request', () => {
    const [, state] = histories[0]!;
    const name = state.asserted.name!;
    const strange = {
      ...name,
      native: '{"name":"OTHER"}',
      value: null,
      at: name.at + 1,
      superseded: supplier,
      request: 7,
    };
    const parts = { ...partsOf(state), asserted: { ...state.asserted, name: strange } };
    expect(unpackKnown(packKnown(parts))).toEqual(parts);
  });
});
