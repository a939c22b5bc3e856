import { describe, expect, it } from 'vitest';
import { subjectsChanged } from '../refresh/inward-brake.ts';
import { RecordHistory } from './fixtures.ts';

const supplier = { recordId: 2, decisionId: null };
const [own, delivered] = ['2025550111', '2025550122'];
const subjects = (history: RecordHistory) => [...subjectsChanged(history.fold().changes)];

describe('a value that stood and is changed by its system counts against its share (rule 31)', () => {
  const told = () => new RecordHistory('adipose', 1, { phone: own }).push(1);
  const corrected = () =>
    told()
      .offer(2, 'd', { 'phone.primary': `+1${delivered}` }, supplier)
      .receipt(3, 'd', { phone: delivered });

  it('its own word by another one', () => {
    expect(subjects(told().push(5, { phone: delivered }))).toEqual(['phone.primary']);
  });

  it('one that was delivered by another one', () => {
    expect(subjects(corrected().push(5, { phone: '2025550133' }))).toEqual(['phone.primary']);
  });

  it('one that was delivered by what its system had said before it', () => {
    expect(subjects(corrected().push(5, { phone: own }))).toEqual(['phone.primary']);
  });

  it('what was delivered and is repeated does not', () => {
    expect(subjects(corrected().push(5, { email: 'x@example.com' }))).not.toContain('phone.primary');
  });
});
