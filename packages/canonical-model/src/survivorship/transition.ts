import type { AttributeId } from '../customer/attributes.ts';
import { phases as allPhases, type Phase } from '../customer/shapes/phase.ts';
import { agreesWith } from './agreement.ts';
import { flipOf } from './flip.ts';
import { assertionId } from './golden.ts';
import { choiceFor, type Matter, type Outcome } from './outcome.ts';
import type { Phases } from './ownership.ts';
import { judgeOutsiders } from './requests.ts';
import type { Hearing, Roll } from './roll.ts';
import type { RuleOf } from './rules.ts';
import { byTime, isShown, losersOf, lost, refOf, voteOf, type Vote } from './vote.ts';

interface Step {
  phase: Phase;
  vote: Vote;
}

/** The customer's life as it was told. */
export interface Life {
  /** Each move that was made, the first one included, in business-time order. */
  steps: readonly Step[];
  /** The moves, by id, that the table does not allow. */
  barred: ReadonlySet<string>;
}

/**
 * Folds all moves of all live records, those too that a delivery superseded since: they happened. The owner of the phase left or
 * entered may move; so may a steward's choice. A code that stands for several phases moves only when the phase so far is none of them.
 */
export function foldLife(
  attribute: AttributeId,
  { owners }: RuleOf<'transition'>,
  roll: Roll,
  { members }: Hearing,
): Life {
  const moves = members
    .filter((member) => !member.tombstoned)
    .flatMap((member) => (member.state.moves[attribute] ?? []).map((move) => voteOf(attribute, member, move)));
  const isChosen = (vote: Vote) => roll.choices.some((choice) => isShown(vote, choice.chosen));
  const steps: Step[] = [];
  const barred = new Set<string>();
  for (const vote of [...moves, ...roll.copies].sort(byTime).reverse()) {
    const phase = allPhases.find((one) => one === vote.value);
    if (!phase || roll.isDecidedAgainst(vote)) continue;
    const last = steps.at(-1)?.phase;
    if (last && agreesWith(vote, last)) continue;
    const may = !last || [owners[last], owners[phase]].includes(vote.system!) || isChosen(vote);
    if (may) steps.push({ phase, vote });
    else barred.add(assertionId(vote));
  }
  return { steps, barred };
}

/** The phases that a life went through; before its first one, the initial phase of the rule, if there is such a rule. */
export function phasesOf({ steps }: Life, rule: RuleOf<'transition'> | null): Phases {
  const initial = rule?.initial ?? null;
  return {
    at: (instant) => steps.findLast(({ vote }) => vote.at <= instant)?.phase ?? initial,
    now: steps.at(-1)?.phase ?? initial,
  };
}

/** The value that the moves lead to. */
export function decideByTransition(matter: Matter, rule: RuleOf<'transition'>, { steps, barred }: Life): Outcome {
  const { roll, hearing } = matter;
  const last = steps.at(-1);
  if (!last) return { golden: null, conflict: null, requests: [], recheckAt: null };

  const { phase: value, vote: from } = last;
  const owner = rule.owners[value];
  const spoken = roll.standing.filter((vote) => vote.text !== from.text);
  // Phases are moved between, not asked for, by a steward too: an expired pin has had its time.
  const isBarred = (vote: Vote) => vote.member === null || barred.has(assertionId(vote));
  const others = judgeOutsiders(
    spoken.filter(isBarred),
    { owner, owned: [from], value, at: from.at },
    hearing.decisions.answers,
    hearing.members,
  );
  const passed = spoken.filter((vote) => !isBarred(vote));
  const choice = choiceFor([from], roll.choices);
  const explained = {
    rule: choice ? ('choice' as const) : rule.strategy,
    losers: losersOf([
      ...roll.absent.filter(({ vote }) => assertionId(vote) !== assertionId(from)),
      ...lost(
        passed.filter((vote) => agreesWith(vote, value)),
        'supports',
      ),
      ...lost(
        passed.filter((vote) => !agreesWith(vote, value)),
        'older',
      ),
      ...others.lost,
    ]),
  };
  const decisionId = choice?.decisionId ?? null;
  // Whoever owns the phase may be told of it: only its own word is not written back to it.
  const isOwnersWord = from.system === owner;
  const golden = {
    value,
    ...explained,
    from: refOf(from),
    at: from.at,
    decisionId,
    owner: isOwnersWord ? owner : null,
    flip: flipOf(explained),
  };
  return { golden, conflict: null, requests: others.requests, recheckAt: null };
}
