import { describe, expect, it } from 'vitest';
import { RecordHistory } from '../facts/fixtures.ts';
import type { RecordState } from '../facts/record-state.ts';
import { anAdiposeRow } from '../mapping/fixtures.ts';
import type { Reading } from '../mapping/lens.ts';
import { classifyListed, type Listed } from './listing.ts';

const adipose = () => new RecordHistory('adipose', 1).push(10);
const { lens } = adipose();
const [known, other] = ['2025550143', '2025550111'];

/** A row of a system that counts versions; null: of one that counts none. */
interface Row {
  phone: string;
  version: number | null;
  /** The very row stands in the timeline. */
  seen?: boolean;
}

const listedAs = (state: RecordState | null, { phone, version, seen }: Row) =>
  classifyListed(lens.read(anAdiposeRow({ phone })), version, state, seen ?? false, lens);

describe('what a listed row is (rule 30)', () => {
  const { state } = adipose().fold();
  const uncounted = { ...state, headVersion: null, wholeVersion: null };

  it.each<{ row: string; state: RecordState | null; listed: Listed } & Row>([
    { row: 'unknown to the hub', state: null, phone: known, version: 1, listed: 'news' },
    { row: 'of a higher version', state, phone: other, version: 11, listed: 'news' },
    { row: 'of a higher version that says the same', state, phone: known, version: 11, listed: 'news' },
    { row: 'as known', state, phone: known, version: 10, listed: 'same' },
    { row: 'changed without a new version', state, phone: other, version: 10, listed: 'drift' },
    { row: 'older than known', state, phone: other, version: 9, seen: true, listed: 'drift' },
    { row: 'without versions, as known', state: uncounted, phone: known, version: null, seen: true, listed: 'same' },
    {
      row: 'without versions, seen before',
      state: uncounted,
      phone: other,
      version: null,
      seen: true,
      listed: 'drift',
    },
    { row: 'without versions, never seen', state: uncounted, phone: other, version: null, listed: 'news' },
    { row: 'with the first version of its system', state: uncounted, phone: known, version: 0, listed: 'news' },
  ])('a row $row is $listed', ({ state: before, listed, ...row }) => {
    expect(listedAs(before, row)).toBe(listed);
  });

  describe('when the hub was last told in part', () => {
    const parted = adipose().patch(12, { email: 'new@example.com' }).fold().state;

    it.each<{ row: string; email: string; version: number; listed: Listed }>([
      { row: 'that says no more', email: 'new@example.com', version: 12, listed: 'same' },
      { row: 'that says more', email: 'newer@example.com', version: 12, listed: 'news' },
      { row: 'of the last whole version', email: 'newer@example.com', version: 10, listed: 'drift' },
    ])('a row $row is $listed', ({ email, version, listed }) => {
      expect(classifyListed(lens.read(anAdiposeRow({ email })), version, parted, false, lens)).toBe(listed);
    });
  });

  describe('when the hub was told of its delete', () => {
    const deleted = adipose().delete(12).fold().state;
    const uncountedToo = { ...deleted, headVersion: null, wholeVersion: null };

    it.each<{ row: string; state: RecordState; listed: Listed } & Row>([
      { row: 'still there', state: deleted, phone: known, version: 12, listed: 'surplus' },
      { row: 'still there as it was before', state: deleted, phone: other, version: 9, listed: 'surplus' },
      { row: 'made anew', state: deleted, phone: known, version: 13, listed: 'news' },
      {
        row: 'without versions, seen before',
        state: uncountedToo,
        phone: known,
        version: null,
        seen: true,
        listed: 'surplus',
      },
      { row: 'without versions, never seen', state: uncountedToo, phone: other, version: null, listed: 'news' },
    ])('a row $row is $listed', ({ state, listed, ...row }) => {
      expect(listedAs(state, row)).toBe(listed);
    });
  });

  it('a row that no longer has an item of a list, without a new version, is drift; one that does not tell of the list is untold', () => {
    const item = { fields: { 'products[sku="WASH-7",serial=null]': { sku: 'WASH-7' } }, value: { sku: 'WASH-7' } };
    const before = { ...state, held: { ...state.held, 'products:["WASH-7",null]': item } };
    const row = lens.read(anAdiposeRow());
    const listed = (more: Partial<Reading>) => classifyListed({ ...row, ...more }, 10, before, false, lens);
    expect(listed({ lists: ['products'] })).toBe('drift');
    expect(listed({ lists: [] })).toBe('untold');
  });
});
