import { modelAsShipped } from '../customer/model/model.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns, RecordHistory } from '../facts/fixtures.ts';
import { noDecisions, type Choice } from './golden.ts';
import { shippedRules } from './rules.ts';
import { survive, type MemberRecord } from './survive.ts';

const phone = 'phone.primary';

/** BellyFat's phones with one primary. */
const phones = (digits: string) => ({ phones: [{ e164: `+1${digits}`, use: 'home', primary: true }] });

const adipose = (name = 'MCDONALD, ZOË Q') => new RecordHistory('adipose', 1, { name, email: 'zoe@example.com' });
const bellyfat = () => new RecordHistory('bellyfat', 2);

function survived(histories: RecordHistory[], choices: Choice[] = []) {
  const members = histories.map((history) => history.member());
  return survive({
    members,
    decisions: { ...noDecisions, choices },
    model: modelAsShipped,
    rules: shippedRules,
    asOf: 1000 * 60_000,
  });
}

function choiceOf(chosen: MemberRecord, others: MemberRecord[]): Choice {
  const ref = ({ recordId, state }: MemberRecord) => ({ recordId, position: state.asserted[phone]!.position });
  return { decisionId: 7, attribute: phone, chosen: ref(chosen), basis: [chosen, ...others].map(ref) };
}

describe('most recent by the attribute’s own time', () => {
  it('a value changed later wins over one touched later', () => {
    const a = adipose().push(10).push(50, { email: 'other@example.com' });
    const b = bellyfat().push(20, phones('2025550188'));
    expect(survived([a, b]).attributes[phone]).toMatchObject({
      value: '+12025550188',
      rule: 'most-recent',
      at: 20 * 60_000,
    });
  });

  it('values that records came with go by the rule and open no conflict', () => {
    const { conflicts } = survived([adipose().push(10), bellyfat().push(20, phones('2025550188'))]);
    expect(conflicts).toEqual([]);
  });

  it('a later cleared value wins by time', () => {
    const a = adipose().push(10).push(30, { phone: null });
    expect(survived([a, bellyfat().push(20)]).attributes[phone]!.value).toBeNull();
  });
});

describe('agreement as the system writes (rule 12)', () => {
  it('a cut and recoded copy, though newer, supports the whole value and lends it its time', () => {
    const { attributes, conflicts } = survived([adipose().push(90), bellyfat().push(20)]);
    expect(attributes.name).toMatchObject({
      value: { given: 'Zoë', middle: 'Quincy', family: 'McDonald' },
      at: 90 * 60_000,
      from: { recordId: 2 },
      losers: [{ recordId: 1, why: 'supports' }],
    });
    expect(conflicts).toEqual([]);
  });

  it('a cut copy that is changed back to itself opens no conflict with the whole value', () => {
    const a = adipose('MCDONALD, ZOË').push(10).push(30, { name: 'MCDONALD, ZOË Q' });
    const b = bellyfat().push(10, { person: { given: 'Zoë', family: 'McDonald' } });
    b.push(31, { person: { given: 'Zoë', middle: 'Quincy', family: 'McDonald' } });
    const { attributes, conflicts } = survived([a, b]);
    expect(attributes.name!.value).toEqual({ given: 'Zoë', middle: 'Quincy', family: 'McDonald' });
    expect(conflicts).toEqual([]);
  });

  it('a copy that could come from either of two values abstains', () => {
    const other = new RecordHistory('bellyfat', 3).push(25, {
      person: { given: 'Zoë', middle: 'Quentin', family: 'McDonald' },
    });
    const { attributes } = survived([adipose().push(90), bellyfat().push(20), other]);
    expect(attributes.name).toMatchObject({ from: { recordId: 3 } });
    expect(attributes.name!.losers).toContainEqual(expect.objectContaining({ recordId: 1, why: 'abstains' }));
  });

  it('a name that differs is no cut of the other and wins by time', () => {
    const { attributes } = survived([adipose('MCDONALD, ANN').push(90), bellyfat().push(20)]);
    expect(attributes.name).toMatchObject({ value: { given: 'Ann', family: 'Mcdonald' } });
  });
});

