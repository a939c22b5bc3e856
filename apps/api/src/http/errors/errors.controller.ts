import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  causeSorts,
  entrySorts,
  errorCausePage,
  errorEntryPage,
  errorEntryWhole,
  errorKinds,
  errorStates,
  instantStated,
  type ErrorCausePage,
  type ErrorEntryPage,
  type ErrorEntryWhole,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { LinesStore } from '../../stages/inbox/lines.store.ts';
import { By } from '../access/actor.ts';
import { sortedPage } from '../paging.ts';
import { identity } from '../validation.ts';
import { ErrorsQueries } from './errors.queries.ts';

const staleCursor = 'use the nextCursor of the page before, with the same sort';
const filter = { system: z.string().max(40).optional(), kind: z.enum(errorKinds).optional() };
/** Sorted by its entries a cause is named by their number and the latest of them, otherwise by the latest alone. */
const causeQuery = sortedPage(causeSorts)
  .extend({
    ...filter,
    cursor: z
      .string()
      .regex(/^\d{1,15}(\.\d{1,15})?$/, staleCursor)
      .optional(),
  })
  .refine(({ sort, cursor }) => cursor === undefined || cursor.includes('.') === sort.endsWith('entries'), {
    path: ['cursor'],
    error: staleCursor,
  });
const moment = instantStated.transform((text) => Date.parse(text));
const entryQuery = sortedPage(entrySorts).extend({
  ...filter,
  cause: z.guid().optional(),
  state: z.enum(errorStates).optional(),
  since: moment.optional(),
  until: moment.optional(),
});

@Controller('api/v1/errors')
export class ErrorsController {
  constructor(
    private readonly database: Database,
    private readonly queries: ErrorsQueries,
    private readonly lines: LinesStore,
    private readonly audit: Audit,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: errorCausePage })
  causes(@Query({ schema: causeQuery }) query: z.infer<typeof causeQuery>): Promise<ErrorCausePage> {
    return this.database.read((tx) => this.queries.causes(tx, query));
  }

  @Get('entries')
  @ApiOkResponse({ standardSchema: errorEntryPage })
  entries(@Query({ schema: entryQuery }) query: z.infer<typeof entryQuery>): Promise<ErrorEntryPage> {
    return this.database.read((tx) => this.queries.entries(tx, query));
  }

  /** The line as it was accepted holds whatever its system sent of a person, so whoever looks at it leaves a trace. */
  @Get('entries/:errorId')
  @ApiOkResponse({ standardSchema: errorEntryWhole })
  one(@Param('errorId', { schema: identity }) errorId: number, @By() by: string): Promise<ErrorEntryWhole> {
    return this.database.transaction(async (tx) => {
      const entry = await this.queries.one(tx, errorId);
      if (!entry) throw new ProblemError('not-found', 'There is no such entry in the error log: look at the list.');
      const { batchId, line } = entry;
      const raw = batchId === null || line === null ? null : await this.lines.raw(tx, batchId, line);
      if (!raw) return { ...entry, acceptedAt: null, raw: null };
      await this.audit.note(tx, by, 'raw payload read', `error ${errorId}`);
      return { ...entry, acceptedAt: raw.acceptedAt.toISOString(), raw: raw.text };
    });
  }
}
