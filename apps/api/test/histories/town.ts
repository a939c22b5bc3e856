import { vi } from 'vitest';
import type { RefreshRun } from '@cinch/api-contract';
import { Rederive } from '../../src/pipeline/rederive.ts';
import { ProblemError } from '../../src/platform/problem-error.ts';
import { AdapterClient } from '../../src/stages/refreshes/adapter-client.ts';
import { systemCodes, type House, type SystemCode } from './house.ts';
import { Life } from './life.ts';
import { deliver } from './network.ts';
import { Random } from './random.ts';
import { Lookout } from './situation.ts';
import { firstRow } from './values.ts';

const rounds = 20;
const actsAtOnce = 8;

/** So many customers, each with a record in both systems and every third with a second account, and what happens to them. */
export class Town {
  lives: Life[] = [];
  private readonly random: Random;
  private readonly lookout: Lookout;

  constructor(
    private readonly house: House,
    private readonly customers: number,
    private readonly seed: number,
    /** Only this customer lives, as it does among all. */
    private readonly only: number | null,
  ) {
    this.random = new Random(seed);
    this.lookout = new Lookout(house);
  }

  async live(): Promise<void> {
    await this.found();
    for (let round = 0; round < rounds; round += 1) {
      await this.act();
      const messages = this.lives.flatMap((life) => life.network.arriving());
      this.pass(700);
      await deliver(this.house, messages);
      if (this.random.chance(0.6)) await this.refreshOne();
    }
  }

  private async found(): Promise<void> {
    const systems = await this.house.inForce();
    const all = Array.from({ length: this.customers }, (_, index) => index);
    const chosen = all.filter((index) => this.only === null || index === this.only);
    this.lives = chosen.map((index) => new Life(this.house, systems, index, this.seed));
    const rows = (code: SystemCode, account: number, of: readonly number[]) =>
      of.map((index) => firstRow(code, index, account, new Random(this.seed + index)));
    const second = chosen.filter((index) => index % 3 === 0);
    await this.house.make('adipose', [...rows('adipose', 0, chosen), ...rows('adipose', 1, second)]);
    await this.house.make('bellyfat', rows('bellyfat', 0, chosen));
    this.pass(1_000);
    for (const code of systemCodes) await this.house.push(code, await this.house.takeEvents(code));
    await this.house.drained();
  }

  private async act(): Promise<void> {
    const situations = await this.lookout.look(this.customers);
    this.pass(1_300);
    for (let from = 0; from < this.lives.length; from += actsAtOnce) {
      await Promise.all(this.lives.slice(from, from + actsAtOnce).map((life) => life.act(situations[life.index]!)));
    }
    await this.listen();
    for (const life of this.lives) life.endAct();
  }

  /** The refresh of one system; now and then the answers to its deliveries are lost on the way. */
  private async refreshOne(): Promise<void> {
    const loses = this.random.chance(0.25);
    const run = await (loses
      ? this.losingAnswers(() => this.refresh('adipose'))
      : this.refresh(this.random.pick(systemCodes)));
    if (run.phase !== 'closed' && !loses) throw new Error(`The refresh failed: ${run.failure}`);
  }

  async refresh(code: SystemCode): Promise<RefreshRun> {
    this.pass(1_100);
    const run = await this.house.refresh(code);
    await this.listen();
    return run;
  }

  /** What the systems have to tell goes on its way. */
  private async listen(): Promise<void> {
    for (const code of systemCodes) {
      for (const event of await this.house.takeEvents(code)) {
        const owner = this.lookout.owners.get(`${code} ${event.subject}`);
        this.lives.find((life) => life.index === owner)?.hear(code, event);
      }
    }
  }

  private async losingAnswers(work: () => Promise<RefreshRun>): Promise<RefreshRun> {
    const client = this.house.get(AdapterClient);
    const upsert = client.upsert.bind(client);
    const spy = vi.spyOn(client, 'upsert').mockImplementation(async (...call) => {
      await upsert(...call);
      throw new ProblemError('adapter-unreachable', 'The answer was lost.');
    });
    try {
      return await work();
    } finally {
      spy.mockRestore();
    }
  }

  /** Both systems are refreshed until nothing is left to hear or to send. The last runs of each. */
  async settle(): Promise<RefreshRun[]> {
    for (let round = 0; round < 12; round += 1) {
      const runs: RefreshRun[] = [];
      for (const code of systemCodes) runs.push(await this.refresh(code));
      if (runs.every(({ counts }) => counts.heard + counts.create + counts.change === 0)) return runs;
    }
    const left = await this.house.query(
      `select s.code, i.kind, i.outcome, i.code, i.customer_id, r.source_key, i.fields from refresh_item i join refresh_run using (run_id)
       join system s using (system_id) left join source_record r using (record_id) order by i.run_id desc, i.seq limit 5`,
    );
    throw new Error(`The refreshes do not come to an end: ${JSON.stringify(left, null, 1)}`);
  }

  /** So much later, everything that time alone changes has changed. */
  async later(ms: number): Promise<void> {
    this.pass(ms);
    while (await this.house.get(Rederive).next());
  }

  private pass(ms: number): void {
    vi.setSystemTime(Date.now() + ms);
  }
}