describe('conflicts and choices (rules 13 to 15)', () => {
  const concurrent = (): [RecordHistory, RecordHistory] => [
    adipose().push(10).push(40, { phone: '2025550111' }),
    bellyfat().push(10).push(50, phones('2025550122')),
  ];

  it('two changes that neither system had seen of the other open a conflict with the later one provisional', () => {
    const { conflicts, attributes } = survived(concurrent());
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]).toMatchObject({
      attribute: phone,
      candidates: [
        { recordId: 2, value: '+12025550122', provisional: true },
        { recordId: 1, value: '+12025550111', provisional: false },
      ],
    });
    expect(attributes[phone]!.value).toBe('+12025550122');
  });

  it('a one-sided change is an update', () => {
    const { conflicts, attributes } = survived([
      adipose().push(10).push(40, { phone: '2025550111' }),
      bellyfat().push(10),
    ]);
    expect(conflicts).toEqual([]);
    expect(attributes[phone]!.value).toBe('+12025550111');
  });

  it('a change made over the other’s delivered value is an update, not a conflict', () => {
    const a = adipose().push(10).push(40, { phone: '2025550111' });
    const b = bellyfat().push(10);
    b.offer(45, 'd1', { [phone]: '+12025550111' }, { recordId: 1, decisionId: null });
    b.receipt(46, 'd1', phones('2025550111')).push(60, phones('2025550122'));
    const { conflicts, attributes } = survived([a, b]);
    expect(conflicts).toEqual([]);
    expect(attributes[phone]!.value).toBe('+12025550122');
  });

  it('a conflict closes by itself when the systems agree', () => {
    const [a, b] = concurrent();
    b.push(70, phones('2025550111'));
    expect(survived([a, b]).conflicts).toEqual([]);
  });

  it('a choice settles what it was shown, also for the older value', () => {
    const [a, b] = concurrent();
    const { conflicts, attributes } = survived([a, b], [choiceOf(a.member(), [b.member()])]);
    expect(conflicts).toEqual([]);
    expect(attributes[phone]).toMatchObject({ value: '+12025550111', rule: 'choice', decisionId: 7 });
    expect(attributes[phone]!.losers).toContainEqual(expect.objectContaining({ recordId: 2, why: 'decided-against' }));
  });

  it('a later differing change goes to the rules afresh and may open a new conflict', () => {
    const [a, b] = concurrent();
    const choice = choiceOf(a.member(), [b.member()]);
    b.push(80, phones('2025550133'));
    expect(survived([a, b], [choice]).conflicts).toHaveLength(1);
  });

  it('a delivered choice stays delivered; undone, the replaced value stands again and the conflict is open', () => {
    const [a, b] = concurrent();
    const choice = choiceOf(a.member(), [b.member()]);
    b.offer(60, 'd1', { [phone]: '+12025550111' }, { recordId: 1, decisionId: 7 }).receipt(
      61,
      'd1',
      phones('2025550111'),
    );
    const decided = survived([a, b], [choice]);
    expect(decided.attributes[phone]).toMatchObject({ value: '+12025550111', decisionId: 7 });
    expect(decided.attributes[phone]!.losers).toContainEqual(
      expect.objectContaining({ recordId: 2, why: 'superseded' }),
    );
    expect(survived([a, b]).conflicts).toHaveLength(1);
  });

  it('a superseded value counts again when its supplier is no longer with the customer', () => {
    const [a, b] = concurrent();
    b.offer(60, 'd1', { [phone]: '+12025550111' }, { recordId: 1, decisionId: null }).receipt(
      61,
      'd1',
      phones('2025550111'),
    );
    expect(survived([a, b]).attributes[phone]!.value).toBe('+12025550111');
    expect(survived([b]).attributes[phone]!.value).toBe('+12025550122');
  });
});

describe('order (law 3)', () => {
  it('the order of the records changes nothing', () => {
    const digits = fc.constantFrom('2025550111', '2025550122', '2025550133');
    const edits = fc.array(fc.record({ record: fc.nat(3), digits }), { maxLength: 8 });
    fc.assert(
      fc.property(edits, fc.infiniteStream(fc.nat()), (changes, randoms) => {
        const records = [adipose(), bellyfat(), new RecordHistory('adipose', 3), new RecordHistory('bellyfat', 4)];
        records.forEach((record) => record.push(5));
        changes.forEach(({ record, digits }, index) => {
          const history = records[record]!;
          history.push(10 + index, history.system === 'adipose' ? { phone: digits } : phones(digits));
        });
        const shuffled = records.toSorted(() => ((randoms.next().value as number) % 2) - 0.5);
        expect(survived(shuffled)).toEqual(survived(records));
      }),
      propertyRuns,
    );
  });
});
