import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { auditPage, auditSearch, auditSorts, type AuditPage } from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { pageOfSearched, sortedPage } from '../paging.ts';
import { AuditQueries } from './audit.queries.ts';

const page = sortedPage(auditSorts);
const listQuery = pageOfSearched('/api/v1/audit/search', page);
const searchBody = page.extend(auditSearch.shape);

@Controller('api/v1/audit')
export class AuditController {
  constructor(
    private readonly database: Database,
    private readonly queries: AuditQueries,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: auditPage })
  list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<AuditPage> {
    return this.database.read((tx) => this.queries.page(tx, query));
  }

  /** Reads only; whom one looks for must not stand in an address. */
  @Post('search')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: auditPage })
  search(@Body({ schema: searchBody }) { since, until, ...asked }: z.infer<typeof searchBody>): Promise<AuditPage> {
    const filter = { ...asked, since: momentOf(since), until: momentOf(until) };
    return this.database.read((tx) => this.queries.page(tx, filter));
  }
}

function momentOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
