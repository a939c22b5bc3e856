import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  customer,
  customerHistory,
  customerPage,
  ownView,
  type Customer,
  type CustomerPage,
  type HistoryEntry,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { OwnViews } from '../../pipeline/own-views.ts';
import { page } from '../paging.ts';
import { CustomerHistoryQueries } from './customer-history.queries.ts';
import { publicId } from './customer-identity.ts';
import { CustomerListQueries } from './customer-list.queries.ts';
import { CustomerQueries } from './customer.queries.ts';

const customerSearch = page.extend({ search: z.string().max(200).default('') });

@Controller('api/v1')
export class CustomersController {
  constructor(
    private readonly database: Database,
    private readonly lists: CustomerListQueries,
    private readonly customers: CustomerQueries,
    private readonly histories: CustomerHistoryQueries,
    private readonly ownViews: OwnViews,
  ) {}

  @Get('customers')
  @ApiOkResponse({ standardSchema: customerPage })
  list(@Query({ schema: customerSearch }) query: z.infer<typeof customerSearch>): Promise<CustomerPage> {
    return this.database.read((tx) => this.lists.list(tx, query.search, query));
  }

  @Get('customers/:customerId')
  @ApiOkResponse({ standardSchema: customer })
  one(@Param('customerId', { schema: publicId }) id: string): Promise<Customer> {
    return this.database.read((tx) => this.customers.one(tx, id));
  }

  @Get('customers/:customerId/history')
  @ApiOkResponse({ standardSchema: customerHistory })
  async history(@Param('customerId', { schema: publicId }) id: string): Promise<{ entries: HistoryEntry[] }> {
    return { entries: await this.database.read((tx) => this.histories.of(tx, id)) };
  }

  /** What the calling system would hold of its own customer. */
  @Get('systems/:system/customers/:sourceId')
  @ApiOkResponse({ standardSchema: ownView })
  ownView(@Param('system') system: string, @Param('sourceId') sourceId: string): Promise<z.infer<typeof ownView>> {
    return this.ownViews.serve(system, sourceId);
  }
}
