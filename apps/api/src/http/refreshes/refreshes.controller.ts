import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  itemCodeLength,
  refreshApply,
  refreshItem,
  refreshItemPage,
  refreshRun,
  refreshRunList,
  refreshStart,
  runSorts,
  type RefreshRun,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Refresh } from '../../pipeline/refresh.ts';
import { Worker } from '../../pipeline/worker.ts';
import { By } from '../access/actor.ts';
import { page, sortedPage } from '../paging.ts';
import { identity } from '../validation.ts';
import { RefreshesQueries } from './refreshes.queries.ts';

const runQuery = sortedPage(runSorts).extend({ system: z.string().max(40).optional() });
const itemQuery = page.extend({
  kind: refreshItem.shape.kind.optional(),
  code: z.string().max(itemCodeLength).optional(),
  outcome: refreshItem.shape.outcome.optional(),
});

@Controller('api/v1/refreshes')
export class RefreshesController {
  constructor(
    private readonly database: Database,
    private readonly queries: RefreshesQueries,
    private readonly refresh: Refresh,
    private readonly worker: Worker,
    private readonly audit: Audit,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: refreshRunList })
  list(@Query({ schema: runQuery }) query: z.infer<typeof runQuery>): Promise<z.infer<typeof refreshRunList>> {
    return this.database.read((tx) => this.queries.list(tx, query.system ?? null, query));
  }

  @Post()
  @ApiCreatedResponse({ standardSchema: refreshRun })
  async start(
    @Body({ schema: refreshStart }) { system, mode, ...asked }: z.infer<typeof refreshStart>,
    @By() by: string,
  ): Promise<RefreshRun> {
    const { runId } = await this.refresh.start(system, mode, by, asked);
    const isConfined = Object.values(asked).some((one) => one !== undefined);
    return this.acted(runId, by, `refresh started (${mode}${isConfined ? ', confined' : ''})`);
  }

  @Get(':runId')
  @ApiOkResponse({ standardSchema: refreshRun })
  one(@Param('runId', { schema: identity }) runId: number): Promise<RefreshRun> {
    return this.database.read((tx) => this.shown(tx, runId));
  }

  @Get(':runId/items')
  @ApiOkResponse({ standardSchema: refreshItemPage })
  items(
    @Param('runId', { schema: identity }) runId: number,
    @Query({ schema: itemQuery }) query: z.infer<typeof itemQuery>,
  ): Promise<z.infer<typeof refreshItemPage>> {
    return this.database.transaction(async (tx) => {
      await this.shown(tx, runId);
      await this.queries.markPlanSeen(tx, runId);
      return this.queries.items(tx, runId, query);
    });
  }

  @Post(':runId/apply')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: refreshRun })
  async apply(
    @Param('runId', { schema: identity }) runId: number,
    @Body({ schema: refreshApply }) { planHash, count }: z.infer<typeof refreshApply>,
    @By() by: string,
  ): Promise<RefreshRun> {
    await this.refresh.apply(runId, planHash, count);
    return this.acted(runId, by, count === undefined ? 'refresh applied' : `refresh applied (${count} rows confirmed)`);
  }

  @Post(':runId/cancel')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: refreshRun })
  async cancel(@Param('runId', { schema: identity }) runId: number, @By() by: string): Promise<RefreshRun> {
    await this.refresh.cancel(runId);
    return this.acted(runId, by, 'refresh cancelled');
  }

  private acted(runId: number, by: string, act: string): Promise<RefreshRun> {
    this.worker.wake();
    return this.database.transaction(async (tx) => {
      await this.audit.note(tx, by, act, `run ${runId}`);
      return this.shown(tx, runId);
    });
  }

  private async shown(tx: Tx, runId: number): Promise<RefreshRun> {
    const run = await this.queries.one(tx, runId);
    if (!run) throw new ProblemError('not-found', 'There is no such refresh run: look at the list.');
    return run;
  }
}
