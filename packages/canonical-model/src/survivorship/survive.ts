import type { AttributeId, Value } from '../customer/attributes.ts';
import { isLessSpecific } from '../customer/specificity.ts';
import type { Assertion, RecordState } from '../facts/record-state.ts';
import { canonicalJson } from '../json.ts';
import type { Lens } from '../mapping/lens.ts';
import {
  assertionId,
  type Choice,
  type GoldenAttributes,
  type Loser,
  type OpenConflict,
  type Survived,
} from './golden.ts';

/** One source record of the customer, with the lens of its system. */
export interface MemberRecord {
  recordId: number;
  lens: Lens;
  state: RecordState;
}

export interface SurviveInput {
  members: readonly MemberRecord[];
  /** The choices that stand: made about these records and not undone. */
  choices: readonly Choice[];
}

/** An assertion on its way through the rules. */
interface Vote {
  attribute: AttributeId;
  member: MemberRecord;
  assertion: Assertion;
  id: string;
  /** Canonical text of the value: votes of one value stand together. */
  text: string;
}

/**
 * The surviving values of one customer: a pure function of its records' assertions and the standing choices. The rule is *most
 * recent by the attribute's own time*; ties go to the value with more voices, then to the greater canonical text.
 */
export function survive({ members, choices }: SurviveInput): Survived {
  const attributes: GoldenAttributes = {};
  const conflicts: OpenConflict[] = [];
  const asserted = new Set(members.flatMap((member) => Object.keys(member.state.asserted) as AttributeId[]));
  for (const attribute of [...asserted].sort()) {
    const survived = new Ballot(attribute, members, choices).decide();
    attributes[attribute] = survived.golden;
    if (survived.conflict) conflicts.push(survived.conflict);
  }
  return { kind: members[0]!.state.kind, attributes, conflicts };
}

class Ballot {
  private readonly attribute: AttributeId;
  private readonly choices: readonly Choice[];
  private readonly losers: Loser[] = [];
  private standing: Vote[];

  constructor(attribute: AttributeId, members: readonly MemberRecord[], choices: readonly Choice[]) {
    this.attribute = attribute;
    const votes = members.flatMap((member): Vote[] => {
      const assertion = member.state.asserted[attribute];
      if (!assertion) return [];
      const id = assertionId({ recordId: member.recordId, position: assertion.position });
      return [{ attribute, member, assertion, id, text: canonicalJson(assertion.value) }];
    });
    const recordIds = new Set(members.map((member) => member.recordId));
    // A choice is anchored on records: where the chosen one is no longer with the customer, it has nothing to say here.
    this.choices = choices.filter((choice) => choice.attribute === attribute && recordIds.has(choice.chosen.recordId));
    const decisionIds = new Set(choices.map((choice) => choice.decisionId));
    const superseded = (vote: Vote) => {
      const supplier = vote.assertion.superseded;
      // The delivered value stands only while its supplier is with the customer and the decision behind it is not undone.
      if (!supplier || !recordIds.has(supplier.recordId)) return false;
      return supplier.decisionId === null || decisionIds.has(supplier.decisionId);
    };
    this.standing = votes.filter((vote) => !superseded(vote));
    if (this.standing.length === 0) this.standing = votes;
    else this.lose(votes.filter(superseded), 'superseded');
  }

  decide(): { golden: NonNullable<GoldenAttributes[AttributeId]>; conflict: OpenConflict | null } {
    this.removeDecidedAgainst();
    const lent = this.removeLessSpecific();
    const ranked = this.rank(lent);
    const winner = ranked[0]!;
    const chosenBy = this.choices.findLast((choice) =>
      winner.votes.some((vote) => vote.id === assertionId(choice.chosen)),
    );
    for (const other of ranked.slice(1)) this.lose(other.votes, other.at === winner.at ? 'tie' : 'older');

    const from = winner.votes.toSorted(byTimeThenRecord)[0]!;
    const golden = {
      value: from.assertion.value,
      rule: chosenBy ? ('choice' as const) : ('most-recent' as const),
      from: { recordId: from.member.recordId, position: from.assertion.position },
      at: winner.at,
      decisionId: chosenBy?.decisionId ?? null,
      losers: this.losers.toSorted((a, b) => b.at - a.at || a.recordId - b.recordId),
    };
    return { golden, conflict: this.hasConcurrent() ? this.conflict(ranked) : null };
  }

