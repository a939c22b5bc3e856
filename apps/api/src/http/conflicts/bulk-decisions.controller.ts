import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  bulkDecisionPage,
  bulkMade,
  samePreview,
  sameQuestion,
  sameResolution,
  undoMake,
  type BulkDecisionPage,
  type BulkMade,
  type SamePreview,
} from '@cinch/api-contract';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { BulkDecisions } from '../../pipeline/bulk-decisions.ts';
import { By } from '../access/actor.ts';
import { page } from '../paging.ts';
import { Reaches } from '../reach/reaches.ts';
import { identity } from '../validation.ts';
import { BulkDecisionsQueries } from './bulk-decisions.queries.ts';
import { ConflictsQueries } from './conflicts.queries.ts';

const shownAtMost = 100;

@Controller('api/v1')
export class BulkDecisionsController {
  constructor(
    private readonly database: Database,
    private readonly bulk: BulkDecisions,
    private readonly reaches: Reaches,
    private readonly conflicts: ConflictsQueries,
    private readonly queries: BulkDecisionsQueries,
  ) {}

  /** What one answer to all would change. Nothing is decided. */
  @Post('conflicts/:conflictId/same/preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: samePreview })
  async foresee(
    @Param('conflictId', { schema: identity }) conflictId: number,
    @Body({ schema: sameQuestion }) asked: z.infer<typeof sameQuestion>,
  ): Promise<SamePreview> {
    const { choices, decided } = await this.bulk.foresee(conflictId, asked);
    const ids = choices.slice(0, shownAtMost).map(({ question }) => question.conflictId);
    const shown = await this.database.read((tx) => this.conflicts.some(tx, ids));
    return { conflicts: choices.length, shown, reach: await this.reaches.of({ decided }) };
  }

  @Post('conflicts/:conflictId/same')
  @ApiCreatedResponse({ standardSchema: bulkMade })
  make(
    @Param('conflictId', { schema: identity }) conflictId: number,
    @Body({ schema: sameResolution }) { count, reason, ...asked }: z.infer<typeof sameResolution>,
    @By() by: string,
  ): Promise<BulkMade> {
    return this.bulk.make(conflictId, asked, { count, reason, by });
  }

  @Get('bulk-decisions')
  @ApiOkResponse({ standardSchema: bulkDecisionPage })
  list(@Query({ schema: page }) query: z.infer<typeof page>): Promise<BulkDecisionPage> {
    return this.database.read((tx) => this.queries.list(tx, query));
  }

  /** All of its choices, also those that are still to be made. */
  @Post('bulk-decisions/:bulkId/undo')
  @HttpCode(204)
  @ApiNoContentResponse()
  undo(
    @Param('bulkId', { schema: identity }) bulkId: number,
    @Body({ schema: undoMake }) said: z.infer<typeof undoMake>,
    @By() by: string,
  ): Promise<void> {
    return this.bulk.undo(bulkId, by, said?.reason);
  }
}
