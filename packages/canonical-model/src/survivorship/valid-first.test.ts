import { describe, expect, it } from 'vitest';
import { aChoice, adipose, bellyfat, losses, SourceRecord, survivedBy } from './fixtures.ts';
import type { Rule } from './rules.ts';

const phone = 'phone.primary';
const good = '+12025550143';
const other = '+442079460123';
/** As long as American numbers are, and of an area that there is not. */
const slip = '+19995550100';
const rule: Rule = { strategy: 'valid-first' };

describe('valid first: what fails a check of its shape may be shown, and loses to what passes', () => {
  it('loses though it is later, and is kept among the losers', () => {
    const { attributes, conflicts } = survivedBy(rule, phone, [
      adipose().came(phone, good, 10),
      bellyfat().came(phone, slip, 50),
    ]);
    expect(attributes[phone]).toMatchObject({ value: good, rule: 'valid-first' });
    expect(attributes[phone]!.losers).toMatchObject([{ recordId: 2, value: slip, why: 'not-valid' }]);
    expect(conflicts).toEqual([]);
  });

  it('is shown where it is all that was said, by one record or by several', () => {
    expect(survivedBy(rule, phone, [adipose().came(phone, slip, 10)]).attributes[phone]).toMatchObject({ value: slip });
    const two = [adipose().came(phone, slip, 10), bellyfat().came(phone, '+19995550101', 20)];
    expect(survivedBy(rule, phone, two).attributes[phone]).toMatchObject({ value: '+19995550101' });
  });

  it('of values that pass the most recent wins, and changes made apart are a question as ever', () => {
    const came = [adipose().came(phone, good, 10), bellyfat().came(phone, other, 20), new SourceRecord('x', 3).came(phone, slip, 30)]; // prettier-ignore
    const { attributes } = survivedBy(rule, phone, came);
    expect(attributes[phone]).toMatchObject({ value: other });
    expect(losses(attributes[phone])).toEqual([
      [1, 'older'],
      [3, 'not-valid'],
    ]);
    const apart = survivedBy(rule, phone, [adipose().changed(phone, good, 10), bellyfat().changed(phone, other, 20)]);
    expect(apart.conflicts).toMatchObject([{ attribute: phone, cause: 'concurrent' }]);
  });

  it('opens no conflict with what passes, though both are changes made apart', () => {
    const { attributes, conflicts } = survivedBy(rule, phone, [
      adipose().changed(phone, good, 10),
      bellyfat().changed(phone, slip, 20),
    ]);
    expect([attributes[phone]!.value, conflicts]).toEqual([good, []]);
  });

  it('goes by time against a value that was emptied, which nothing is wrong with and nothing right', () => {
    const { attributes } = survivedBy(rule, phone, [adipose().came(phone, null, 50), bellyfat().came(phone, slip, 10)]);
    expect(attributes[phone]!.value).toBeNull();
  });

  it('wins where a person chose it', () => {
    const records = [bellyfat().changed(phone, slip, 20), adipose().changed(phone, good, 10)];
    const { attributes } = survivedBy(rule, phone, records, { decisions: { choices: [aChoice(phone, records)] } });
    expect(attributes[phone]).toMatchObject({ value: slip, rule: 'choice' });
  });
});
