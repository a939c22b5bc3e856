import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { LaneBrakeStore } from '../stages/refreshes/lane-brake.store.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';

/** Ends what the hub did for a system when it died over it so often, while it tried nothing else, that it does not go on by itself. */
@Injectable()
export class GiveUp {
  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly runs: RunsStore,
    private readonly lanes: LaneBrakeStore,
  ) {}

  async run({ runId, phase }: RunRow, deaths: number): Promise<void> {
    const failure = `The hub died ${deaths} times while it worked on this run (at “${phase}”) and tried nothing else. Look at the end of the hub’s log and at what this system lists; once the cause is mended, start a refresh.`;
    await this.committer.commit((tx) => this.runs.end(tx, runId, 'failed', { failure }, this.clock.now()));
  }

  /** What is stale waits until a person lets the lane go on. */
  async lane(systemId: number, deaths: number): Promise<void> {
    const why = { count: 0, of: 0, limit: 0, deaths } as const;
    await this.committer.commit((tx) => this.lanes.pause(tx, systemId, why, this.clock.now()));
  }
}
