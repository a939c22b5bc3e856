import { assertionId, canonicalJson } from '@cinch/canonical-model';
import { Decide } from '../../src/pipeline/decide.ts';
import { Identify } from '../../src/pipeline/identify.ts';
import { ProblemError } from '../../src/platform/problem-error.ts';
import type { House } from './house.ts';
import type { Random } from './random.ts';
import type { Situation } from './situation.ts';
import { typedBy } from './values.ts';

/** Who acts, and which standing decisions give way. */
interface Wish {
  reason: string;
  by: string;
  replaces: number[];
}

type Act = (wish: Wish) => Promise<unknown>;

/** The steward who looks after a customer of the test. */
export class Desk {
  constructor(
    private readonly house: House,
    private readonly random: Random,
    private readonly index: number,
    private readonly log: string[],
  ) {}

  /** An act that fits the situation; false where the one that was drawn has no object. */
  async act(situation: Situation): Promise<boolean> {
    const drawn = this.random.weighted<(situation: Situation) => [string, Act] | null>([
      [5, (now) => this.choose(now)],
      [3, (now) => this.answer(now)],
      [2, (now) => this.pin(now)],
      [1, (now) => this.split(now)],
      [2, (now) => this.merge(now)],
      [2, (now) => this.undo(now)],
    ])(situation);
    if (!drawn) return false;
    const [what, act] = drawn;
    this.log.push(`the steward ${what}`);
    await this.insist(act);
    return true;
  }

  /** A steward who is shown what the act contradicts lets that give way. */
  private async insist(act: Act): Promise<void> {
    const wish = { reason: 'a reason', by: 'steward', replaces: [] };
    try {
      await act(wish);
    } catch (problem) {
      if (!(problem instanceof ProblemError) || problem.code !== 'contradicts') throw problem;
      await act({ ...wish, replaces: problem.errors!.map((error) => Number(error.path)) });
    }
  }

  private choose({ conflicts }: Situation): [string, Act] | null {
    const askable = conflicts.filter(({ cause }) => cause !== 'pins');
    if (askable.length === 0) return null;
    const { conflictId, attribute, candidates } = this.random.pick(askable);
    const chosen = this.random.pick(candidates);
    const resolution = { chosen: assertionId(chosen), basis: candidates.map(assertionId) };
    const act: Act = (wish) => this.house.get(Decide).resolve(conflictId, { ...resolution, ...wish }, wish.by);
    return [`chooses ${canonicalJson(chosen.value)} for ${attribute}`, act];
  }

  private answer({ requests, records }: Situation): [string, Act] | null {
    const open = requests.filter(({ state }) => state === 'open');
    if (open.length === 0) return null;
    const { requestId, attribute, owner, customerId } = this.random.pick(open);
    const targets = records.filter((one) => one.customerId === customerId && one.system === owner && one.live);
    const target = targets.length > 0 ? this.random.pick(targets).key! : undefined;
    const accepted = target !== undefined && this.random.chance(0.7);
    const act: Act = (wish) => this.house.get(Decide).answer(requestId, { accepted, target, ...wish });
    return [`${accepted ? `accepts for ${target}` : 'refuses'} a request for ${attribute}`, act];
  }

  private pin(situation: Situation): [string, Act] | null {
    const customerId = this.customerOf(situation);
    if (customerId === null) return null;
    const { attribute, value } = typedBy('steward', this.index, this.random);
    const until = this.random.chance(0.5) ? null : Date.now() + 1_000 * (5 + this.random.below(30));
    const act: Act = (wish) => this.house.get(Decide).pin(customerId, { attribute, value, until, ...wish });
    return [`pins ${attribute} ${canonicalJson(value)}${until === null ? '' : ' for a while'}`, act];
  }

  private split({ records }: Situation): [string, Act] | null {
    const several = records.filter((one) =>
      records.some((other) => other !== one && other.customerId === one.customerId),
    );
    if (several.length === 0) return null;
    const { customerId, recordId } = this.random.pick(several);
    const act: Act = (wish) => this.house.get(Identify).split(customerId, [recordId], wish);
    return [`splits off record ${recordId}`, act];
  }

  private merge(situation: Situation): [string, Act] | null {
    const [one, other] = [...new Set(situation.records.map((record) => record.customerId))];
    if (one === undefined || other === undefined) return null;
    return [`merges ${one} and ${other}`, (wish) => this.house.get(Identify).merge(one, other, wish)];
  }

  private undo({ decisions }: Situation): [string, Act] | null {
    if (decisions.length === 0) return null;
    const { decisionId } = this.random.pick(decisions);
    return [`undoes decision ${decisionId}`, () => this.house.get(Decide).undo(decisionId, 'steward')];
  }

  private customerOf({ records }: Situation): number | null {
    const live = records.filter((one) => one.live);
    return live.length === 0 ? null : this.random.pick(live).customerId;
  }
}
