import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { RefusalTurns } from './http/door/paced-turns.ts';
import { HealthController } from './http/health/health.controller.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { requestLog } from './http/request-log.ts';
import type { Hub } from './hub.ts';
import { PipelineModule } from './pipeline/pipeline.module.ts';
import type { Environment } from './platform/environment.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { Lanes } from './platform/lanes.ts';
import { Readiness } from './platform/readiness.ts';

/** The pipeline alone: it answers whether it lives, and nothing else. */
@Module({})
class WorkerModule {
  static for(environment: Environment, readiness: Readiness): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.for(environment, readiness), requestLog(environment.logLevel), PipelineModule],
      controllers: [HealthController],
      providers: [RefusalTurns, { provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}

/** A process with `ROLE=worker`. It is ready when it is on duty or stands by. */
export async function openWorker(environment: Environment, readiness = new Readiness()): Promise<Hub> {
  const app = await NestFactory.create<NestExpressApplication>(WorkerModule.for(environment, readiness), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  await app.init();
  const lanes = app.get(Lanes);
  return {
    app,
    handler: app.getHttpAdapter().getInstance(),
    becomeReady: async () => readiness.done(),
    showFirstStart: (show, url) => show([`A worker of Cinch: ${url}/readyz`]),
    async close() {
      await app.close();
      await lanes.close();
    },
  };
}
