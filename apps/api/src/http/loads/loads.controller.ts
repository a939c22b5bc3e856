import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse } from '@nestjs/swagger';
import { load, loadComplete, loadOpen, loadPage, type Load, type LoadPage } from '@cinch/api-contract';
import type { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { Loads } from '../../pipeline/loads.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { By, CurrentActor, type Actor } from '../access/actor.ts';
import { page, type Page } from '../paging.ts';
import { identity } from '../validation.ts';
import { LoadsQueries } from './loads.queries.ts';

/** Loads: all records of a system at one instant. What a load does not show is flagged, never deleted. */
@Controller('api/v1')
export class LoadsController {
  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly loads: Loads,
    private readonly queries: LoadsQueries,
  ) {}

  @Post('systems/:system/loads')
  @ApiCreatedResponse({ standardSchema: load })
  async open(
    @Param('system') code: string,
    @Body({ schema: loadOpen }) { asOf }: z.infer<typeof loadOpen>,
    @By() by: string,
  ): Promise<Load> {
    const system = await this.database.read((tx) => this.systems.named(tx, code));
    return this.shown(await this.loads.open(system, asOf === undefined ? null : Date.parse(asOf), by));
  }

  @Get('systems/:system/loads')
  @ApiOkResponse({ standardSchema: loadPage })
  list(@Param('system') code: string, @Query({ schema: page }) query: Page): Promise<LoadPage> {
    return this.database.read(async (tx) => {
      return this.queries.list(tx, (await this.systems.named(tx, code)).systemId, query);
    });
  }

  @Get('loads/:loadId')
  @ApiOkResponse({ standardSchema: load })
  one(@Param('loadId', { schema: identity }) loadId: number, @CurrentActor() actor: Actor): Promise<Load> {
    return this.shownTo(actor, loadId);
  }

  @Post('loads/:loadId/complete')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: load })
  async complete(
    @Param('loadId', { schema: identity }) loadId: number,
    @Body({ schema: loadComplete }) { expected }: z.infer<typeof loadComplete>,
    @CurrentActor() actor: Actor,
  ): Promise<Load> {
    await this.shownTo(actor, loadId);
    await this.loads.complete(loadId, expected);
    return this.shown(loadId);
  }

  @Post('loads/:loadId/abort')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: load })
  async abort(
    @Param('loadId', { schema: identity }) loadId: number,
    @CurrentActor() actor: Actor,
    @By() by: string,
  ): Promise<Load> {
    await this.shownTo(actor, loadId);
    await this.loads.abort(loadId, by);
    return this.shown(loadId);
  }

  /** An admin has looked at the lines that were not taken, and wants the sweep all the same. */
  @Post('loads/:loadId/accept')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: load })
  async accept(@Param('loadId', { schema: identity }) loadId: number, @By() by: string): Promise<Load> {
    await this.loads.allow(loadId, by);
    return this.shown(loadId);
  }

  /** What another system sends is none of a system's business, not even that it exists. */
  private async shownTo(actor: Actor, loadId: number): Promise<Load> {
    const found = await this.shown(loadId);
    if (actor.kind === 'system' && found.system !== actor.code) throw noSuchLoad();
    return found;
  }

  private async shown(loadId: number): Promise<Load> {
    const found = await this.database.read((tx) => this.queries.one(tx, loadId));
    if (!found) throw noSuchLoad();
    return found;
  }
}

function noSuchLoad(): ProblemError {
  return new ProblemError('not-found', 'There is no such load: look at the list.');
}
