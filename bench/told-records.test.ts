import { expect, test } from 'vitest';
import { mustBeOld, toldRecords, type Telling, type ToldRecord } from './told-records.ts';

const asOf = Date.UTC(2026, 8, 1);
const told = (act: Telling['act'], at: number): Telling => ({ act, at: asOf + at, form: 'event', version: null });
const gone: ToldRecord = { key: 'A', plot: '', data: {}, firstAt: asOf - 1_000, isShown: false, tellings: [] };

test.each<[string, Partial<ToldRecord>, boolean]>([
  ['nothing was told of it', {}, true],
  ['the load shows it', { isShown: true }, false],
  ['it was told of after the instant', { tellings: [told('patch', 1)] }, false],
  ['it was told of at the instant', { tellings: [told('patch', 0)] }, true],
  ['it was deleted before the instant', { tellings: [told('delete', -1)] }, false],
  ['its row is newer than its delete', { tellings: [told('delete', -2_000)] }, true],
  ['it came back before the instant', { tellings: [told('whole', -1), told('delete', -2)] }, true],
  ['only a patch was told of it, which has no base', { firstAt: null, tellings: [told('patch', -1)] }, false],
  ['it was first told of by a late event', { firstAt: null, tellings: [told('whole', -1)] }, true],
])('what the load does not show is old by the rules or not: %s', (_, difference, isOld) => {
  expect(mustBeOld({ ...gone, ...difference }, asOf)).toBe(isOld);
});

test('among the records of the benchmark are some of each kind that must be flagged, and some that must not', () => {
  const records = toldRecords(5_000, 500, asOf);
  const isNew = ({ firstAt }: ToldRecord) => firstAt === null;
  const kinds = [records.filter((one) => !one.isShown && !isNew(one)), records.filter(isNew)];
  expect(kinds[0]).toHaveLength(500);
  for (const kind of kinds) {
    const old = kind.filter((record) => mustBeOld(record, asOf)).length;
    expect(old).toBeGreaterThan(50);
    expect(kind.length - old).toBeGreaterThan(50);
  }
});
