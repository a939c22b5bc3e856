import { modelAsShipped } from '../customer/model/model.ts';
import { expect, it } from 'vitest';
import type { Entry } from '../facts/entry.ts';
import { RecordHistory } from '../facts/fixtures.ts';
import { foldTimeline } from '../facts/fold.ts';
import { noDecisions, type Choice } from './golden.ts';
import { shippedRules } from './rules.ts';
import { survive } from './survive.ts';

const edited = (late: boolean) => {
  const history = new RecordHistory('adipose', 1).push(10).push(30, { phone: '2025550111' });
  const before = new RecordHistory('adipose', 1).push(10).push(20, { phone: '2025550111', email: 'x@example.com' });
  if (late) history.entries.push(before.entries[1]!);
  const { state } = foldTimeline(history.entries, history.lens, 'person');
  return { recordId: 1, lens: history.lens, state, tombstoned: false };
};
const rival = new RecordHistory('bellyfat', 2).push(10).push(40, {
  phones: [{ e164: '+12025550122', use: 'home', primary: true }],
});
const outcome = (late: boolean, choices: Choice[]) => {
  const decisions = { ...noDecisions, choices };
  return survive({
    members: [edited(late), rival.member()],
    decisions,
    model: modelAsShipped,
    rules: shippedRules,
    asOf: 10 ** 12,
  });
};

it('a late entry that shows the value was said earlier does not undo the choice that was made about it', () => {
  const { candidates } = outcome(false, []).conflicts.find((one) => one.attribute === 'phone.primary')!;
  const chosen = candidates.find((candidate) => candidate.recordId === 2)!;
  const choice = { decisionId: 7, attribute: 'phone.primary' as const, chosen, basis: candidates };
  for (const late of [false, true]) {
    const { attributes, conflicts } = outcome(late, [choice]);
    expect(attributes['phone.primary']).toMatchObject({ value: '+12025550122', rule: 'choice', decisionId: 7 });
    expect(conflicts.filter((one) => one.attribute === 'phone.primary')).toEqual([]);
  }
  const moved = outcome(true, []).attributes['phone.primary']!.losers[0]!;
  expect(candidates.map((candidate) => candidate.position)).not.toContain(moved.position);
});

it('the same value said again later is another assertion: the choice did not see it', () => {
  const { candidates } = outcome(false, []).conflicts.find((one) => one.attribute === 'phone.primary')!;
  const chosen = candidates.find((candidate) => candidate.recordId === 2)!;
  const choice = { decisionId: 7, attribute: 'phone.primary' as const, chosen, basis: candidates };
  const again = new RecordHistory('adipose', 1)
    .push(10)
    .push(30, { phone: '2025550111' })
    .push(50, { phone: '2025550133' })
    .push(60, { phone: '2025550111' });
  const members = [again.member(), rival.member()];
  const decisions = { ...noDecisions, choices: [choice] };
  const survived = survive({ members, decisions, model: modelAsShipped, rules: shippedRules, asOf: 10 ** 12 });
  expect(survived.conflicts.map((one) => one.attribute)).toContain('phone.primary');
});

const shownPhones = (history: RecordHistory) => {
  const members = [history.member(), rival.member()];
  return survive({
    members,
    decisions: noDecisions,
    model: modelAsShipped,
    rules: shippedRules,
    asOf: 10 ** 12,
  }).conflicts.find((one) => one.attribute === 'phone.primary')!.candidates;
};

it.each([
  {
    what: 'the same value at the same instant, under an earlier version',
    version: 29,
    at: 30,
    number: 111,
    binds: true,
  },
  { what: 'another value, though by an earlier clock', version: 31, at: 25, number: 133, binds: false },
])('a row arrives that says $what: the choice binds: $binds', ({ version, at, number, binds }) => {
  const history = new RecordHistory('adipose', 1).push(10).push(30, { phone: '2025550111' });
  const candidates = shownPhones(history);
  const chosen = candidates.find((candidate) => candidate.recordId === 2)!;
  const choice = { decisionId: 7, attribute: 'phone.primary' as const, chosen, basis: candidates };
  const late = new RecordHistory('adipose', 1).push(at, { phone: `2025550${number}`, email: 'x@example.com' });
  history.entries.push({ ...late.entries[0]!, version } as Entry);
  const position = history.member().state.asserted['phone.primary']!.position;
  expect(candidates.map((candidate) => candidate.position)).not.toContain(position);
  const members = [history.member(), rival.member()];
  const decisions = { ...noDecisions, choices: [choice] };
  const { conflicts } = survive({ members, decisions, model: modelAsShipped, rules: shippedRules, asOf: 10 ** 12 });
  expect(conflicts.some((one) => one.attribute === 'phone.primary')).toBe(!binds);
});
