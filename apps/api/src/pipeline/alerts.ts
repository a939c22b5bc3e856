import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { EgressPolicy } from '../platform/egress/egress-policy.ts';
import { ENVIRONMENT, type Environment } from '../platform/environment.ts';
import { Database } from '../platform/transaction.ts';
import { Troubles } from '../platform/troubles.ts';
import { AlertsStore, type Alert, type DueAlert, type Progress } from '../stages/alerts/alerts.store.ts';
import { postWebhook } from '../stages/alerts/webhook.ts';

const lookEveryMs = 10_000;
/** What has not moved for so long is stuck. */
const stuckAfterMs = 10 * 60_000;
/** A system that is started anew is back by then. */
const awayAfterMs = 60_000;
/** A hub that was down for less tells afterwards what it missed. */
const tellsOfTheLastMs = 24 * 60 * 60_000;
const [second, minute, hour] = [1_000, 60_000, 3_600_000];
/** After the last of these it is given up. */
const pausesMs = [5 * second, 30 * second, 2 * minute, 10 * minute, hour, 3 * hour, 6 * hour, 12 * hour];

/** Longer than a webhook may take: whoever tells an alert has it to itself for so long. */
const claimedMs = 30 * second;

interface Seen {
  mark: string;
  since: number;
}

/** Tells a webhook what somebody has to look at: a refresh that failed or stopped itself, and whatever should move and does not. */
@Injectable()
export class Alerts implements OnApplicationBootstrap {
  private readonly log = new Logger('Alerts');
  private seen = new Map<string, Seen>();
  private lookAt = 0;

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: AlertsStore,
    private readonly egress: EgressPolicy,
    private readonly troubles: Troubles,
  ) {}

  onApplicationBootstrap(): void {
    // Finding a name may take long: nobody waits for it at the start.
    void this.lookAtWebhook();
  }

  /** A webhook that the hub may not call would only be noticed by the alerts that do not come. */
  async lookAtWebhook(): Promise<void> {
    const { webhook } = this.environment;
    if (!webhook) return;
    try {
      await this.egress.mustAllow(webhook.url);
    } catch {
      this.log.error(
        `No alert can be delivered: the hub may not call ${new URL(webhook.url).host} (ALERT_WEBHOOK_URL). Name it in EGRESS_ALLOW.`,
      );
      this.troubles.raise('alerts-unreachable');
    }
  }

  /** One alert that is due, after a look whether there are new ones when it is time for that. False when there is none. */
  async next(): Promise<boolean> {
    if (this.environment.webhook === null) return false;
    if (this.clock.now() >= this.lookAt) await this.look();
    return this.tellDue();
  }

  /** One alert that is due, which no other process is telling. False when there is none. */
  async tellDue(): Promise<boolean> {
    if (this.environment.webhook === null) return false;
    const now = this.clock.now();
    const due = await this.database.glance((tx) => this.store.claim(tx, new Date(now), new Date(now + claimedMs)));
    if (due !== null) await this.tell(due);
    return due !== null;
  }

  /** Whoever sees that nobody has been at work since then says so, once for all of them. */
  async noteStale(since: Date | null): Promise<string> {
    const subject = `duty since ${since?.toISOString() ?? 'the start'}`;
    await this.note({ kind: 'duty.stale', subject, data: { since } });
    return subject;
  }

  /** Somebody is at work again, after what `noteStale` has noted. */
  async noteBack(subject: string): Promise<void> {
    await this.note({ kind: 'duty.back', subject, data: {} });
  }

  private async note(alert: Alert): Promise<void> {
    if (this.environment.webhook === null) return;
    await this.database.transaction((tx) => this.store.add(tx, [alert], new Date(this.clock.now())));
  }

  private async look(): Promise<void> {
    const now = this.clock.now();
    const since = new Date(now - tellsOfTheLastMs);
    const { ended, braked, aside, away, news, moving } = await this.database.read(async (tx) => ({
      ended: await this.store.endedBadly(tx, since),
      braked: await this.store.lanesBraked(tx),
      aside: await this.store.putAside(tx),
      away: await this.store.systemsAway(tx, new Date(now - awayAfterMs)),
      news: await this.store.newsHeld(tx),
      moving: await this.store.underWay(tx),
    }));
    const alerts = [...ended, ...braked, ...aside, ...away, ...news, ...this.stuck(moving, now)];
    if (alerts.length > 0) await this.database.transaction((tx) => this.store.add(tx, alerts, new Date(now)));
    this.lookAt = now + lookEveryMs;
  }

  private stuck(moving: readonly Progress[], now: number): Alert[] {
    const before = this.seen;
    this.seen = new Map(
      moving.map(({ subject, mark }) => {
        const known = before.get(subject);
        return [subject, known?.mark === mark ? known : { mark, since: now }];
      }),
    );
    return moving.flatMap(({ subject, data }) => {
      const { since } = this.seen.get(subject)!;
      if (now - since < stuckAfterMs) return [];
      const at = new Date(since).toISOString();
      return [{ kind: 'stuck', subject: `${subject} since ${at}`, data: { ...data, what: subject, since: at } }];
    });
  }

  private async tell({ alertId, kind, at, data, tries }: DueAlert): Promise<void> {
    const body = JSON.stringify({ type: kind, timestamp: at.toISOString(), data: JSON.parse(data) as object });
    // The same id at each try, so that whoever listens can tell a repetition.
    const isTaken = await postWebhook(
      this.egress,
      this.environment.webhook!,
      `cinch_alert_${alertId}`,
      body,
      this.clock.now(),
    );
    if (isTaken) this.troubles.clear('alerts-unreachable');
    else this.troubles.raise('alerts-unreachable');
    const now = this.clock.now();
    const pause = pausesMs[tries];
    await this.database.transaction((tx) =>
      isTaken
        ? this.store.noteSent(tx, alertId, new Date(now))
        : this.store.noteFailed(tx, alertId, pause === undefined ? null : new Date(now + pause)),
    );
    if (!isTaken) this.log.warn(`The webhook did not take alert ${alertId}${pause === undefined ? ': given up' : ''}.`);
  }
}
