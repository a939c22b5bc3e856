import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { answeredViews, ownViewAnswers, type OwnViewAnswers } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { SystemsStore } from '../../stages/systems/systems.store.ts';
import { OwnViewsStore } from '../../stages/views/own-views.store.ts';
import { AnsweredViews } from './answered-views.ts';

const dayMs = 86_400_000;

@Controller('api/v1/systems/:system/own-views')
export class OwnViewAnswersController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsStore,
    private readonly views: OwnViewsStore,
    private readonly answered: AnsweredViews,
  ) {}

  /** As of now: what this process has counted is written down first. */
  @Get()
  @ApiOkResponse({ standardSchema: ownViewAnswers })
  async days(@Param('system') code: string): Promise<OwnViewAnswers> {
    await this.answered.write();
    const first = this.clock.now() - (answeredViews.shownDays - 1) * dayMs;
    const since = new Date(first).toISOString().slice(0, 10);
    return this.database.read(async (tx) => {
      const { systemId } = await this.systems.named(tx, code);
      return { system: code, since, days: await this.views.answers(tx, systemId, since) };
    });
  }
}
