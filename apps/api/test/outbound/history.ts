import { isEqualClosing } from '@cinch/api-contract';
import { Random } from '../histories/random.ts';
import { deliveredTwice, rowsOfCustomers } from './oracle.ts';
import type { SentHub } from './sent-hub.ts';
import type { Weather } from './ledger-target.ts';

const people = ['1', '2', '3', '4'] as const;
const weathers: readonly Weather[] = ['fair', 'fair', 'away', 'answer-lost', 'late'];
/** Where the same delivery is not known again, what is carried out after it was given up cannot be told from what never arrived. */
const weathersUnnamed = weathers.filter((weather) => weather !== 'late');

/** What happens to a few people, in an order that nobody planned: told, changed, merged, parted, sent, refreshed, lost on the way. */
export class History {
  /** What was done, for whoever has to find out why it went wrong. */
  readonly acts: string[] = [];
  private readonly random: Random;
  private readonly merges: number[] = [];
  private phones = 0;

  constructor(
    private readonly hub: SentHub,
    private readonly seed: number,
  ) {
    this.random = new Random(seed);
    hub.target.keepsDeliveryIds = seed % 2 === 1;
    this.note(hub.target.keepsDeliveryIds ? 'the target keeps delivery ids' : 'the target keeps no delivery ids');
  }

  async live(acts: number): Promise<void> {
    for (let n = 0; n < acts; n += 1) await this.act();
    await this.settle();
  }

  private async act(): Promise<void> {
    const acts = [
      () => this.tell(),
      () => this.tell(),
      () => this.lane(),
      () => this.lane(),
      () => this.changeWeather(),
      () => this.changeWeather(),
      () => this.refresh(),
      () => this.step(),
      () => this.step(),
      () => this.merge(),
      () => this.part(),
      () => this.echo(),
      () => this.catchUp(),
      () => this.switchLane(),
    ];
    await this.random.pick(acts)();
  }

  private async tell(): Promise<void> {
    const system = this.random.pick(['north', 'east'] as const);
    const id = this.random.pick(people);
    this.note(`${system} tells of ${id}`);
    await this.hub.tell(system, `${this.seed}-${id}`, this.phone());
  }

  private phone(): string {
    this.phones += 1;
    return `+1202${String(5_550_000 + this.seed * 100 + (this.phones % 100)).slice(-7)}`;
  }

  private async lane(): Promise<void> {
    this.note('lane');
    await this.hub.lane();
  }

  private async changeWeather(): Promise<void> {
    const { target } = this.hub;
    target.weather = this.random.pick(target.keepsDeliveryIds ? weathers : weathersUnnamed);
    this.note(`the target is ${this.hub.target.weather}`);
  }

  /** Nothing happens where one is open. */
  private async refresh(): Promise<void> {
    const mode = this.random.pick(['full', 'full', 'plan'] as const);
    this.note(`a refresh begins: ${mode}`);
    await this.hub.start(mode).catch(() => undefined);
  }

  private async step(): Promise<void> {
    const steps = 1 + this.random.below(4);
    this.note(`${steps} steps of the refresh`);
    await this.hub.steps(steps);
    if (this.random.chance(0.3)) await this.hub.applyPlanned();
  }

  private async merge(): Promise<void> {
    const customers = await this.hub.customersOf(`${this.seed}-`);
    if (customers.length < 2) return;
    const [a, b] = [this.random.pick(customers), this.random.pick(customers)];
    if (a === b) return;
    this.note(`${a} and ${b} become one`);
    const decisionId = await this.hub.merge(a, b).catch(() => null);
    if (decisionId !== null) this.merges.push(decisionId);
  }

  private async part(): Promise<void> {
    const decisionId = this.merges.pop();
    if (decisionId === undefined) return;
    this.note('they part again');
    await this.hub.undo(decisionId);
  }

  /** The target tells of one of its rows as if it were its own. */
  private async echo(): Promise<void> {
    const rows = this.hub.target.shown();
    if (rows.length === 0) return;
    const row = this.random.pick(rows);
    this.note(`the target tells of ${row.key}`);
    await this.hub.tellOf(row);
  }

  private async catchUp(): Promise<void> {
    this.note('what came late is done');
    this.hub.target.catchUp();
  }

  private async switchLane(): Promise<void> {
    const lane = this.random.pick(['on', 'on', 'off'] as const);
    this.note(`the lane is ${lane}`);
    await this.hub.setLane(lane);
  }

  /** The target is there for good, and whatever is open comes to its end. */
  private async settle(): Promise<void> {
    this.note('all settles');
    this.hub.target.weather = 'fair';
    if (this.random.chance(0.5)) this.hub.target.catchUp();
    await this.hub.setLane('on');
    await this.hub.endRuns();
    await this.hub.laneUntilDone();
    this.hub.passDeadline();
    await this.hub.laneUntilDone();
    this.hub.target.catchUp();
    await this.hub.refresh();
  }

  /** What is wrong in the end, in words; nothing when all holds. */
  async faults(): Promise<string[]> {
    const { hub } = this;
    const last = await hub.refresh();
    const rows = await rowsOfCustomers(hub);
    const integrity = await hub.faults();
    const doubled = rows.filter(({ keys }) => keys.length > 1);
    const isEqual = last.closing !== null && isEqualClosing(last.closing);
    return [
      ...(await deliveredTwice(hub)),
      ...rows.filter(({ keys }) => keys.length === 0).map(({ customerId }) => `${customerId} has no row`),
      ...rows.flatMap(({ customerId, stale }) => stale.map((key) => `${key} is not as ${customerId} should be`)),
      ...(isEqual && doubled.length > 0 ? [`it closes equal over ${JSON.stringify(doubled)}`] : []),
      ...(!isEqual && doubled.length === 0 ? [`it closes ${last.closing ?? last.failure}`] : []),
      ...(Object.keys(integrity).length > 0 ? [`integrity: ${JSON.stringify(integrity)}`] : []),
    ];
  }

  private note(what: string): void {
    this.acts.push(what);
  }
}
