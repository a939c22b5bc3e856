import type { Value } from '../customer/attributes.ts';
import { agreesWith } from './agreement.ts';
import type { ChangeRequest, RequestAnswer } from './golden.ts';
import { isShown, refOf, type Lost, type MemberRecord, type Vote } from './vote.ts';

/** What the attribute's owner says, and what became of it. */
interface Ownership {
  /** The system to ask; null where nobody owns the attribute now. */
  owner: string | null;
  /** The assertions that count. */
  owned: readonly Vote[];
  /** The golden value, and since when; of an attribute that nothing golden is known of: null, and the beginning of time. */
  value: Value | null;
  at: number;
}

/**
 * What becomes of what others say of an owned attribute. A change made since the owner's own word is a request; a value that a record
 * came with, or that the owner has spoken after, only loses.
 */
export function judgeOutsiders(
  outsiders: readonly Vote[],
  ownership: Ownership,
  answers: readonly RequestAnswer[],
  members: readonly MemberRecord[],
): { lost: Lost[]; requests: ChangeRequest[] } {
  const judged: Lost[] = [];
  const requests: ChangeRequest[] = [];
  for (const vote of outsiders) {
    if (agreesWith(vote, ownership.value)) {
      judged.push({ vote, why: 'supports' });
      continue;
    }
    const answer = answerTo(vote, answers);
    const target = answer ? targetOf(answer, ownership.owner, members) : undefined;
    if (!asks(vote, ownership)) judged.push({ vote, why: 'not-owner' });
    else if (answer && !answer.accepted) judged.push({ vote, why: 'refused' });
    else if (answer && target && hasAnswered(target, vote, answer)) judged.push({ vote, why: 'not-owner' });
    else {
      judged.push({ vote, why: 'requested' });
      requests.push(requestOf(vote, ownership, target ? answer : null));
    }
  }
  return { lost: judged, requests };
}

function asks(vote: Vote, { owner, owned, at }: Ownership): boolean {
  if (!vote.change || owner === null || vote.system === owner || vote.at < at) return false;
  return !owned.some((own) => agreesWith(vote, own.value));
}

/** The last answer that a steward gave to this very assertion. */
function answerTo(vote: Vote, answers: readonly RequestAnswer[]): RequestAnswer | null {
  return answers
    .filter((answer) => answer.attribute === vote.attribute && isShown(vote, answer.request))
    .reduce<RequestAnswer | null>((last, one) => (last && last.decisionId > one.decisionId ? last : one), null);
}

/** The owner's record that an accepted value goes to. When it is gone, a steward has to name another. */
function targetOf(
  { target }: RequestAnswer,
  owner: string | null,
  members: readonly MemberRecord[],
): MemberRecord | undefined {
  return members.find(({ recordId, lens, tombstoned }) => recordId === target && lens.system === owner && !tombstoned);
}

/** The target has taken the value over, or said something of its own since. */
function hasAnswered(target: MemberRecord, vote: Vote, { decisionId }: RequestAnswer): boolean {
  const said = target.state.asserted[vote.attribute];
  return said !== undefined && (said.request === decisionId || said.at > vote.at);
}

function requestOf(vote: Vote, { owner, value }: Ownership, accepted: RequestAnswer | null): ChangeRequest {
  return {
    attribute: vote.attribute,
    from: refOf(vote),
    system: vote.system!,
    owner: owner!,
    value: vote.value,
    at: vote.at,
    base: value,
    state: accepted ? 'accepted' : 'open',
    decisionId: accepted?.decisionId ?? null,
    target: accepted?.target ?? null,
  };
}
