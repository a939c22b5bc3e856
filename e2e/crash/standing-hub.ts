import { freePort } from '../../scripts/ports.ts';
import { startPostgres, type EmbeddedPostgres } from '../../scripts/postgres.ts';
import { HubProcess, isReady, mustBeSameBuild, type HubSettings } from './hub-process.ts';
import { setTimeout as wait } from 'node:timers/promises';

export type Victim = 'hub' | 'worker' | 'postgres' | 'target';

const lookMs = 20;
const limitMs = 60_000;

/** A server that keeps its port and what it committed, whenever it is killed. */
export class DurablePostgres {
  private readonly dataDir: string;
  private readonly port: number;
  private running: EmbeddedPostgres;

  private constructor(dataDir: string, port: number, running: EmbeddedPostgres) {
    this.dataDir = dataDir;
    this.port = port;
    this.running = running;
  }

  static async start(dataDir: string): Promise<DurablePostgres> {
    const port = await freePort();
    return new DurablePostgres(dataDir, port, await start(dataDir, port));
  }

  get url(): string {
    return this.running.url;
  }

  get pid(): number {
    return this.running.pid;
  }

  /** Killed with all that it had in memory, and started again. */
  async killAndStart(): Promise<void> {
    process.kill(this.running.pid, 'SIGKILL');
    await this.running.stop();
    this.running = await start(this.dataDir, this.port);
  }

  stop(): Promise<void> {
    return this.running.stop();
  }
}

function start(dataDir: string, port: number): Promise<EmbeddedPostgres> {
  return startPostgres({ dataDir, throwaway: true, durable: true, port });
}

/** One process that answers calls, two workers of which one stands by, and the Postgres below: each may be killed at any moment. */
export class StandingHub {
  readonly url: string;
  private readonly settings: HubSettings[];
  private readonly processes: HubProcess[];
  private readonly postgres: DurablePostgres;

  private constructor(settings: HubSettings[], postgres: DurablePostgres) {
    this.settings = settings;
    this.postgres = postgres;
    this.processes = settings.map((one) => HubProcess.start(one));
    this.url = `http://127.0.0.1:${settings[0]!.port}`;
  }

  static async start(common: Omit<HubSettings, 'role' | 'port'>, postgres: DurablePostgres): Promise<StandingHub> {
    const settings: HubSettings[] = [];
    for (const role of ['api', 'worker', 'worker'] as const) settings.push({ ...common, role, port: await freePort() });
    const hub = new StandingHub(settings, postgres);
    await hub.allReady();
    return hub;
  }

  /** Milliseconds from the kill until what was killed says that it is ready again, and the hub as well. */
  async kill(victim: Exclude<Victim, 'target'>, which: number): Promise<number> {
    const since = performance.now();
    if (victim === 'postgres') await this.postgres.killAndStart();
    else {
      const place = victim === 'hub' ? 0 : 1 + (which % 2);
      await this.processes[place]!.kill();
      this.processes[place] = HubProcess.start(this.settings[place]!);
    }
    await this.allReady();
    return performance.now() - since;
  }

  async stop(): Promise<void> {
    for (const process of this.processes) await process.kill();
  }

  private async allReady(): Promise<void> {
    const giveUpAt = performance.now() + limitMs;
    mustBeSameBuild();
    for (const { port, role } of this.settings) {
      while (!(await isReady(port))) {
        mustBeSameBuild();
        if (performance.now() > giveUpAt) throw new Error(`The ${role} was not ready within ${limitMs} ms.`);
        await wait(lookMs);
      }
    }
  }
}
