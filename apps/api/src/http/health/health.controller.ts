import { Controller, Get, Header } from '@nestjs/common';
import { ProblemError } from '../../platform/problem-error.ts';
import { Readiness } from '../../platform/readiness.ts';

@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('livez')
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Header('cache-control', 'no-store')
  ready() {
    const underWay = this.readiness.underWay;
    if (underWay !== null) throw new ProblemError('not-ready', underWay);
    return { status: 'ready' };
  }
}
