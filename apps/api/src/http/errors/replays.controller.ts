import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  replay,
  replayAnswer,
  replayAsk,
  replayPage,
  type Replay,
  type ReplayAnswer,
  type ReplayAsk,
  type ReplayPage,
} from '@cinch/api-contract';
import type { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { Replays } from '../../pipeline/replays.ts';
import { Worker } from '../../pipeline/worker.ts';
import type { Selection } from '../../stages/replays/replays.store.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { page } from '../paging.ts';
import { identity } from '../validation.ts';
import { ReplaysQueries } from './replays.queries.ts';

@Controller('api/v1/errors')
export class ReplaysController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly replays: Replays,
    private readonly queries: ReplaysQueries,
    private readonly worker: Worker,
  ) {}

  @Post('replay')
  @HttpCode(202)
  @ApiAcceptedResponse({ standardSchema: replayAnswer })
  async replay(@Body({ schema: replayAsk }) { dryRun, ...asked }: ReplayAsk, @By() by: string): Promise<ReplayAnswer> {
    const selection = await this.selectionOf(asked);
    if (dryRun) return this.replays.foresee(selection);
    const answer = await this.replays.ask(selection, JSON.stringify(asked), by);
    this.worker.wake();
    return answer;
  }

  @Get('replays')
  @ApiOkResponse({ standardSchema: replayPage })
  list(@Query({ schema: page }) query: z.infer<typeof page>): Promise<ReplayPage> {
    return this.database.read((tx) => this.queries.list(tx, query));
  }

  @Get('replays/:replayId')
  @ApiOkResponse({ standardSchema: replay })
  async one(@Param('replayId', { schema: identity }) replayId: number): Promise<Replay> {
    const found = await this.database.read((tx) => this.queries.one(tx, replayId));
    if (!found) throw new ProblemError('not-found', 'There is no such replay: look at the list.');
    return found;
  }

  private async selectionOf(asked: Omit<ReplayAsk, 'dryRun'>): Promise<Selection> {
    const { ids = null, cause = null, system, mappingVersion = null, since, until } = asked;
    const named = system === undefined ? null : await this.database.read((tx) => this.systems.named(tx, system));
    const times = { since: since ? Date.parse(since) : null, until: until ? Date.parse(until) : null };
    return { ids, cause, systemId: named?.systemId ?? null, mappingVersion, ...times };
  }
}
