import type { AttributeId } from '../customer/attributes.ts';
import type { Assertion } from '../facts/record-state.ts';
import { amountTo, isAggregate } from './aggregate.ts';
import type { GoldenAttribute } from './golden.ts';
import type { Outcome } from './outcome.ts';
import { divide, type Phases } from './ownership.ts';
import type { Hearing } from './roll.ts';
import type { Rule } from './rules.ts';
import type { MemberRecord } from './vote.ts';

/** The only word on an attribute, and whose it is. */
export interface SoleVoice {
  member: MemberRecord;
  said: Assertion;
}

const nothing: Outcome = { golden: null, conflict: null, requests: [], recheckAt: null };

/** Nobody has decided anything about the values of these records, so that only they speak. */
export function isUndecided({ decisions }: Hearing): boolean {
  const { choices, pins, answers, reconsidered } = decisions;
  return choices.length === 0 && pins.length === 0 && answers.length === 0 && reconsidered.length === 0;
}

/** Null where several records speak, or where a delivery or a tombstone makes it a question who does. */
export function soleVoice(attribute: AttributeId, members: readonly MemberRecord[]): SoleVoice | null {
  let sole: SoleVoice | null = null;
  for (const member of members) {
    const said = member.state.asserted[attribute];
    if (member.state.delivered[attribute]) return null;
    if (!said) continue;
    if (sole !== null || member.tombstoned || said.superseded !== null) return null;
    sole = { member, said };
  }
  return sole;
}

/**
 * What a vote of several would come to where there is only one: most attributes of most customers are such, so the ballot is spared.
 * Null where it has to be held all the same.
 */
export function decideSole(
  attribute: AttributeId,
  rule: Rule,
  { member, said }: SoleVoice,
  phases: Phases,
): Outcome | null {
  if (rule.strategy === 'transition') return null;
  const of = member.lens.model.attributeOf(attribute);
  const isPart = isAggregate(rule, of);
  if (!isPart && said.value === null && of.shape.emptyIsNoAnswer) return nothing;
  const vote = { of, system: member.lens.system, value: said.value, at: said.at };
  const { owner, outsiders } = divide([vote], rule, phases);
  const isOutside = outsiders.length > 0;
  if (isOutside && (isPart || rule.strategy === 'union')) {
    // A change may be a request to the owner.
    return said.change ? null : nothing;
  }
  const golden: GoldenAttribute = {
    value: isPart ? amountTo(said.value === null ? [] : [vote], rule, vote) : said.value,
    rule: isOutside ? 'most-recent' : rule.strategy,
    losers: [],
    from: { recordId: member.recordId, position: said.position },
    at: said.at,
    decisionId: null,
    owner,
    flip: null,
  };
  return { golden, conflict: null, requests: [], recheckAt: null };
}
