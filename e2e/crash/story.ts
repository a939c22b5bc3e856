import type { CrashPoint } from '../../apps/api/src/platform/crash-points.ts';
import { until } from '../stack/until.ts';
import { aMapping, isIdle, look, register } from './hub-setup.ts';
import { PersistentClient } from './persistent-client.ts';
import { unlikeName } from './unlike-name.ts';
import { SteadySystem } from './steady-system.ts';

const began = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;
const limitMs = 60_000;

/** What has to happen for the hub to come to a point. */
type Act = 'push' | 'load' | 'pushWithLane' | 'refresh' | 'pin' | 'undo' | 'view' | 'mapping' | 'model' | 'rules';

/** Every point has its act: what is missing here does not compile. In the order of the story. */
const acts: Record<CrashPoint, Act> = {
  'push-read': 'push',
  'push-sent': 'push',
  'push-stored': 'load',
  'push-committed': 'push',
  'chunk-claimed': 'push',
  'rows-filed': 'push',
  'timelines-folded': 'push',
  'customers-clustered': 'push',
  'records-kept': 'push',
  'golden-saved': 'push',
  'customers-settled': 'push',
  'views-marked': 'push',
  'chunk-done': 'push',
  'chunk-committed': 'push',
  'run-opened': 'refresh',
  'listing-begun': 'refresh',
  'page-listed': 'refresh',
  'page-taken-in': 'refresh',
  'page-committed': 'refresh',
  'plan-made': 'refresh',
  'run-ending': 'refresh',
  'dirty-taken': 'pushWithLane',
  'lane-planned': 'pushWithLane',
  'delivery-begun': 'pushWithLane',
  'offers-filed': 'pushWithLane',
  'offers-committed': 'pushWithLane',
  'delivery-answered': 'pushWithLane',
  'receipts-filed': 'pushWithLane',
  'items-settled': 'pushWithLane',
  'receipts-committed': 'pushWithLane',
  'all-sent': 'pushWithLane',
  'decision-added': 'pin',
  'act-settled': 'pin',
  'act-committed': 'pin',
  'undo-settled': 'undo',
  'view-offered': 'view',
  'mapping-rederived': 'mapping',
  'model-page-placed': 'model',
  'model-placed': 'model',
  'rules-applied': 'rules',
};
export const pointsOfStory = Object.keys(acts) as CrashPoint[];

/** One story, told to a hub that may die at any point of it: north pushes, south is refreshed, a steward and an admin act. */
export class Story {
  private readonly client: PersistentClient;
  private readonly adminToken: string;
  private readonly databaseUrl: string;
  readonly south: SteadySystem;
  private northKey = '';
  private southKey = '';
  /** How many people north has told of. */
  private people = 0;
  private lane = 'off';

  private constructor(hub: { url: string; adminToken: string; databaseUrl: string }, south: SteadySystem) {
    this.client = new PersistentClient(hub.url, limitMs);
    this.adminToken = hub.adminToken;
    this.databaseUrl = hub.databaseUrl;
    this.south = south;
  }

  static async begin(hub: { url: string; adminToken: string; databaseUrl: string }): Promise<Story> {
    const south = await SteadySystem.open('south');
    const story = new Story(hub, south);
    story.northKey = await register(story.client, hub.adminToken, { code: 'north' });
    story.southKey = await register(story.client, hub.adminToken, { code: 'south', adapter: south });
    return story;
  }

  /** Does what leads to the point, again and again until it is done; resolves when the hub has come to rest. */
  async tell(point: CrashPoint): Promise<void> {
    await this[acts[point]](point);
    await this.atRest(point);
  }

  private async atRest(point: string): Promise<void> {
    const isAtRest = () => isIdle(this.databaseUrl).catch(() => false);
    await until(`the hub is at rest after ${point}`, isAtRest, Boolean, limitMs);
  }

  end(): Promise<void> {
    return this.south.close();
  }

  /** A new person, the last one changed, one that comes twice, and one line that cannot be read. */
  private async push(point: string): Promise<void> {
    const n = (this.people += 1);
    const lines = [this.person(n, n), this.person(n - 1, n), this.person(n, n), { id: '', data: null }];
    await this.asNorth('records', lines, point);
    // What was told is delivered before more is told: else it would hang on chance how much goes out together.
    await this.atRest(point);
    const patch = {
      specversion: '1.0',
      source: '/north',
      type: 'customer.patched',
      subject: `N-${n}`,
      rowversion: n + 1,
    };
    const event = { ...patch, id: point, time: this.at(n + 1), data: { given: `Grace${n}` } };
    const early = { ...event, id: `${point}, early`, subject: `N-${n + 1}`, rowversion: n };
    await this.asNorth('events', [event, early], `${point}, in part`);
  }

  /** Pushed into a load, which is then given up: whoever asked for it again after a crash finds it open, or over. */
  private async load(point: string): Promise<void> {
    const n = (this.people += 1);
    const opened = await this.client.call('POST', '/systems/north/loads', this.northKey, { asOf: this.at(n) });
    if (opened.status >= 300 && opened.status !== 409) throw new Error(`No load: ${JSON.stringify(opened)}`);
    const [last] = await look<{ id: string }>(this.databaseUrl, 'select max(load_id) as id from load');
    await this.asNorth(`records?load=${last!.id}`, [this.person(n, n), this.person(n - 1, n)], point);
    const aborted = await this.client.call('POST', `/loads/${last!.id}/abort`, this.northKey);
    if (aborted.status >= 300) throw new Error(`The load was not given up: ${JSON.stringify(aborted)}`);
  }

