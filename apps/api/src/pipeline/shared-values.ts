import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { SharedCount, sharedKinds, type Evidence, type MatchModel, type SharedValues } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { Database } from '../platform/transaction.ts';
import { EvidenceStore } from '../stages/matching/evidence.store.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { Publishing } from './publishing.ts';

const hourMs = 60 * 60 * 1_000;
/** Values come to be shared slowly; a look reads what every record says. */
const everyMs = 24 * hourMs;
const atOnce = 1_000;
/** Who publishes it, in the versions and in the audit. */
const byItself = 'the hub';

/**
 * Values that more people share than live in one household stop counting by themselves, and count again when they are shared no longer: the
 * hub looks once a day, or when there are twice as many records as at its last look, and publishes a version of the match model that
 * names them, where that is news. Nothing else in the model is touched, so it goes against nobody's word.
 */
@Injectable()
export class SharedValuesWatch {
  private readonly begunAt: number;
  private askAt: number;
  /** When it was last looked, over how many records. */
  private last = { at: 0, records: 0 };

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly committer: Committer,
    private readonly publishing: Publishing,
    private readonly evidence: EvidenceStore,
    private readonly models: ModelsStore,
  ) {
    this.begunAt = clock.now();
    this.askAt = this.begunAt + hourMs;
  }

  /** One look, when it is time. Always false: nothing is left to do until then. */
  async next(): Promise<boolean> {
    const now = this.clock.now();
    if (now < this.askAt) return false;
    this.askAt = now + hourMs;
    const records = await this.database.read((tx) => this.evidence.count(tx));
    const isDue = now - Math.max(this.last.at, this.begunAt) >= everyMs || records >= 2 * this.last.records;
    if (isDue && records > 0) await this.look();
    return false;
  }

  /** Looks now. Returns the version that it published; null where everything stays as it was. */
  async look(): Promise<number | null> {
    const { found, records } = await this.count();
    const at = this.clock.now();
    this.last = { at, records };
    return this.committer.commit(async (tx) => {
      await this.publishing.hold(tx);
      const { document, publishedAt, appliedAt } = await this.models.latest(tx);
      const isApplied = publishedAt === null || appliedAt !== null;
      const reason = newsIn(document.shared, found);
      // While another model is applied this waits for the next hour.
      if (!isApplied) this.last = { at: 0, records: 0 };
      if (reason === null || !isApplied) return null;
      const model: MatchModel = { ...document, shared: { at: new Date(at).toISOString(), ...found } };
      const { documents } = await this.publishing.publish(tx, { matching: model }, { reason, by: byItself, at });
      return documents[0]!.version;
    });
  }

  private async count(): Promise<{ found: SharedValues; records: number }> {
    const count = new SharedCount();
    let records = 0;
    await this.each((one) => {
      records += 1;
      count.note(one);
    });
    await this.each((one) => count.add(one));
    return { found: count.found(), records };
  }

  /** Page by page, each in a transaction of its own, and others get their turn in between. */
  private async each(see: (evidence: Evidence) => void): Promise<void> {
    for (let after = 0; ;) {
      const page = await this.database.in('long').read((tx) => this.evidence.livingPage(tx, after, atOnce));
      if (page.length === 0) return;
      after = page.at(-1)!.recordId;
      for (const { evidence } of page) see(JSON.parse(evidence) as Evidence);
      await setImmediate();
    }
  }
}

/** Null where the same values are shared, be it by a few more or fewer. */
function newsIn(before: MatchModel['shared'], after: SharedValues): string | null {
  const named = (shared: SharedValues | undefined) =>
    new Set(sharedKinds.flatMap((kind) => Object.keys(shared?.[kind] ?? {}).map((value) => `${kind} ${value}`)));
  const [then, now] = [named(before), named(after)];
  const only = (one: Set<string>, other: Set<string>) => [...one].filter((value) => !other.has(value)).length;
  const [more, fewer] = [only(now, then), only(then, now)];
  if (more + fewer === 0) return null;
  const told = [more && `${more} more ${more === 1 ? 'value is' : 'values are'} shared by more than one household`];
  told.push(fewer && `${fewer} ${fewer === 1 ? 'is' : 'are'} so no longer`);
  return `${told.filter(Boolean).join(', ')}.`;
}
