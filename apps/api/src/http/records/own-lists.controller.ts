import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  errorEntryPage,
  errorStates,
  ownDuplicatePage,
  ownRejectPage,
  surplusPage,
  type ErrorEntryPage,
  type OwnDuplicatePage,
  type OwnRejectPage,
  type SurplusPage,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Database, type Tx } from '../../platform/transaction.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { page } from '../paging.ts';
import { ErrorsQueries } from '../errors/errors.queries.ts';
import { OwnListsQueries } from './own-lists.queries.ts';

/** A page ends within the lines of a batch, so the cursor names both of the last one. */
const rejectQuery = page.extend({
  cursor: z
    .string()
    .regex(/^\d{1,15}\.\d{1,9}$/, 'use the nextCursor of the page before')
    .transform((text) => text.split('.').map(Number) as [number, number])
    .optional(),
});

const errorQuery = page.extend({ state: z.enum(errorStates).optional() });

/** What a system can see of its own pushes and records, beside the single record. */
@Controller('api/v1/systems/:system')
export class OwnListsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly queries: OwnListsQueries,
    private readonly errors: ErrorsQueries,
  ) {}

  @Get('errors')
  @ApiOkResponse({ standardSchema: errorEntryPage })
  errorEntries(
    @Param('system') system: string,
    @Query({ schema: errorQuery }) query: z.infer<typeof errorQuery>,
  ): Promise<ErrorEntryPage> {
    return this.ofSystem(system, (tx) => this.errors.entries(tx, { ...query, sort: '-at', system }));
  }

  @Get('rejects')
  @ApiOkResponse({ standardSchema: ownRejectPage })
  rejects(
    @Param('system') system: string,
    @Query({ schema: rejectQuery }) { cursor, limit }: z.infer<typeof rejectQuery>,
  ): Promise<OwnRejectPage> {
    const before = cursor ? { batchId: cursor[0], line: cursor[1] } : null;
    return this.ofSystem(system, (tx, systemId) => this.queries.rejects(tx, systemId, { before, limit }));
  }

  @Get('duplicates')
  @ApiOkResponse({ standardSchema: ownDuplicatePage })
  duplicates(
    @Param('system') system: string,
    @Query({ schema: page }) { cursor, limit }: z.infer<typeof page>,
  ): Promise<OwnDuplicatePage> {
    return this.ofSystem(system, (tx, systemId) =>
      this.queries.duplicates(tx, systemId, { after: cursor ?? 0, limit }),
    );
  }

  @Get('surplus')
  @ApiOkResponse({ standardSchema: surplusPage })
  surplus(
    @Param('system') system: string,
    @Query({ schema: page }) { cursor, limit }: z.infer<typeof page>,
  ): Promise<SurplusPage> {
    return this.ofSystem(system, (tx, systemId) => this.queries.surplus(tx, systemId, { after: cursor ?? 0, limit }));
  }

  private ofSystem<T>(code: string, work: (tx: Tx, systemId: number) => Promise<T>): Promise<T> {
    return this.database.read(async (tx) => work(tx, (await this.systems.named(tx, code)).systemId));
  }
}
