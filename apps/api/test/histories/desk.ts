import { assertionId, canonicalJson } from '@cinch/canonical-model';
import type { Answer } from '../listening-hub.ts';
import type { House } from './house.ts';
import type { Random } from './random.ts';
import type { KnownRecord, Situation } from './situation.ts';
import { typedBy } from './values.ts';

/** A call of the API, and what it means in words. */
interface Act {
  what: string;
  path: string;
  body: object;
}

/** The steward who looks after a customer of the test, in the browser as it were. */
export class Desk {
  constructor(
    private readonly house: House,
    private readonly random: Random,
    private readonly index: number,
    private readonly log: string[],
  ) {}

  /** An act that fits the situation; false where the one that was drawn has no object. */
  async act(situation: Situation): Promise<boolean> {
    // A question is answered sooner or later.
    const isAsked = situation.conflicts.length > 0 && this.random.chance(0.5);
    const act = this.random.weighted<(situation: Situation) => Act | null>([
      [isAsked ? 30 : 2, (now) => this.choose(now)],
      [3, (now) => this.answer(now)],
      [2, (now) => this.pin(now)],
      [1, (now) => this.split(now)],
      [2, (now) => this.merge(now)],
      [2, (now) => this.undo(now)],
      [0.4, (now) => this.exclude(now)],
      [2, (now) => this.confirmDeleted(now)],
    ])(situation);
    if (!act) return false;
    this.log.push(`the steward ${act.what}`);
    await this.insist(act);
    return true;
  }

  /** A steward who is shown what the act contradicts lets that give way. */
  private async insist({ path, body, what }: Act): Promise<void> {
    // An undo gives no reason: the decision's own stays.
    const said = path.endsWith('/undo') ? {} : { reason: 'a reason' };
    const post = (more: object): Promise<Answer> => this.house.asAdmin('POST', path, { ...said, ...body, ...more });
    let answer = await post({});
    if (answer.status === 409 && answer.problem().code === 'contradicts') {
      answer = await post({ replaces: answer.problem().errors!.map((error) => Number(error.path)) });
    }
    if (answer.status >= 300) throw new Error(`The steward ${what}, and was answered ${answer.text}`);
  }

  private choose({ conflicts }: Situation): Act | null {
    const askable = conflicts.filter(({ cause }) => cause !== 'pins');
    if (askable.length === 0) return null;
    const { conflictId, attribute, candidates } = this.random.pick(askable);
    const chosen = this.random.pick(candidates);
    const body = { chosen: assertionId(chosen), basis: candidates.map(assertionId) };
    const what = `chooses ${canonicalJson(chosen.value)} for ${attribute}`;
    return { what, path: `/conflicts/${conflictId}/resolution`, body };
  }

  private answer({ requests, records }: Situation): Act | null {
    const open = requests.filter(({ state }) => state === 'open');
    if (open.length === 0) return null;
    const { requestId, attribute, owner, customerId } = this.random.pick(open);
    const targets = records.filter((one) => one.customerId === customerId && one.system === owner && one.live);
    const target = targets.length > 0 ? this.random.pick(targets).key! : undefined;
    const accepted = target !== undefined && this.random.chance(0.7);
    const what = `${accepted ? `accepts for ${target}` : 'refuses'} a request for ${attribute}`;
    return { what, path: `/change-requests/${requestId}/answer`, body: accepted ? { accepted, target } : { accepted } };
  }

  private pin({ records }: Situation): Act | null {
    const live = records.filter((one) => one.live);
    if (live.length === 0) return null;
    const { publicId } = this.random.pick(live);
    const { attribute, value } = typedBy('steward', this.index, this.random);
    const until = new Date(Date.now() + 1_000 * (5 + this.random.below(30))).toISOString();
    const lasts = this.random.chance(0.5) ? {} : { until };
    const what = `pins ${attribute} ${canonicalJson(value)}${'until' in lasts ? ' for a while' : ''}`;
    return { what, path: `/customers/${publicId}/pins`, body: { attribute, value, ...lasts } };
  }

  private split({ records }: Situation): Act | null {
    const isOfSeveral = (one: KnownRecord) =>
      !one.excluded && records.some((other) => other !== one && !other.excluded && other.customerId === one.customerId);
    const several = records.filter(isOfSeveral);
    if (several.length === 0) return null;
    const { publicId, recordId, key } = this.random.pick(several);
    const what = `splits off ${key ?? `record ${recordId}`}`;
    return { what, path: `/customers/${publicId}/split`, body: { records: [recordId] } };
  }

  private merge({ records }: Situation): Act | null {
    const ids = records.filter((one) => one.live).map((record) => record.publicId);
    const [one, other] = [...new Set(ids)];
    if (one === undefined || other === undefined) return null;
    return { what: 'merges two of the customers', path: `/customers/${one}/merge`, body: { with: other } };
  }

  private undo({ decisions }: Situation): Act | null {
    if (decisions.length === 0) return null;
    const { decisionId, kind } = this.random.pick(decisions);
    return { what: `undoes a ${kind}`, path: `/decisions/${decisionId}/undo`, body: {} };
  }

  private exclude({ records }: Situation): Act | null {
    const live = records.filter((one) => one.live);
    if (live.length === 0) return null;
    const { recordId, key } = this.random.pick(live);
    return { what: `excludes ${key}`, path: `/records/${recordId}/exclude`, body: {} };
  }

  /** Of a row that is gone, though the hub does not know. */
  private confirmDeleted({ records, rows }: Situation): Act | null {
    const gone = records.find((one) => one.live && !rows.some(({ row }) => row.key === one.key));
    if (!gone) return null;
    return { what: `confirms that ${gone.key} is gone`, path: `/records/${gone.recordId}/confirm-deleted`, body: {} };
  }
}
