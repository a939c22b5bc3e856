import { attributeOf, customerKinds, type AttributeId, type CustomerKind } from '../customer/attributes.ts';
import { decideByAggregate } from './aggregate.ts';
import { decideByBallot } from './ballot.ts';
import type { GoldenAttributes, Survived } from './golden.ts';
import { earliest, type Matter, type Outcome } from './outcome.ts';
import type { Phases } from './ownership.ts';
import { decideByPin } from './pinned.ts';
import { callRoll, type Hearing } from './roll.ts';
import { ruleFor, type RuleDocument } from './rules.ts';
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
 */
export function survive(input: SurviveInput): Survived {
  const live = input.members.filter((member) => !member.tombstoned);
  const kind = kindOf(live.length > 0 ? live : input.members);
  const attributes: GoldenAttributes = {};
  if (live.length === 0) return { kind, attributes, conflicts: [], requests: [], recheckAt: null };

  const customer = new Customer(input);
  const outcomes = spokenOf(input, live).map((attribute) => ({ attribute, ...customer.outcome(attribute) }));
  for (const { attribute, golden } of outcomes) if (golden) attributes[attribute] = golden;
  return {
    kind,
    attributes,
    conflicts: outcomes.flatMap(({ conflict }) => conflict ?? []),
    requests: outcomes.flatMap(({ requests }) => requests),
    recheckAt: earliest(outcomes.map(({ recheckAt }) => recheckAt)),
  };
}

/** All attributes that a live record or a pin says anything of, in one order. */
function spokenOf({ decisions }: SurviveInput, live: readonly MemberRecord[]): AttributeId[] {
  const said = live.flatMap(({ state }) => [...Object.keys(state.asserted), ...Object.keys(state.delivered)]);
  const pinned = decisions.pins.map((pin) => pin.attribute);
  return [...new Set([...(said as AttributeId[]), ...pinned])].sort();
}

/** The kind of most of the records. */
function kindOf(members: readonly MemberRecord[]): CustomerKind {
  const count = (kind: CustomerKind) => members.filter(({ state }) => state.kind === kind).length;
  return customerKinds.toSorted((a, b) => count(b) - count(a))[0]!;
}

/** One customer's attributes as they are decided: some rules look at what others came to. */
class Customer {
  private readonly input: SurviveInput;
  private readonly outcomes = new Map<AttributeId, Outcome>();
  private readonly life: Life;
  private readonly phases: Phases;

  constructor(input: SurviveInput) {
    this.input = input;
    const rule = ruleFor(input.rules, 'lifecycle');
    const table = rule.strategy === 'transition' ? rule : null;
    this.life = table
      ? foldLife('lifecycle', table, callRoll('lifecycle', input), input)
      : { steps: [], barred: new Set() };
    this.phases = phasesOf(this.life, table);
  }

  outcome(attribute: AttributeId): Outcome {
    const known = this.outcomes.get(attribute);
    if (known) return known;
    const outcome = this.decide(attribute);
    this.outcomes.set(attribute, outcome);
    return outcome;
  }

  private decide(attribute: AttributeId): Outcome {
    const rule = ruleFor(this.input.rules, attribute);
    const roll = callRoll(attribute, this.input);
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
    if (rule.strategy === 'transition') return decideByTransition(matter, rule, this.life);
    const isTotal = rule.strategy === 'minimum' || rule.strategy === 'maximum';
    if (rule.strategy === 'sum' || (isTotal && attributeOf(attribute).level === 'account')) {
      return decideByAggregate(matter, rule);
    }
    return decideByBallot(matter);
  }
}