  private async pushWithLane(point: string): Promise<void> {
    await this.setLane('on');
    await this.push(point);
  }

  private async refresh(point: string): Promise<void> {
    await this.setLane('off');
    await this.push(point);
    if (this.south.shown().length > 0) this.south.edit(0, { phone: this.phone(500 + this.people) });
    const runs = () => look(this.databaseUrl, `select run_id from refresh_run where mode = 'full'`).catch(() => null);
    const before = (await until('the runs are counted', runs, (rows) => rows !== null))!.length;
    for (let rows: object[] | null = []; (rows?.length ?? before) <= before; rows = await runs()) {
      const answer = await this.client.call('POST', '/refreshes', this.adminToken, { system: 'south', mode: 'full' });
      if (answer.status >= 300 && answer.status !== 409)
        throw new Error(`The refresh was not started: ${JSON.stringify(answer)}`);
    }
  }

  /** The answer may be lost, and the same pin again contradicts the first: then it stands already. */
  private async pin(point: string): Promise<void> {
    const wish = { attribute: 'phone.primary', value: this.phone(900 + this.people), reason: point };
    const answer = await this.client.call('POST', `/customers/${await this.customerOf('N-2')}/pins`, this.adminToken, {
      ...wish,
      replaces: await this.standingPins(point),
    });
    if (answer.status >= 300 && answer.status !== 409)
      throw new Error(`The pin was not taken: ${JSON.stringify(answer)}`);
  }

  private async undo(): Promise<void> {
    for (const decisionId of await this.standingPins('')) {
      const answer = await this.client.call('POST', `/decisions/${decisionId}/undo`, this.adminToken);
      if (answer.status >= 300 && answer.status !== 404) throw new Error(`Not undone: ${JSON.stringify(answer)}`);
    }
  }

  private async view(point: string): Promise<void> {
    await this.setLane('off');
    await this.push(point);
    const keys = () =>
      look<{ key: string }>(
        this.databaseUrl,
        `select r.source_key as key from source_record r join source_record n using (customer_id) join system s on s.system_id = r.system_id
         where s.code = 'south' and n.source_key = $1`,
        [`N-${this.people - 1}`],
      ).catch(() => []);
    const [found] = await until('south has the customer', keys, (rows) => rows.length === 1, limitMs);
    await this.client.call('GET', `/systems/south/customers/${found!.key}`, this.southKey);
  }

  private async mapping(): Promise<void> {
    await this.putOnce('/systems/north/mapping', { document: aMapping('north', { withPhone: false }) });
  }

  private rules(point: string): Promise<void> {
    return this.publishAgain('/rules/survivorship', point);
  }

  private model(point: string): Promise<void> {
    return this.publishAgain('/rules/matching', point);
  }

  private async publishAgain(path: string, reason: string): Promise<void> {
    const { body } = await this.client.call('GET', path, this.adminToken);
    await this.putOnce(path, { document: (body as { document: unknown }).document, reason });
  }

  /** Published once, though the answer may be lost: the version tells. */
  private async putOnce(path: string, body: object): Promise<void> {
    const version = async () =>
      ((await this.client.call('GET', path, this.adminToken)).body as { version: number }).version;
    const before = await version();
    const put = (count?: number) => this.client.call('PUT', path, this.adminToken, { ...body, count });
    const first = await put();
    // Of what changes many customers the number is asked for.
    const { count } = first.body as { count?: number };
    const answer = first.status === 409 && count !== undefined ? await put(count) : first;
    if (answer.status >= 300) throw new Error(`${path} was not published: ${JSON.stringify(answer)}`);
    const after = await version();
    if (after !== before + 1) throw new Error(`${path} was published ${after - before} times.`);
  }

  private async setLane(lane: 'on' | 'off'): Promise<void> {
    if (this.lane === lane) return;
    await this.client.call('PUT', '/systems/south/lane', this.adminToken, { lane });
    this.lane = lane;
  }

  private async asNorth(form: string, body: unknown, key: string): Promise<void> {
    const answer = await this.client.call('POST', `/systems/north/${form}`, this.northKey, body, key);
    if (answer.status !== 202) throw new Error(`North was refused: ${JSON.stringify(answer)}`);
  }

  private async customerOf(key: string): Promise<string> {
    const [found] = await look<{ id: string }>(
      this.databaseUrl,
      'select c.public_id as id from customer c join source_record r using (customer_id) where r.source_key = $1',
      [key],
    );
    return found!.id;
  }

  private async standingPins(but: string): Promise<number[]> {
    const rows = await look<{ id: string }>(
      this.databaseUrl,
      `select decision_id as id from decision where kind = 'pin' and undone_at is null and reason <> $1 order by 1`,
      [but],
    );
    return rows.map((row) => Number(row.id));
  }

  private person(n: number, version: number) {
    const data = {
      id: `N-${n}`,
      given: `Ada${version}`,
      family: unlikeName(String(n)),
      email: `${unlikeName(String(n))}@example.com`,
      phone: this.phone(n),
    };
    return { id: `N-${n}`, version, changedAt: this.at(version), data };
  }

  private phone(n: number): string {
    return `+1202555${String(n).padStart(4, '0')}`;
  }

  private at(n: number): string {
    return new Date(began + n * minuteMs).toISOString();
  }
}
