import { describe, expect, it } from 'vitest';
import { adipose, aChoice, bellyfat, losses, SourceRecord, survived, survivedBy } from './fixtures.ts';
import type { Rule } from './rules.ts';

const phone = 'phone.primary';

describe('asking a person', () => {
  const changed = () => [adipose().changed(phone, '+1', 10), bellyfat().changed(phone, '+2', 20)];

  it.each<[string, Rule, 'concurrent' | null]>([
    ['most recent asks', { strategy: 'most-recent' }, 'concurrent'],
    ['unless it is told to decide', { strategy: 'most-recent', concurrent: 'decide' }, null],
    ['also when it says so', { strategy: 'most-recent', concurrent: 'ask', ask: false }, 'concurrent'],
    ['source priority asks', { strategy: 'source-priority', order: ['adipose'] }, 'concurrent'],
    ['most frequent asks', { strategy: 'most-frequent' }, 'concurrent'],
    ['most complete asks', { strategy: 'most-complete' }, 'concurrent'],
    ['longest asks', { strategy: 'longest' }, 'concurrent'],
    ['value ranking asks', { strategy: 'value-ranking', order: ['+1'] }, 'concurrent'],
    ['follow asks', { strategy: 'follow', attribute: 'name' }, 'concurrent'],
    ['trust asks', { strategy: 'trust', systems: {} }, 'concurrent'],
    ['an owner is not disputed', { strategy: 'owner', system: 'adipose' }, null],
  ])('changes made apart: %s', (_, rule, cause) => {
    expect(survivedBy(rule, phone, changed()).conflicts.map((conflict) => conflict.cause)).toEqual(
      cause ? [cause] : [],
    );
  });

  it('two changes made apart stay a question, whatever else a record came with', () => {
    const third = new SourceRecord('third', 3).came(phone, '+3', 5);
    expect(survived([...changed(), third]).conflicts).toMatchObject([
      { cause: 'concurrent', candidates: [{ recordId: 2 }, { recordId: 1 }, { recordId: 3 }] },
    ]);
  });

  it('changes by two records of one system go by the rule', () => {
    const records = [bellyfat(1).changed(phone, '+1', 10), bellyfat(2).changed(phone, '+2', 20)];
    expect(survived(records).conflicts).toEqual([]);
  });

  it('a rule that asks asks whenever values differ, until a choice is made, and anew when another value comes', () => {
    const rule = { strategy: 'most-recent', ask: true } as const;
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    const { conflicts, attributes } = survivedBy(rule, phone, records);
    expect(conflicts).toMatchObject([
      {
        cause: 'asked',
        candidates: [
          { value: '+2', provisional: true },
          { value: '+1', provisional: false },
        ],
      },
    ]);
    expect(attributes[phone]!.value).toBe('+2');
    const choices = [aChoice(phone, records)];
    const chosen = survivedBy(rule, phone, records, { decisions: { choices } });
    expect(chosen).toMatchObject({
      conflicts: [],
      attributes: { [phone]: { value: '+1', rule: 'choice', decisionId: 7 } },
    });
    records[1]!.changed(phone, '+3', 30);
    expect(survivedBy(rule, phone, records, { decisions: { choices } }).conflicts).toHaveLength(1);
  });

  it('a rule that asks does not ask about what a system writes alike', () => {
    const records = [adipose().came('email.primary', 'a@x', 10), bellyfat().came('email.primary', 'A@x', 20)];
    expect(survivedBy({ strategy: 'most-recent', ask: true }, 'email.primary', records).conflicts).toEqual([]);
  });

  it('an owner whose records differ may ask too, others only request', () => {
    const rule = { strategy: 'owner', system: 'bellyfat', ask: true } as const;
    const records = [
      bellyfat(2).came(phone, '+1', 10),
      bellyfat(3).came(phone, '+2', 20),
      adipose().came(phone, '+3', 30),
    ];
    const { conflicts } = survivedBy(rule, phone, records);
    expect(conflicts).toMatchObject([{ candidates: [{ recordId: 3 }, { recordId: 2 }] }]);
    const silent = [adipose().came(phone, '+3', 30), new SourceRecord('third', 4).came(phone, '+4', 40)];
    expect(survivedBy(rule, phone, silent).conflicts).toMatchObject([{ cause: 'asked' }]);
  });

  it('a choice outlives a change of the rule, until its basis does', () => {
    const records = changed();
    const choices = [aChoice(phone, [records[0]!, records[1]!])];
    const owned = survivedBy({ strategy: 'owner', system: 'bellyfat' }, phone, records, { decisions: { choices } });
    expect(owned.attributes[phone]).toMatchObject({ value: '+1', rule: 'choice' });
  });

  it('choices that decide against everything that is left decide nothing', () => {
    const records = changed();
    const choices = [aChoice(phone, records, 1), aChoice(phone, records.toReversed(), 2)];
    const { attributes } = survived(records, { decisions: { choices } });
    expect(attributes[phone]).toMatchObject({ value: '+2', decisionId: 2 });
    expect(losses(attributes[phone])).toEqual([[1, 'older']]);
  });

  it('of two choices of one value the later decision is told, in whatever order they are given', () => {
    const records = changed();
    const choices = [aChoice(phone, records, 1), aChoice(phone, records, 2)];
    for (const given of [choices, choices.toReversed()]) {
      expect(survived(records, { decisions: { choices: given } }).attributes[phone]).toMatchObject({ decisionId: 2 });
    }
  });

  it('a value that two records say counts as chosen when the one that a person was shown was chosen', () => {
    const records = changed();
    const choices = [aChoice(phone, records)];
    const third = new SourceRecord('third', 3).came(phone, '+1', 5);
    const { attributes } = survived([...records, third], { decisions: { choices } });
    expect(attributes[phone]).toMatchObject({ value: '+1', rule: 'choice', decisionId: 7 });
  });

  it('a choice binds what it was shown, not the same word of a record that came to the customer later', () => {
    const [a, b] = changed();
    const third = new SourceRecord('third', 3).changed(phone, '+1', 10);
    const { conflicts } = survived([a!, b!, third], { decisions: { choices: [aChoice(phone, [b!, a!])] } });
    expect(conflicts).toMatchObject([{ candidates: [{ recordId: 2 }, { recordId: 3 }] }]);
  });

  it('a choice of another attribute that was said in the same breath says nothing here', () => {
    const records = changed();
    records[0]!.changed('email.primary', 'a@x', 10);
    records[1]!.changed('email.primary', 'b@x', 20);
    const choices = [aChoice('email.primary', records)];
    expect(survived(records, { decisions: { choices } }).conflicts).toMatchObject([{ attribute: phone }]);
  });

  it('a rule that says not to ask does not', () => {
    const records = [adipose().came(phone, '+1', 10), bellyfat().came(phone, '+2', 20)];
    expect(survivedBy({ strategy: 'most-recent', ask: false }, phone, records).conflicts).toEqual([]);
  });

  it('a choice of a record that is with another customer now says nothing here', () => {
    const [a, b] = changed();
    const third = new SourceRecord('third', 3).came(phone, '+9', 1);
    const choices = [aChoice(phone, [third, a!, b!])];
    expect(survived([a!, b!], { decisions: { choices } }).conflicts).toHaveLength(1);
  });
});
