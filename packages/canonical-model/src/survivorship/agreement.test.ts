import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import { RecordHistory } from '../facts/fixtures.ts';
import { adipose, bellyfat, losses, minute, rulesWith, SourceRecord, survived, survivedBy } from './fixtures.ts';
import { noDecisions } from './golden.ts';
import { survive } from './survive.ts';

const email = 'email.primary';

describe('agreement as the system writes (rule 12)', () => {
  it('a record agrees with what it says itself, though its system would have written that otherwise', () => {
    const owner = new RecordHistory('bellyfat', 2).push(10, { emails: [{ address: 'Jo@x.org', primary: true }] });
    const asker = new RecordHistory('adipose', 1).push(10, { email: 'old@x.org' }).push(20, { email: 'Jo@x.org' });
    const rules = rulesWith({ [email]: { strategy: 'owner', system: 'bellyfat' } });
    const members = [owner.member(), asker.member()];
    const { attributes, requests } = survive({
      members,
      decisions: noDecisions,
      model: modelAsShipped,
      rules,
      asOf: 1000 * minute,
    });
    expect(losses(attributes[email])).toEqual([[1, 'supports']]);
    expect(requests.filter(({ attribute }) => attribute === email)).toEqual([]);
  });

  it('a copy that its system cut within a letter supports the whole, and opens no conflict', () => {
    const whole = { given: 'Robin😀x', family: 'Ashdown' };
    for (const torn of ['Robin\uFFFD', 'Robin\uD83D']) {
      const records = [
        bellyfat().changed('name', whole, 10),
        new SourceRecord('plain', 1)
          .came('name', { ...whole, given: 'Rob' }, 5)
          .changed('name', { ...whole, given: torn }, 90),
      ];
      const { attributes, conflicts } = survived(records);
      expect(attributes.name).toMatchObject({ value: whole, at: 90 * minute });
      expect(losses(attributes.name)).toEqual([[1, 'supports']]);
      expect(conflicts).toEqual([]);
    }
  });

  it('a copy of a copy lends its time to the value that both come from', () => {
    const records = [
      adipose(1).came(email, 'zoe@x', 90),
      new SourceRecord('plain', 2).came(email, 'Zoe@x', 50),
      bellyfat(3).came(email, 'Zoé@x', 10),
    ];
    const { attributes } = survived(records);
    expect(attributes[email]).toMatchObject({ value: 'Zoé@x', at: 90 * minute, from: { recordId: 3 } });
    expect(losses(attributes[email])).toEqual([
      [1, 'supports'],
      [2, 'supports'],
    ]);
  });

  it('an empty place of a system that cannot say the value is no copy of it: it abstains, and lends no time', () => {
    const empty = new SourceRecord('phoneBook', 1).came('address.primary', null, 90);
    const { attributes } = survived([empty, bellyfat().came('address.primary', { lines: ['12 Main Street'] }, 10)]);
    expect(attributes['address.primary']).toMatchObject({ value: { lines: ['12 Main Street'] }, at: 10 * minute });
    expect(losses(attributes['address.primary'])).toEqual([[1, 'abstains']]);
  });

  it('three systems that each write the next one’s value as their own: none is the whole one, and time decides', () => {
    const records = [
      new SourceRecord('early', 1).changed('lifecycle', 'prospect', 10),
      new SourceRecord('middle', 2).changed('lifecycle', 'active', 30),
      new SourceRecord('round', 3).changed('lifecycle', 'dormant', 20),
    ];
    const { attributes, conflicts } = survivedBy({ strategy: 'most-recent' }, 'lifecycle', records);
    expect(attributes.lifecycle).toMatchObject({ value: 'active', rule: 'most-recent', at: 30 * minute });
    expect(losses(attributes.lifecycle)).toEqual([
      [1, 'older'],
      [3, 'older'],
    ]);
    expect(conflicts).toEqual([]);
  });
});
