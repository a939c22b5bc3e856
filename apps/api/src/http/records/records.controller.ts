import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  confirmDeletedMake,
  decisionMade,
  excludeMake,
  ownRecord,
  type DecisionMade,
  type OwnRecord,
} from '@cinch/api-contract';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { Identify } from '../../pipeline/identify.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { identity } from '../validation.ts';
import { OwnRecordQueries } from './own-record.queries.ts';

@Controller('api/v1')
export class RecordsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly queries: OwnRecordQueries,
    private readonly identify: Identify,
  ) {}

  /** Where the calling system's own record is, and what the hub knows of it. */
  @Get('systems/:system/records/:sourceId')
  @ApiOkResponse({ standardSchema: ownRecord })
  ownRecord(@Param('system') system: string, @Param('sourceId') sourceId: string): Promise<OwnRecord> {
    return this.database.read(async (tx) => {
      return this.queries.one(tx, await this.systems.named(tx, system), sourceId);
    });
  }

  @Post('records/:recordId/exclude')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  exclude(
    @Param('recordId', { schema: identity }) recordId: number,
    @Body({ schema: excludeMake }) wish: z.infer<typeof excludeMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.identify.exclude(recordId, { by, ...wish });
  }

  @Post('records/:recordId/confirm-deleted')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  confirmDeleted(
    @Param('recordId', { schema: identity }) recordId: number,
    @Body({ schema: confirmDeletedMake }) { reason }: z.infer<typeof confirmDeletedMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.identify.confirmDeleted(recordId, { by, reason });
  }
}
