import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { sharedLook, type SharedLook } from '@cinch/api-contract';
import { SharedValuesWatch } from '../../pipeline/shared-values.ts';
import { Worker } from '../../pipeline/worker.ts';

@Controller('api/v1/rules/matching/shared')
export class SharedValuesController {
  constructor(
    private readonly watch: SharedValuesWatch,
    private readonly worker: Worker,
  ) {}

  /** What the hub does once a day by itself: values that come to be shared, or are so no longer, are published as a version of the match model. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: sharedLook })
  async look(): Promise<SharedLook> {
    const version = await this.watch.look();
    this.worker.wake();
    return { version };
  }
}
