import { areConcurrent, differ, witness } from './agreement.ts';
import { flipOf } from './flip.ts';
import { passBirths, passChecks, passGate } from './gate.ts';
import type { GoldenAttribute, OpenConflict } from './golden.ts';
import { choiceFor, earliest, type Matter, type Outcome } from './outcome.ts';
import { divide, type Division } from './ownership.ts';
import { eligible, outranked, rank, withoutUnknown, type Group } from './ranking.ts';
import { judgeOutsiders } from './requests.ts';
import { asksAlways, asksWhenConcurrent, gateOf, type Rule } from './rules.ts';
import { nextCrossing, trustCurve } from './trust.ts';
import { losersOf, refOf, type Lost, type Vote } from './vote.ts';

/** One of the values that were said survives, by the rule's strategy. */
export function decideByBallot(matter: Matter): Outcome {
  const { attribute, roll, hearing } = matter;
  const answered = withoutUnknown(roll.standing);
  const { division, rule } = votersOf(matter, answered.votes);
  const { owner, owned, outsiders } = division;
  const { members, asOf } = hearing;
  const answers = hearing.decisions.answers;

  const able = eligible(owned, rule);
  const born = passBirths(able.votes, asOf);
  const checked = passChecks(born.votes, rule);
  const valid = passGate(checked.votes, gateOf(rule), asOf);
  const { candidates, lent, lost: copies } = witness(valid.votes);
  const ranked = rank(candidates, lent, rule, { asOf, followed: matter.followed });
  const [winner] = ranked;
  if (!winner) {
    const silence = { owner, owned, value: null, at: -Infinity };
    return {
      golden: null,
      conflict: null,
      requests: judgeOutsiders(outsiders, silence, answers, members).requests,
      recheckAt: null,
    };
  }

  const from = winner.votes[0]!;
  const ownership = { owner, owned, value: from.value, at: winner.at };
  const others = judgeOutsiders(outsiders, ownership, answers, members);
  const lost: Lost[] = [
    ...roll.absent,
    ...answered.lost,
    ...able.lost,
    ...born.lost,
    ...checked.lost,
    ...valid.lost,
    ...copies,
    ...outranked(ranked, rule),
    ...others.lost,
  ];
  const choice = choiceFor(winner.votes, roll.choices);
  const explained = { rule: choice ? ('choice' as const) : rule.strategy, losers: losersOf(lost) };
  const golden: GoldenAttribute = {
    value: from.value,
    ...explained,
    from: refOf(from),
    at: winner.at,
    decisionId: choice?.decisionId ?? null,
    owner,
    flip: flipOf(explained),
  };
  const cause = causeOfConflict(candidates, rule);
  return {
    golden,
    conflict: cause && { attribute, cause, candidates: listed(ranked) },
    requests: others.requests,
    recheckAt: earliest([born.recheckAt, valid.recheckAt, trustTurnsAt(candidates, rule, lent, asOf)]),
  };
}

/**
 * Whose votes are counted, and how. Where the owner of a single value has said nothing, the others' go by time; of an item of a list
 * nothing is known then.
 */
function votersOf({ rule, phases }: Matter, standing: readonly Vote[]): { division: Division; rule: Rule } {
  const division = divide(standing, rule, phases);
  if (division.owned.length > 0 || rule.strategy === 'union') return { division, rule };
  const picks = { ...(asksAlways(rule) && { ask: true }), ...(gateOf(rule) && { valid: gateOf(rule)! }) };
  return {
    division: { ...division, owned: division.outsiders, outsiders: [] },
    rule: { strategy: 'most-recent', concurrent: 'decide', ...picks },
  };
}

/** Why no rule may decide which of the candidates is meant; null where the rule does decide. */
function causeOfConflict(candidates: readonly Vote[], rule: Rule): OpenConflict['cause'] | null {
  const hasPair = (test: (a: Vote, b: Vote) => boolean) => candidates.some((a) => candidates.some((b) => test(a, b)));
  if (asksWhenConcurrent(rule) && hasPair(areConcurrent)) return 'concurrent';
  return asksAlways(rule) && hasPair(differ) ? 'asked' : null;
}

function listed(ranked: readonly Group[]): OpenConflict['candidates'] {
  return ranked.flatMap(({ votes }, place) =>
    votes.map((vote) => ({ ...refOf(vote), value: vote.value, at: vote.at, provisional: place === 0 })),
  );
}

/** When trust in two candidates next changes places. */
function trustTurnsAt(
  candidates: readonly Vote[],
  rule: Rule,
  lent: ReadonlyMap<string, { at: number }>,
  asOf: number,
): number | null {
  if (rule.strategy !== 'trust') return null;
  const curves = candidates.map(({ text, system, at }) => ({
    text,
    curve: trustCurve(rule, system, Math.max(at, lent.get(text)?.at ?? -Infinity)),
  }));
  return earliest(
    curves.flatMap((a) => curves.map((b) => (a.text === b.text ? null : nextCrossing(a.curve, b.curve, asOf)))),
  );
}
