import { modelInForce } from '../../platform/model-in-force.ts';
import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import {
  decisionMade,
  mergeMake,
  pinMake,
  reconsiderMake,
  reopenMake,
  splitMake,
  splitPreview,
  type DecisionMade,
  type SplitMake,
  type SplitPreview,
} from '@cinch/api-contract';
import type { Response } from 'express';
import type { z } from 'zod';
import { Database } from '../../platform/transaction.ts';
import { Decide } from '../../pipeline/decide.ts';
import { Identify } from '../../pipeline/identify.ts';
import { By } from '../access/actor.ts';
import { attributeNamed, mustBeNoMask, mustBeOfItsItem } from '../attributes.ts';
import { publicId, resolveCustomer } from './customer-identity.ts';
import { splitShown } from './split-shown.ts';

/** What stewards decide about one customer. */
@Controller('api/v1/customers/:customerId')
export class CustomerActsController {
  constructor(
    private readonly database: Database,
    private readonly decide: Decide,
    private readonly identify: Identify,
  ) {}

  @Post('pins')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  async pin(
    @Param('customerId', { schema: publicId }) id: string,
    @Body({ schema: pinMake }) { until, attribute: named, value, ...wish }: z.infer<typeof pinMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    mustBeNoMask(named, value);
    const model = await this.database.read(modelInForce);
    const attribute = attributeNamed(named, model);
    mustBeOfItsItem(attribute, value, model);
    const end = until === undefined ? null : Date.parse(until);
    return this.decide.pin(await this.resolve(id), { attribute, value, until: end, by, ...wish });
  }

  @Post('merge')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  async merge(
    @Param('customerId', { schema: publicId }) id: string,
    @Body({ schema: mergeMake }) { with: other, ...wish }: z.infer<typeof mergeMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.identify.merge(await this.resolve(id), await this.resolve(other), { by, ...wish });
  }

  @Post('split')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  @ApiOkResponse({ standardSchema: splitPreview, description: 'With dryRun: what the split would mean.' })
  async split(
    @Param('customerId', { schema: publicId }) id: string,
    @Body({ schema: splitMake }) { records, dryRun, ...rest }: SplitMake,
    @By() by: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionMade | SplitPreview> {
    const customerId = await this.resolve(id);
    const wish = { by, ...rest };
    if (!dryRun) return this.identify.split(customerId, records, wish);
    const foreseen = await this.identify.foreseeSplit(customerId, records, wish);
    response.status(200);
    return this.database.read((tx) => splitShown(tx, foreseen));
  }

  @Post('reopen')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  async reopen(
    @Param('customerId', { schema: publicId }) id: string,
    @Body({ schema: reopenMake }) { system, reason }: z.infer<typeof reopenMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    return this.identify.reopen(await this.resolve(id), system, { by, reason });
  }

  @Post('reconsider')
  @ApiCreatedResponse({ standardSchema: decisionMade })
  async reconsider(
    @Param('customerId', { schema: publicId }) id: string,
    @Body({ schema: reconsiderMake }) { attribute, reason }: z.infer<typeof reconsiderMake>,
    @By() by: string,
  ): Promise<DecisionMade> {
    const model = await this.database.read(modelInForce);
    return this.decide.reconsider(await this.resolve(id), attributeNamed(attribute, model), { by, reason });
  }

  private async resolve(id: string): Promise<number> {
    return (await this.database.read((tx) => resolveCustomer(tx, id))).customerId;
  }
}