  private removeDecidedAgainst(): void {
    const against = new Set(
      this.choices.flatMap((choice) => choice.basis.map(assertionId).filter((id) => id !== assertionId(choice.chosen))),
    );
    const left = this.standing.filter((vote) => !against.has(vote.id));
    if (left.length === 0) return;
    this.lose(
      this.standing.filter((vote) => against.has(vote.id)),
      'decided-against',
    );
    this.standing = left;
  }

  /**
   * A copy that its system had to cut or recode is no candidate of its own beside the whole value that it was made from: it
   * supports that value and lends it its time; where it could come from several, it abstains.
   */
  private removeLessSpecific(): Map<string, number> {
    const lent = new Map<string, number>();
    const stays: Vote[] = [];
    const supporters: { vote: Vote; of: string }[] = [];
    for (const vote of this.standing) {
      const fits = new Map(
        this.standing
          .filter((other) => other.text !== vote.text && writesAs(vote, other) && !writesAs(other, vote))
          .map((other) => [other.text, other]),
      );
      const [whole] = fits.values();
      if (!whole) stays.push(vote);
      else if (fits.size === 1 && this.isPartOf(vote, whole)) supporters.push({ vote, of: whole.text });
      else this.lose([vote], 'abstains');
    }
    const wholes = new Map(supporters.map((supporter) => [supporter.vote.text, supporter.of]));
    for (const { vote, of } of supporters) {
      let target = of;
      while (wholes.has(target)) target = wholes.get(target)!;
      lent.set(target, Math.max(lent.get(target) ?? -Infinity, vote.assertion.at));
      this.lose([vote], 'supports');
    }
    if (stays.length > 0) this.standing = stays;
    return lent;
  }

  private isPartOf(vote: Vote, whole: Vote): boolean {
    const [part, all] = [vote.assertion.value, whole.assertion.value];
    return part !== null && all !== null && isLessSpecific(this.attribute, part, all);
  }

  private rank(lent: ReadonlyMap<string, number>): Group[] {
    const groups = new Map<string, Group>();
    for (const vote of this.standing) {
      const group = groups.get(vote.text) ?? { text: vote.text, at: lent.get(vote.text) ?? -Infinity, votes: [] };
      group.at = Math.max(group.at, vote.assertion.at);
      group.votes.push(vote);
      groups.set(vote.text, group);
    }
    return [...groups.values()].sort(
      (a, b) => b.at - a.at || b.votes.length - a.votes.length || (a.text < b.text ? 1 : -1),
    );
  }

  /** Two systems changed the value, each without having held the other's: no rule may decide which of the two is meant. */
  private hasConcurrent(): boolean {
    const changes = this.standing.filter((vote) => vote.assertion.change);
    return changes.some((a, index) =>
      changes
        .slice(index + 1)
        .some(
          (b) =>
            a.text !== b.text &&
            a.member.lens.system !== b.member.lens.system &&
            !writesAs(a, b) &&
            !writesAs(b, a) &&
            !madeOver(a, b) &&
            !madeOver(b, a),
        ),
    );
  }

  private conflict(ranked: readonly Group[]): OpenConflict {
    const candidates = ranked.flatMap((group, rank) =>
      group.votes.toSorted(byTimeThenRecord).map((vote) => ({
        recordId: vote.member.recordId,
        position: vote.assertion.position,
        value: vote.assertion.value,
        at: vote.assertion.at,
        provisional: rank === 0,
      })),
    );
    return { attribute: this.attribute, candidates };
  }

  private lose(votes: readonly Vote[], why: Loser['why']): void {
    for (const { member, assertion } of votes)
      this.losers.push({
        recordId: member.recordId,
        position: assertion.position,
        value: assertion.value,
        at: assertion.at,
        why,
      });
  }
}

interface Group {
  text: string;
  at: number;
  votes: Vote[];
}

function byTimeThenRecord(a: Vote, b: Vote): number {
  return b.assertion.at - a.assertion.at || a.member.recordId - b.member.recordId;
}

/** The text of the other's value as this vote's system would write it; null where it cannot be said there. */
function asWrittenBy(vote: Vote, value: Value | null): string | null {
  const written = vote.member.lens.write(vote.attribute, vote.member.state.kind, value);
  return written.kind === 'written' ? canonicalJson(written.fields) : null;
}

/** The other's value, as this vote's system writes it, is what this vote says. */
function writesAs(vote: Vote, other: Vote): boolean {
  return asWrittenBy(vote, other.assertion.value) === vote.assertion.native;
}

/** `later` was made over `earlier`: its record held the earlier value, as its system writes it, before. */
function madeOver(later: Vote, earlier: Vote): boolean {
  const written = asWrittenBy(later, earlier.assertion.value);
  return written !== null && later.assertion.over.includes(written);
}
