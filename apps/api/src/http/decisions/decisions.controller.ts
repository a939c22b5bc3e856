import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse } from '@nestjs/swagger';
import { decisionList, undoMake, type Decision } from '@cinch/api-contract';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { Decide } from '../../pipeline/decide.ts';
import { By } from '../access/actor.ts';
import { publicId, resolveCustomer } from '../customers/customer-identity.ts';
import { identity } from '../validation.ts';
import { DecisionsQueries, shownDecision } from './decisions.queries.ts';

@Controller('api/v1')
export class DecisionsController {
  constructor(
    private readonly database: Database,
    private readonly queries: DecisionsQueries,
    private readonly decide: Decide,
  ) {}

  /** What people decided about the customer, standing and undone, the latest first. */
  @Get('customers/:customerId/decisions')
  @ApiOkResponse({ standardSchema: decisionList })
  ofCustomer(@Param('customerId', { schema: publicId }) id: string): Promise<{ decisions: Decision[] }> {
    return this.database.read(async (tx) => {
      const { customerId } = await resolveCustomer(tx, id);
      return { decisions: (await this.queries.ofCustomer(tx, customerId)).map(shownDecision) };
    });
  }

  @Post('decisions/:decisionId/undo')
  @HttpCode(204)
  @ApiNoContentResponse()
  undo(
    @Param('decisionId', { schema: identity }) decisionId: number,
    @Body({ schema: undoMake }) said: z.infer<typeof undoMake>,
    @By() by: string,
  ): Promise<void> {
    return this.decide.undo(decisionId, by, said?.reason);
  }
}
