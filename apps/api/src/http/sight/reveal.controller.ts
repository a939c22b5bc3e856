import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { revealAsk, revealed, type Revealed } from '@cinch/api-contract';
import type { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { By, CurrentActor, type Actor } from '../access/actor.ts';
import { publicId, resolveCustomer } from '../customers/customer-identity.ts';
import { RevealQueries } from './reveal.queries.ts';
import { sightOf, Unmasked } from './sight-of.ts';

/** One attribute of one customer, read as it is by whoever may: who, which and when is noted before it is answered. */
@Controller('api/v1/customers/:customerId/reveal')
export class RevealController {
  constructor(
    private readonly database: Database,
    private readonly queries: RevealQueries,
    private readonly audit: Audit,
  ) {}

  @Post()
  @HttpCode(200)
  @Unmasked()
  @ApiOkResponse({ standardSchema: revealed })
  reveal(
    @Param('customerId', { schema: publicId }) id: string,
    @Body({ schema: revealAsk }) { attribute }: z.infer<typeof revealAsk>,
    @CurrentActor() actor: Actor,
    @By() by: string,
  ): Promise<Revealed> {
    return this.database.transaction(async (tx) => {
      const sight = await sightOf(tx, actor);
      if (!sight.model.declares(attribute))
        throw new ProblemError('invalid-request', 'Name an attribute or a list of the canonical model: look at it.');
      if (!sight.mayReveal(attribute))
        throw new ProblemError('not-allowed', 'This is not revealed to your role: ask an admin.');
      const customer = await resolveCustomer(tx, id);
      await this.audit.note(tx, by, 'value revealed', `${attribute} of customer ${customer.publicId}`);
      return this.queries.of(tx, customer.customerId, attribute, sight.model);
    });
  }
}
