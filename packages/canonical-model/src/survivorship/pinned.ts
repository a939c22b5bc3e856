import { agreesWith } from './agreement.ts';
import { flipOf } from './flip.ts';
import type { OpenConflict } from './golden.ts';
import { earliest, type Matter, type Outcome } from './outcome.ts';
import { ownerOf } from './ownership.ts';
import { losersOf, lost, refOf, stewardVote } from './vote.ts';

/**
 * A pin binds whatever else is said, asked for or disputed. Of the different pins of customers that came together the later is
 * provisional, until a steward undoes one of them.
 */
export function decideByPin({ attribute, rule, roll, phases, hearing }: Matter): Outcome {
  const pins = roll.pins.map((pin) => ({ ...pin, vote: stewardVote(pin, hearing.model) }));
  const { vote: winner, decisionId } = pins[0]!;
  const rivals = pins.filter(({ vote }) => vote.text !== winner.text);
  const agreeing = roll.standing.filter((vote) => agreesWith(vote, winner.value));
  const differing = roll.standing.filter((vote) => !agreesWith(vote, winner.value));
  const explained = {
    rule: 'pin' as const,
    losers: losersOf([
      ...roll.absent,
      ...lost(agreeing, 'supports'),
      ...lost([...differing, ...rivals.map(({ vote }) => vote)], 'against-a-pin'),
    ]),
  };
  const { value, at } = winner;
  const owner = ownerOf(rule, phases);
  const conflict: OpenConflict = {
    attribute,
    cause: 'pins',
    candidates: pins.map(({ vote }) => ({
      ...refOf(vote),
      value: vote.value,
      at: vote.at,
      provisional: vote.text === winner.text,
    })),
  };
  return {
    golden: { value, ...explained, from: refOf(winner), at, decisionId, owner, flip: flipOf(explained) },
    conflict: rivals.length === 0 ? null : conflict,
    requests: [],
    recheckAt: earliest(pins.map((pin) => pin.until)),
  };
}
