import { customerKinds, type AttributeId, type CustomerKind } from '../customer/attributes.ts';
import { decideByAggregate, isAggregate } from './aggregate.ts';
import { decideByBallot } from './ballot.ts';
import type { GoldenAttributes, Survived } from './golden.ts';
import { earliest, type Matter, type Outcome } from './outcome.ts';
import type { Phases } from './ownership.ts';
import { decideByPin } from './pinned.ts';
import { callRoll, type Hearing, type Roll } from './roll.ts';
import { ruleFor, type Rule, type RuleDocument } from './rules.ts';
import { decideSole, isUndecided, soleVoice } from './sole.ts';
import { decideByTransition, foldLife, phasesOf, type Life } from './transition.ts';
import type { MemberRecord } from './vote.ts';

export type { MemberRecord } from './vote.ts';

/** `members` are the customer's records, `decisions` those that stand about them, `asOf` the instant in milliseconds since 1970, UTC. */
export interface SurviveInput extends Hearing {
  rules: RuleDocument;
}

/**
 * The surviving values of one customer: a pure function of its records' assertions, the standing decisions, the rules and the instant.
 * A customer without a live record has none.
 * @param outcomes what was decided before of attributes of which nothing was said since
 */
export function survive(input: SurviveInput, outcomes?: Outcomes): Survived {
  const live = input.members.filter((member) => !member.tombstoned);
  const kind = kindOf(live.length > 0 ? live : input.members);
  const attributes: GoldenAttributes = {};
  if (live.length === 0) return { kind, attributes, conflicts: [], requests: [], recheckAt: null };

  const customer = new Customer(input);
  const survived: Survived = { kind, attributes, conflicts: [], requests: [], recheckAt: null };
  for (const attribute of spokenOf(input, live)) {
    const known = outcomes?.known(attribute, input);
    const outcome = known ?? customer.outcome(attribute);
    if (!known) outcomes?.keep(attribute, input, outcome);
    const { golden, conflict, requests, recheckAt } = outcome;
    if (golden) attributes[attribute] = golden;
    if (conflict) survived.conflicts.push(conflict);
    survived.requests.push(...requests);
    survived.recheckAt = earliest([survived.recheckAt, recheckAt]);
  }
  return survived;
}

/** What became of single attributes, for whoever asks again. */
interface Outcomes {
  known(attribute: AttributeId, input: SurviveInput): Outcome | null;
  keep(attribute: AttributeId, input: SurviveInput, outcome: Outcome): void;
}

/** All attributes in force that a live record or a pin says anything of, in one order. */
function spokenOf({ decisions, model }: SurviveInput, live: readonly MemberRecord[]): AttributeId[] {
  const spoken = new Set<AttributeId>();
  const speak = (id: string) => {
    const attribute = id as AttributeId;
    if (!spoken.has(attribute) && model.isInForce(attribute)) spoken.add(attribute);
  };
  for (const { state } of live) {
    for (const id in state.asserted) speak(id);
    for (const id in state.delivered) speak(id);
  }
  for (const { attribute } of decisions.pins) speak(attribute);
  return [...spoken].sort();
}

/** The kind of most of the records. */
function kindOf(members: readonly MemberRecord[]): CustomerKind {
  const [first] = members;
  if (first && members.every(({ state }) => state.kind === first.state.kind)) return first.state.kind;
  const count = (kind: CustomerKind) => members.filter(({ state }) => state.kind === kind).length;
  return customerKinds.toSorted((a, b) => count(b) - count(a))[0]!;
}

/** One customer's attributes as they are decided: some rules look at what others came to. */
class Customer {
  private readonly input: SurviveInput;
  private readonly isUndecided: boolean;
  private readonly outcomes = new Map<AttributeId, Outcome>();
  private readonly rolls = new Map<AttributeId, Roll>();
  private told: { life: Life; phases: Phases } | null = null;
  /** Told when a rule first asks. */
  private readonly phases: Phases;

  constructor(input: SurviveInput) {
    this.input = input;
    this.isUndecided = isUndecided(input);
    const tell = () => this.lifetime().phases;
    this.phases = {
      at: (instant) => tell().at(instant),
      get now() {
        return tell().now;
      },
    };
  }

  private lifetime(): { life: Life; phases: Phases } {
    if (this.told) return this.told;
    const { rules, model } = this.input;
    const id = model.phaseId;
    const rule = id === null ? null : ruleFor(rules, id, model);
    const table = rule?.strategy === 'transition' ? rule : null;
    const life = table ? foldLife(id!, table, this.roll(id!), this.input) : { steps: [], barred: new Set<string>() };
    this.told = { life, phases: phasesOf(life, table) };
    return this.told;
  }

  private roll(attribute: AttributeId): Roll {
    let roll = this.rolls.get(attribute);
    if (!roll) this.rolls.set(attribute, (roll = callRoll(attribute, this.input)));
    return roll;
  }

  outcome(attribute: AttributeId): Outcome {
    const known = this.outcomes.get(attribute);
    if (known) return known;
    const outcome = this.decide(attribute);
    this.outcomes.set(attribute, outcome);
    return outcome;
  }

  private decide(attribute: AttributeId): Outcome {
    const rule = ruleFor(this.input.rules, attribute, this.input.model);
    const sole = this.isUndecided ? soleVoice(attribute, this.input.members) : null;
    const alone = sole && decideSole(attribute, rule, sole, this.phases);
    return alone ?? this.vote(attribute, rule);
  }

  private vote(attribute: AttributeId, rule: Rule): Outcome {
    const roll = this.roll(attribute);
    const followed = rule.strategy === 'follow' ? this.outcome(rule.attribute).golden : null;
    const matter: Matter = {
      attribute,
      rule,
      roll,
      hearing: this.input,
      phases: this.phases,
      followed: followed?.from.recordId ?? null,
    };
    if (roll.pins.length > 0) return decideByPin(matter);
    if (rule.strategy === 'transition') return decideByTransition(matter, rule, this.lifetime().life);
    return isAggregate(rule, this.input.model.attributeOf(attribute))
      ? decideByAggregate(matter, rule)
      : decideByBallot(matter);
  }
}
