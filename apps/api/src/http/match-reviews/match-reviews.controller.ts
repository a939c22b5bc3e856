import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  decisionMade,
  matchPair,
  matchReviewPage,
  reviewDecision,
  type DecisionMade,
  type MatchPair,
  type MatchReviewPage,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { Identify } from '../../pipeline/identify.ts';
import { By } from '../access/actor.ts';
import { page } from '../paging.ts';
import { identity } from '../validation.ts';
import { MatchPairQueries } from './match-pair.queries.ts';
import { MatchReviewsQueries } from './match-reviews.queries.ts';

/** A page ends within the pairs of a customer, so the cursor names both of the last pair. */
const reviewQuery = page.extend({
  cursor: z
    .string()
    .regex(/^\d{1,15}\.\d{1,16}$/, 'use the nextCursor of the page before')
    .default('0.0')
    .transform((text) => text.split('.').map(Number) as [number, number]),
});

@Controller('api/v1/match-reviews')
export class MatchReviewsController {
  constructor(
    private readonly database: Database,
    private readonly queries: MatchReviewsQueries,
    private readonly pairs: MatchPairQueries,
    private readonly identify: Identify,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: matchReviewPage })
  list(@Query({ schema: reviewQuery }) { cursor, limit }: z.infer<typeof reviewQuery>): Promise<MatchReviewPage> {
    const [one, other] = cursor;
    return this.database.read((tx) => this.queries.list(tx, { after: { one, other }, limit }));
  }

  /** Two records, named by their numbers, and why they may be one customer's. */
  @Get(':one/:other')
  @ApiOkResponse({ standardSchema: matchPair })
  pair(
    @Param('one', { schema: identity }) one: number,
    @Param('other', { schema: identity }) other: number,
  ): Promise<MatchPair> {
    return this.database.read((tx) => this.pairs.one(tx, one, other));
  }

  @Post('decision')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  decide(
    @Body({ schema: reviewDecision }) { records, same, ...wish }: z.infer<typeof reviewDecision>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.identify.review(records, same, { by, ...wish });
  }
}
