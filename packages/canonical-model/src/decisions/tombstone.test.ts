import { describe, expect, it } from 'vitest';
import { RecordHistory } from '../facts/fixtures.ts';
import { closingId, isCreationClosed, isTombstoned, tombstoneOf } from './tombstone.ts';

const adipose = () => new RecordHistory('adipose', 1).push(10);
const stateOf = (history: RecordHistory) => history.fold().state;
const confirmed = (history: RecordHistory) => [{ base: stateOf(history).headPosition! }];

describe('a tombstone (rule 26)', () => {
  it.each([
    { record: 'that its system holds', state: stateOf(adipose()), confirmations: [], tombstoned: false },
    { record: 'that its system deleted', state: stateOf(adipose().delete(20)), confirmations: [], tombstoned: true },
    {
      record: 'that its system deleted and told of again',
      state: stateOf(adipose().delete(20).push(30)),
      confirmations: [],
      tombstoned: false,
    },
    { record: 'confirmed gone', state: stateOf(adipose()), confirmations: confirmed(adipose()), tombstoned: true },
    {
      record: 'confirmed gone that its system told of since',
      state: stateOf(adipose().push(20)),
      confirmations: confirmed(adipose()),
      tombstoned: false,
    },
  ])('a record $record is tombstoned: $tombstoned', ({ state, confirmations, tombstoned }) => {
    expect(isTombstoned(state, confirmations)).toBe(tombstoned);
  });

  it('is named by the delete, or by the last that was known when a person confirmed it', () => {
    const deleted = stateOf(adipose().delete(20));
    expect(tombstoneOf(deleted, [])).toBe(deleted.deleted!.position);
    expect(tombstoneOf(stateOf(adipose()), confirmed(adipose()))).toBe(stateOf(adipose()).headPosition);
  });

  it('closes the creation there until a person reopens it; another delete closes it again', () => {
    const closings = (history: RecordHistory) => [
      closingId({ recordId: 1, position: tombstoneOf(stateOf(history), [])! }),
    ];
    const first = adipose().delete(20);
    const reopened = [{ closings: closings(first) }];
    expect(isCreationClosed([], [])).toBe(false);
    expect(isCreationClosed(closings(first), [])).toBe(true);
    expect(isCreationClosed(closings(first), reopened)).toBe(false);
    expect(isCreationClosed(closings(first.push(30).delete(40)), reopened)).toBe(true);
  });

  it('an exclusion closes it too, each for itself', () => {
    const [first, second] = [closingId({ decisionId: 7 }), closingId({ decisionId: 8 })];
    expect(isCreationClosed([first], [{ closings: [second] }])).toBe(true);
    expect(isCreationClosed([first, second], [{ closings: [first] }, { closings: [second] }])).toBe(false);
  });
});
