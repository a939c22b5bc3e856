import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  confirmDeletedMake,
  decisionMade,
  errorEntryPage,
  excludeMake,
  oldRecordPage,
  ownRecord,
  putBackMake,
  recordTimelinePage,
  timelineSorts,
  systemCode,
  type DecisionMade,
  type ErrorEntryPage,
  type OldRecordPage,
  type OwnRecord,
  type RecordTimelinePage,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { Identify } from '../../pipeline/identify.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By } from '../access/actor.ts';
import { ErrorsQueries } from '../errors/errors.queries.ts';
import { page, sortedPage } from '../paging.ts';
import { identity } from '../validation.ts';
import { OldRecordsQueries } from './old-records.queries.ts';
import { OwnRecordQueries } from './own-record.queries.ts';
import { RecordTimelineQueries } from './record-timeline.queries.ts';

const timelineQuery = sortedPage(timelineSorts);
const oldQuery = page.extend({ state: z.literal('old', { error: 'use old' }), system: systemCode.optional() });

@Controller('api/v1')
export class RecordsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly queries: OwnRecordQueries,
    private readonly timelines: RecordTimelineQueries,
    private readonly errors: ErrorsQueries,
    private readonly old: OldRecordsQueries,
    private readonly identify: Identify,
  ) {}

  /** Where a system's record is, and what the hub knows of it. */
  @Get('systems/:system/records/:sourceId')
  @ApiOkResponse({ standardSchema: ownRecord })
  ownRecord(@Param('system') system: string, @Param('sourceId') sourceId: string): Promise<OwnRecord> {
    return this.database.read(async (tx) => {
      return this.queries.one(tx, await this.systems.named(tx, system), sourceId);
    });
  }

  /** All that the record said, was heard to hold, or was offered. */
  @Get('systems/:system/records/:sourceId/timeline')
  @ApiOkResponse({ standardSchema: recordTimelinePage })
  timeline(
    @Param('system') system: string,
    @Param('sourceId') sourceId: string,
    @Query({ schema: timelineQuery }) query: z.infer<typeof timelineQuery>,
  ): Promise<RecordTimelinePage> {
    return this.database.read(async (tx) => {
      const { systemId } = await this.systems.named(tx, system);
      return this.timelines.page(tx, systemId, sourceId, query);
    });
  }

  /** What the hub could not take of the record, settled and not. */
  @Get('systems/:system/records/:sourceId/errors')
  @ApiOkResponse({ standardSchema: errorEntryPage })
  errorsOf(
    @Param('system') system: string,
    @Param('sourceId') sourceId: string,
    @Query({ schema: page }) query: z.infer<typeof page>,
  ): Promise<ErrorEntryPage> {
    return this.database.read(async (tx) => {
      await this.systems.named(tx, system);
      return this.errors.entries(tx, { ...query, sort: '-at', system, sourceId });
    });
  }

  /** Records that need a person's eye: those that the last load of their system did not show. */
  @Get('records')
  @ApiOkResponse({ standardSchema: oldRecordPage })
  list(@Query({ schema: oldQuery }) { system, ...query }: z.infer<typeof oldQuery>): Promise<OldRecordPage> {
    return this.database.read((tx) => this.old.list(tx, system ?? null, query));
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

  /** A row that is gone behind the adapter is made anew by the next refresh, with what only it had. */
  @Post('records/:recordId/put-back')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  putBack(
    @Param('recordId', { schema: identity }) recordId: number,
    @Body({ schema: putBackMake }) { reason }: z.infer<typeof putBackMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.identify.putBack(recordId, { by, reason });
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
