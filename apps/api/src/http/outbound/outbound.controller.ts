import { Body, Controller, Get, HttpCode, Put } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { outbound, outboundPut, type Outbound as Shown } from '@cinch/api-contract';
import type { z } from 'zod';
import { Audit } from '../../platform/audit.ts';
import { Database } from '../../platform/transaction.ts';
import { Outbound, type OutboundShown } from '../../pipeline/outbound.ts';
import { Worker } from '../../pipeline/worker.ts';
import { By } from '../access/actor.ts';

@Controller('api/v1/outbound')
export class OutboundController {
  constructor(
    private readonly database: Database,
    private readonly outbound: Outbound,
    private readonly audit: Audit,
    private readonly worker: Worker,
  ) {}

  @Get()
  @ApiOkResponse({ standardSchema: outbound })
  async read(): Promise<Shown> {
    return answer(await this.database.read((tx) => this.outbound.shown(tx)));
  }

  @Put()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: outbound })
  async set(@Body({ schema: outboundPut }) body: z.infer<typeof outboundPut>, @By() by: string): Promise<Shown> {
    const shown = await this.outbound.set(body.outbound, body.reason, by, (tx) =>
      this.audit.note(tx, by, `all outbound ${body.outbound}`, body.reason),
    );
    this.worker.wake();
    return answer(shown);
  }
}

function answer({ state, setAt, restoredAt, ...rest }: OutboundShown): Shown {
  return {
    outbound: state,
    setAt: setAt?.toISOString() ?? null,
    restoredAt: restoredAt?.toISOString() ?? null,
    ...rest,
  };
}
