import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  customer,
  customerAsOf,
  customerHistory,
  customerPage,
  customerSearch,
  customerViews,
  instantStated,
  ownView,
  type Customer,
  type CustomerAsOf,
  type CustomerPage,
  type CustomerViews,
  type HistoryEntry,
} from '@cinch/api-contract';
import { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { OwnViews } from '../../pipeline/own-views.ts';
import { CurrentActor, type Actor } from '../access/actor.ts';
import { page, pageOfSearched } from '../paging.ts';
import { sightOf } from '../sight/sight-of.ts';
import { AnsweredViews } from './answered-views.ts';
import { CustomerAsOfQueries } from './customer-as-of.queries.ts';
import { CustomerHistoryQueries } from './customer-history.queries.ts';
import { publicId } from './customer-identity.ts';
import { CustomerListQueries } from './customer-list.queries.ts';
import { CustomerViewsQueries } from './customer-views.queries.ts';
import { CustomerQueries } from './customer.queries.ts';

const listQuery = pageOfSearched('/api/v1/customers/search', page);
const searchBody = page.extend(customerSearch.shape);
const instantAsked = z.object({ at: instantStated });

@Controller('api/v1')
export class CustomersController {
  constructor(
    private readonly database: Database,
    private readonly lists: CustomerListQueries,
    private readonly customers: CustomerQueries,
    private readonly histories: CustomerHistoryQueries,
    private readonly instants: CustomerAsOfQueries,
    private readonly views: CustomerViewsQueries,
    private readonly ownViews: OwnViews,
    private readonly answered: AnsweredViews,
  ) {}

  @Get('customers')
  @ApiOkResponse({ standardSchema: customerPage })
  list(
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<CustomerPage> {
    return this.database.read(async (tx) => this.lists.list(tx, await sightOf(tx, actor), '', query));
  }

  /** Reads only; what is searched for must not stand in an address. */
  @Post('customers/search')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: customerPage })
  search(
    @Body({ schema: searchBody }) asked: z.infer<typeof searchBody>,
    @CurrentActor() actor: Actor,
  ): Promise<CustomerPage> {
    return this.database.read(async (tx) => this.lists.list(tx, await sightOf(tx, actor), asked.search, asked));
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

  /** The golden values as they stood at an instant. */
  @Get('customers/:customerId/as-of')
  @ApiOkResponse({ standardSchema: customerAsOf })
  asOf(
    @Param('customerId', { schema: publicId }) id: string,
    @Query({ schema: instantAsked }) { at }: z.infer<typeof instantAsked>,
  ): Promise<CustomerAsOf> {
    return this.database.read((tx) => this.instants.of(tx, id, at));
  }

  /** How each system sees the customer, beside what it holds now. */
  @Get('customers/:customerId/views')
  @ApiOkResponse({ standardSchema: customerViews })
  async systemViews(@Param('customerId', { schema: publicId }) id: string): Promise<CustomerViews> {
    return { views: await this.database.read((tx) => this.views.of(tx, id)) };
  }

  /** What the calling system would hold of its own customer. */
  @Get('systems/:system/customers/:sourceId')
  @ApiOkResponse({ standardSchema: ownView })
  ownView(@Param('system') system: string, @Param('sourceId') sourceId: string): Promise<z.infer<typeof ownView>> {
    return this.answered.of(system, this.ownViews.serve(system, sourceId));
  }
}
