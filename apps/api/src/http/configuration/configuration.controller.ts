import { modelInForce } from '../../platform/model-in-force.ts';
import { Body, Controller, Get, HttpCode, Put, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import {
  configuration,
  configurationChanges,
  configurationPut,
  type Configuration as Shown,
  type ConfigurationChanges,
} from '@cinch/api-contract';
import { z } from 'zod';
import { EgressPolicy } from '../../platform/egress/egress-policy.ts';
import { Database } from '../../platform/transaction.ts';
import { Worker } from '../../pipeline/worker.ts';
import { By } from '../access/actor.ts';
import { Reaches } from '../reach/reaches.ts';
import { Configuration } from './configuration.ts';
import { validConfiguration } from './valid-configuration.ts';

const query = z.strictObject({ dryRun: z.enum(['1', '0']).default('0') });

@Controller('api/v1/configuration')
export class ConfigurationController {
  constructor(
    private readonly database: Database,
    private readonly configuration: Configuration,
    private readonly worker: Worker,
    private readonly egress: EgressPolicy,
    private readonly reaches: Reaches,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: configuration })
  read(): Promise<Shown> {
    return this.database.read((tx) => this.configuration.read(tx));
  }

  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: configurationChanges })
  async bring(
    @Body({ schema: configurationPut }) body: z.infer<typeof configurationPut>,
    @Query({ schema: query }) { dryRun }: z.infer<typeof query>,
    @By() by: string,
  ): Promise<ConfigurationChanges> {
    const wanted = validConfiguration(body, await this.database.read(modelInForce));
    const { reason, count } = body;
    await Promise.all(wanted.systems.map((system) => this.egress.mustAllow(system.adapterUrl)));
    const proposal = await this.database.read((tx) => this.configuration.proposalOf(tx, wanted));
    const isDry = dryRun === '1';
    const reach = await (isDry ? this.reaches.of(proposal) : this.reaches.mustBeSeen(proposal, count));
    const changes = await this.database.transaction((tx) =>
      this.configuration.bring(tx, wanted, { isDry, reason, by }),
    );
    if (changes.count > 0) this.worker.wake();
    return { ...changes, reach };
  }
}
