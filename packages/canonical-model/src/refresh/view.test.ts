import { describe, expect, it } from 'vitest';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { RecordHistory } from '../facts/fixtures.ts';
import { anAdiposeRow } from '../mapping/fixtures.ts';
import type { GoldenAttributes } from '../survivorship/golden.ts';
import { classifyListed } from './listing.ts';
import { viewDifference, wholeView } from './view.ts';

const adipose = () => new RecordHistory('adipose', 1).push(10);
const bellyfat = () => new RecordHistory('bellyfat', 2).push(10);

function golden(values: Partial<Record<AttributeId, Value | null>>, held: AttributeId[] = []) {
  const attributes = Object.fromEntries(
    Object.entries(values).map(([attribute, value]) => [
      attribute,
      { value, rule: 'most-recent', from: { recordId: 9, position: 'p' }, at: 0, decisionId: null, losers: [] },
    ]),
  ) as GoldenAttributes;
  return { kind: 'person' as const, attributes, held };
}

const differenceOf = (history: RecordHistory, wanted: ReturnType<typeof golden>) =>
  viewDifference(wanted, history.fold().state, history.lens);

describe('what a view would change (laws 7 and 8)', () => {
  it('a system that agrees as it writes is left alone: its cut copy is its view', () => {
    const history = new RecordHistory('adipose', 1, { name: 'MCDONALD, ZOË Q', email: 'zoe@example.com' }).push(10);
    const wanted = golden({
      name: { given: 'Zoë', middle: 'Quincy', family: 'McDonald' },
      'email.primary': 'Zoe@Example.com',
    });
    expect(differenceOf(history, wanted).changes).toEqual([]);
  });

  it('an update carries only the paths that differ, and who supplied the value', () => {
    const { changes, carried } = differenceOf(bellyfat(), golden({ 'phone.primary': '+12025550111' }));
    expect(changes).toEqual([
      { path: 'phones[primary=true].e164', attribute: 'phone.primary', from: '+12025550143', to: '+12025550111' },
    ]);
    expect(carried['phone.primary']!.supplier).toEqual({ recordId: 9, decisionId: null });
  });

  it('an attribute under an open conflict stays as the system has it; a record still to be made gets the provisional value', () => {
    const wanted = golden({ 'phone.primary': '+12025550111' }, ['phone.primary']);
    expect(differenceOf(adipose(), wanted).changes).toEqual([]);
    const made = viewDifference(wanted, { held: null, parked: {} }, adipose().lens);
    expect(made.changes).toContainEqual(expect.objectContaining({ path: 'phone', to: '2025550111' }));
  });

  it('what the golden record does not know is not emptied', () => {
    expect(differenceOf(bellyfat(), golden({})).changes).toEqual([]);
  });

  it('a cleared value is written empty', () => {
    const { changes } = differenceOf(adipose(), golden({ 'phone.primary': null }));
    expect(changes).toEqual([{ path: 'phone', attribute: 'phone.primary', from: '2025550143', to: null }]);
  });

  it('a value that the system cannot say is an exception, not an empty field', () => {
    const { changes, inexpressible } = differenceOf(adipose(), golden({ 'phone.primary': '+442071838750' }));
    expect(changes).toEqual([]);
    expect(inexpressible).toMatchObject([{ attribute: 'phone.primary' }]);
  });

  it('a parked value is not sent again, another one is', () => {
    const history = adipose()
      .offer(15, 'd1', { 'phone.primary': '+12025550111' }, { recordId: 2, decisionId: null })
      .refusal(20, 'd1', { phone: 'phone-not-10-digits' });
    const again = differenceOf(history, golden({ 'phone.primary': '+12025550111' }));
    expect(again).toMatchObject({ changes: [], parked: [{ attribute: 'phone.primary', code: 'phone-not-10-digits' }] });
    expect(differenceOf(history, golden({ 'phone.primary': '+12025550112' })).changes).toHaveLength(1);
  });

  it('the whole view is what the system holds, overlaid with what would be delivered', () => {
    const { state } = adipose().fold();
    const { carried } = differenceOf(adipose(), golden({ 'phone.primary': '+12025550111' }));
    expect(wholeView(state.held, carried)).toMatchObject({ phone: '2025550111', email: 'jo@example.com' });
  });
});

describe('what a listed row is (rule 30)', () => {
  const history = adipose();
  const { state } = history.fold();
  const reading = (phone: string) => history.lens.read(anAdiposeRow({ phone }));

  it.each([
    { row: 'unknown to the hub', known: null, phone: '2025550143', version: 1, contentKnown: false, listed: 'news' },
    { row: 'of a higher version', known: state, phone: '2025550111', version: 11, contentKnown: false, listed: 'news' },
    { row: 'as known', known: state, phone: '2025550143', version: 10, contentKnown: true, listed: 'same' },
    {
      row: 'changed without a new version',
      known: state,
      phone: '2025550111',
      version: 10,
      contentKnown: false,
      listed: 'drift',
    },
    { row: 'older than known', known: state, phone: '2025550111', version: 9, contentKnown: true, listed: 'drift' },
    {
      row: 'without versions, content seen before',
      known: state,
      phone: '2025550111',
      version: null,
      contentKnown: true,
      listed: 'drift',
    },
    {
      row: 'without versions, content never seen',
      known: state,
      phone: '2025550111',
      version: null,
      contentKnown: false,
      listed: 'news',
    },
  ])('a row $row is $listed', ({ known, phone, version, contentKnown, listed }) => {
    expect(classifyListed(reading(phone), version, known, contentKnown)).toBe(listed);
  });
});
