import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { alive, duty, ready, troubleWords, type Alive, type Ready } from '@cinch/api-contract';
import { Heartbeat } from '../../platform/heartbeat.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { PushPath } from '../../platform/push-path.ts';
import { Readiness } from '../../platform/readiness.ts';

@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly pushPath: PushPath,
    private readonly heartbeat: Heartbeat,
  ) {}

  @Get('livez')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: alive })
  live(): Alive {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ standardSchema: ready })
  async ready(): Promise<Ready> {
    const underWay = this.readiness.underWay;
    if (underWay !== null) throw notReady(underWay);
    const obstacle = await this.pushPath.obstacle();
    if (obstacle !== null) throw notReady(obstacle);
    // What is pushed would be kept, and nobody would work on it.
    if (this.heartbeat.silence.ms > duty.staleMs) throw notReady(troubleWords['duty-stale'].title);
    return { status: 'ready' };
  }
}

function notReady(why: string): ProblemError {
  return new ProblemError('not-ready', why, undefined, { retryAfterS: 1 });
}
