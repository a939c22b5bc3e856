import { setTimeout as wait } from 'node:timers/promises';
import { createTestDatabase } from '../../scripts/test-database.ts';
import { until } from '../stack/until.ts';
import { freeToGo, isIdle, register } from './hub-setup.ts';
import { PersistentClient } from './persistent-client.ts';
import { Pusher, type Acknowledged } from './pusher.ts';
import { StandingHub, type DurablePostgres } from './standing-hub.ts';
import { TargetProcess } from './target-process.ts';

/** More is told than a hub works on that is killed all the time: what has piled up takes minutes. */
const settledLimitMs = 600_000;
/** While hub and target are killed, it is taken up again and again. */
const refreshLimitMs = 600_000;
const adminToken = 'only-for-this-test';
/** So many clients push one record at a time. */
export const streams = 20;

/** A hub on a database of its own with a target that it keeps in step, and the clients that push to it. */
export class KilledSide {
  readonly hub: StandingHub;
  readonly target: TargetProcess;
  readonly databaseUrl: string;
  readonly pushers: readonly Pusher[];
  readonly streamers: readonly Pusher[];
  private readonly admin: PersistentClient;

  private constructor(parts: Pick<KilledSide, 'hub' | 'target' | 'databaseUrl' | 'pushers' | 'streamers'>) {
    this.hub = parts.hub;
    this.target = parts.target;
    this.databaseUrl = parts.databaseUrl;
    this.pushers = parts.pushers;
    this.streamers = parts.streamers;
    this.admin = new PersistentClient(parts.hub.url);
  }

  static async open(postgres: DurablePostgres, dataDir: string, clients: number): Promise<KilledSide> {
    const { url: databaseUrl } = await createTestDatabase(postgres.url);
    const target = await TargetProcess.start(`${dataDir}.journal`);
    const hub = await StandingHub.start({ databaseUrl, dataDir, adminToken }, postgres);
    const admin = new PersistentClient(hub.url);
    const keys: Record<string, string> = {};
    for (const code of ['north', 'east']) keys[code] = await register(admin, adminToken, { code });
    await register(admin, adminToken, { code: 'south', adapter: target });
    await admin.call('PUT', '/systems/south/limits', adminToken, freeToGo);
    await admin.call('PUT', '/systems/south/lane', adminToken, { lane: 'on' });
    const named = (kind: string, count: number) =>
      Array.from({ length: count }, (_, place) => new Pusher(hub.url, { kind, place }, keys));
    const [pushers, streamers] = [named('c', clients), named('t', streams)];
    return new KilledSide({ hub, target, databaseUrl, pushers, streamers });
  }

  get all(): readonly Pusher[] {
    return [...this.pushers, ...this.streamers];
  }

  get acknowledged(): Acknowledged[] {
    return this.all.flatMap((pusher) => pusher.acknowledged);
  }

  /** One refresh after the other while `more` says so. How many ended. */
  async refreshWhile(more: () => boolean): Promise<number> {
    let ended = 0;
    while (more()) {
      if ((await this.refresh(more)) !== null) ended += 1;
      await wait(500);
    }
    return ended;
  }

  /** How it closed; null where it did not. */
  async refresh(more: () => boolean = () => true): Promise<string | null> {
    const opened = await this.admin.call('POST', '/refreshes', adminToken, { system: 'south', mode: 'full' });
    if (opened.status >= 300) return null;
    const { runId } = opened.body as { runId: number };
    const look = async () => {
      const { body } = await this.admin.call('GET', `/refreshes/${runId}`, adminToken);
      const { phase, closing } = body as { phase: string; closing: string | null };
      return { phase, closing };
    };
    const hasEnded = ({ phase }: { phase: string }) => ['closed', 'failed', 'cancelled'].includes(phase);
    const last = await until(`refresh ${runId} ends`, look, (run) => hasEnded(run) || !more(), refreshLimitMs);
    return hasEnded(last) ? last.closing : null;
  }

  async settled(): Promise<void> {
    await until('nothing is under way', () => isIdle(this.databaseUrl), Boolean, settledLimitMs);
  }

  async stop(): Promise<void> {
    await this.hub.stop();
    await this.target.stop();
  }
}
