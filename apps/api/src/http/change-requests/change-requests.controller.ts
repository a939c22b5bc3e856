import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  changeRequestPage,
  decisionMade,
  requestAnswer,
  requestSorts,
  requestStates,
  type ChangeRequestPage,
  type DecisionMade,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { Decide } from '../../pipeline/decide.ts';
import { By } from '../access/actor.ts';
import { sortedPage } from '../paging.ts';
import { identity } from '../validation.ts';
import { ChangeRequestsQueries } from './change-requests.queries.ts';

const requestQuery = sortedPage(requestSorts).extend({ state: z.enum(requestStates).default('open') });

@Controller('api/v1/change-requests')
export class ChangeRequestsController {
  constructor(
    private readonly database: Database,
    private readonly queries: ChangeRequestsQueries,
    private readonly decide: Decide,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: changeRequestPage })
  list(@Query({ schema: requestQuery }) query: z.infer<typeof requestQuery>): Promise<ChangeRequestPage> {
    return this.database.read((tx) => this.queries.list(tx, query.state, query));
  }

  @Post(':requestId/answer')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  answer(
    @Param('requestId', { schema: identity }) requestId: number,
    @Body({ schema: requestAnswer }) answer: z.infer<typeof requestAnswer>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.decide.answer(requestId, { by, ...answer });
  }
}
