import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  decisionMade,
  takeBackMake,
  takeBackPage,
  takeBackPreview,
  takeBackSorts,
  takeBackTrial,
  undoMake,
  type DecisionMade,
  type TakeBackPage,
  type TakeBackPortion,
  type TakeBackPreview as ShownPreview,
} from '@cinch/api-contract';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { TakeBackPreview } from '../../pipeline/take-back-preview.ts';
import { TakeBacks } from '../../pipeline/take-backs.ts';
import type { Portion } from '../../stages/records/take-backs.store.ts';
import { By } from '../access/actor.ts';
import { sortedPage } from '../paging.ts';
import { identity } from '../validation.ts';
import { TakeBacksQueries } from './take-backs.queries.ts';

const takeBackQuery = sortedPage(takeBackSorts);

@Controller('api/v1')
export class TakeBacksController {
  constructor(
    private readonly database: Database,
    private readonly queries: TakeBacksQueries,
    private readonly preview: TakeBackPreview,
    private readonly takeBacks: TakeBacks,
  ) {}

  @Get('systems/:system/take-backs')
  @ApiOkResponse({ standardSchema: takeBackPage })
  list(
    @Param('system') system: string,
    @Query({ schema: takeBackQuery }) query: z.infer<typeof takeBackQuery>,
  ): Promise<TakeBackPage> {
    return this.database.read((tx) => this.queries.list(tx, system, query));
  }

  /** What it would change. Nothing is taken back. */
  @Post('systems/:system/take-backs/preview')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: takeBackPreview })
  async foresee(
    @Param('system') system: string,
    @Body({ schema: takeBackTrial }) { what }: z.infer<typeof takeBackTrial>,
  ): Promise<ShownPreview> {
    const asked = portionOf(what);
    const difference = await this.preview.of(system, asked);
    return this.database.read((tx) => this.queries.shown(tx, system, asked, difference));
  }

  @Post('systems/:system/take-backs')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  async make(
    @Param('system') system: string,
    @Body({ schema: takeBackMake }) { what, entries, reason }: z.infer<typeof takeBackMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return { decisionId: await this.takeBacks.make(system, { what: portionOf(what), entries, reason, by }) };
  }

  /** What was taken back counts again. */
  @Post('take-backs/:decisionId/undo')
  @HttpCode(204)
  @ApiNoContentResponse()
  undo(
    @Param('decisionId', { schema: identity }) decisionId: number,
    @Body({ schema: undoMake }) said: z.infer<typeof undoMake>,
    @By() by: string,
  ): Promise<void> {
    return this.takeBacks.bringIn(decisionId, by, said?.reason);
  }
}

function portionOf(what: TakeBackPortion): Portion {
  return 'from' in what ? { from: Date.parse(what.from), to: Date.parse(what.to) } : what;
}
