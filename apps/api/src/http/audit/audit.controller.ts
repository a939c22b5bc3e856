import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { auditPage, type AuditPage } from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { page } from '../paging.ts';
import { AuditQueries } from './audit.queries.ts';

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const auditQuery = page.extend({
  actor: z.string().max(300).optional(),
  /** Somewhere in the act or its subject. */
  search: z.string().max(300).optional(),
  since: moment.optional(),
  until: moment.optional(),
});

@Controller('api/v1/audit')
export class AuditController {
  constructor(
    private readonly database: Database,
    private readonly queries: AuditQueries,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: auditPage })
  list(@Query({ schema: auditQuery }) query: z.infer<typeof auditQuery>): Promise<AuditPage> {
    return this.database.read((tx) => this.queries.page(tx, query));
  }
}
