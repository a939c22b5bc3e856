import type { AttributeId } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import { isBefore, type Supplier } from '../facts/entry.ts';
import { assertionId, type Choice, type Pin, type ShownAssertion, type ValueDecisions } from './golden.ts';
import { byTime, isShown, lost, stewardVote, voteOf, type Lost, type MemberRecord, type Vote } from './vote.ts';

/** The customer that values survive for: its records, the decisions that stand about them, and the instant asked about. */
export interface Hearing {
  members: readonly MemberRecord[];
  decisions: ValueDecisions;
  asOf: number;
  /** Where the lives began that records are in which once supplied values and are not among the members any more. */
  lives?: ReadonlyMap<number, string | null>;
  /** What of the customer is mastered. */
  model: Model;
}

/** Who speaks for one attribute. */
export interface Roll {
  /** The assertions that vote. */
  standing: Vote[];
  /** Copies of a tombstoned supplier's value that count as their holders' own word; part of `standing`. */
  copies: Vote[];
  /** The assertions that do not vote. */
  absent: Lost[];
  /** The choices that stand here, by decision. */
  choices: Choice[];
  /** Whether a standing choice decided against the assertion. */
  isDecidedAgainst: (vote: Vote) => boolean;
  /** The pins that bind now, the latest first. */
  pins: Pin[];
}

/** Calls up everything that was said of one attribute, and sorts out what no longer counts. */
export function callRoll(attribute: AttributeId, hearing: Hearing): Roll {
  const about = new About(attribute, hearing);
  const { choices, pins, expired } = about;
  const spoken = about.spoken();
  const all = [...spoken.standing, ...expired.map((pin) => stewardVote(pin, hearing.model))];
  // All that was said is superseded where records were delivered to each other in turn: then all of it stands.
  const everyone = all.length === 0 ? spoken.superseded : all;
  const superseded = all.length === 0 ? [] : spoken.superseded;
  const against = choices.flatMap(({ basis, chosen }) =>
    basis.filter((ref) => assertionId(ref) !== assertionId(chosen)),
  );
  const isDecidedAgainst = (vote: Vote) => against.some((ref) => isShown(vote, ref));
  const left = everyone.filter((vote) => !isDecidedAgainst(vote));
  const dismissed = left.length === 0 ? [] : everyone.filter(isDecidedAgainst);
  return {
    standing: (left.length === 0 ? everyone : left).toSorted(byTime),
    copies: spoken.copies,
    absent: [
      ...lost(spoken.tombstoned, 'tombstoned'),
      ...lost(superseded, 'superseded'),
      ...lost(dismissed, 'decided-against'),
    ],
    choices,
    isDecidedAgainst,
    pins,
  };
}

interface Present {
  members: ReadonlyMap<number, MemberRecord>;
  decisionIds: ReadonlySet<number>;
}

/** Who is there is the same for all attributes of a customer. */
const present = new WeakMap<Hearing, Present>();

function presentAt(hearing: Hearing): Present {
  const known = present.get(hearing);
  if (known) return known;
  const { choices, pins, answers } = hearing.decisions;
  const now = {
    members: new Map(hearing.members.map((member) => [member.recordId, member])),
    decisionIds: new Set([...choices, ...pins, ...answers].map(({ decisionId }) => decisionId)),
  };
  present.set(hearing, now);
  return now;
}

/** The decisions about one attribute that are anchored on the customer's records. */
class About {
  readonly choices: Choice[];
  readonly pins: Pin[];
  readonly expired: Pin[];
  private readonly attribute: AttributeId;
  private readonly members: ReadonlyMap<number, MemberRecord>;
  private readonly decisionIds: ReadonlySet<number>;
  private readonly reconsidered: readonly ShownAssertion[];
  private readonly lives: Hearing['lives'];

  constructor(attribute: AttributeId, hearing: Hearing) {
    this.attribute = attribute;
    const { members, decisionIds } = presentAt(hearing);
    this.members = members;
    this.decisionIds = decisionIds;
    const { asOf, lives, model } = hearing;
    this.lives = lives;
    const { choices, pins, reconsidered } = hearing.decisions;
    this.reconsidered = reconsidered.filter((one) => one.attribute === attribute).flatMap((one) => one.assertions);
    this.choices = choices
      .filter((choice) => choice.attribute === attribute && this.members.has(choice.chosen.recordId))
      .toSorted((a, b) => a.decisionId - b.decisionId);
    const own = pins
      .filter((pin) => pin.attribute === attribute && this.members.has(pin.recordId))
      .toSorted((a, b) => byTime(stewardVote(a, model), stewardVote(b, model)));
    this.pins = own.filter((pin) => pin.until === null || pin.until > asOf);
    this.expired = own.filter((pin) => pin.until !== null && pin.until <= asOf);
  }

  spoken(): { standing: Vote[]; copies: Vote[]; superseded: Vote[]; tombstoned: Vote[] } {
    const standing: Vote[] = [];
    const copies: Vote[] = [];
    const superseded: Vote[] = [];
    const tombstoned: Vote[] = [];
    for (const member of this.members.values()) {
      const assertion = member.state.asserted[this.attribute];
      const own = assertion && voteOf(this.attribute, member, assertion);
      const stands = own && !this.isSuperseded(own, assertion.superseded);
      if (member.tombstoned) {
        if (own) tombstoned.push(own);
        continue;
      }
      if (own) (stands ? standing : superseded).push(own);
      const copy = stands ? null : this.copyIn(member);
      if (copy) copies.push(copy);
    }
    return { standing: [...standing, ...copies], copies, superseded, tombstoned };
  }

  private isSuperseded(own: Vote, supplier: Supplier | null): boolean {
    return supplier !== null && !this.reconsidered.some((ref) => isShown(own, ref)) && this.suppliesStill(supplier);
  }

  /**
   * The delivered value stands only while its supplier is with the customer, what that told is not taken back and the decision behind it is
   * not undone.
   */
  private suppliesStill(supplier: Supplier): boolean {
    const { recordId, decisionId, position } = supplier;
    const isThere = this.members.has(recordId) || this.hasEnded(supplier);
    if (position !== undefined && this.members.get(recordId)?.state.takenBack.includes(position)) return false;
    return isThere && (decisionId === null || this.decisionIds.has(decisionId));
  }

  /** The record has begun again since, perhaps as somebody else: who supplied the value is there no more, as after a delete. */
  private hasEnded({ recordId, position }: Supplier): boolean {
    const since = this.members.get(recordId)?.state.lifeSince ?? this.lives?.get(recordId) ?? null;
    return since !== null && (position === undefined || isBefore(position, since));
  }

  /** What a delivery left here stays when its supplier is tombstoned: then it is the holder's own. */
  private copyIn(member: MemberRecord): Vote | null {
    const delivered = member.state.delivered[this.attribute];
    if (!delivered || !this.suppliesStill(delivered.supplier)) return null;
    const { supplier } = delivered;
    if (!this.hasEnded(supplier) && !this.members.get(supplier.recordId)!.tombstoned) return null;
    return voteOf(this.attribute, member, delivered);
  }
}
