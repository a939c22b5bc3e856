import 'reflect-metadata';
import type { RequestListener } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.ts';
import { Demo } from './demo/demo.ts';
import { ownViewsFirst } from './http/customers/own-views-first.ts';
import { OpenApi } from './http/openapi/openapi.ts';
import { prepareExpress } from './http/prepare-express.ts';
import { FirstStart } from './platform/accounts/first-start.ts';
import type { Environment } from './platform/environment.ts';
import { Lanes } from './platform/lanes.ts';
import { Readiness } from './platform/readiness.ts';

export interface Hub {
  app: NestExpressApplication;
  handler: RequestListener;
  /** Does what is left until the hub is ready; resolves then. */
  becomeReady(): Promise<void>;
  showFirstStart(show: (lines: readonly string[]) => Promise<void>, url: string): Promise<void>;
  close(): Promise<void>;
}

/** A hub that is migrated and answers, in this process; whoever calls listens and hands it the requests. */
export async function openHub(environment: Environment, readiness = new Readiness()): Promise<Hub> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.for(environment, readiness), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  prepareExpress(app, environment);
  await app.init();
  app.get(OpenApi).describe(app);
  const firstStart = app.get(FirstStart);
  const lanes = app.get(Lanes);
  return {
    app,
    handler: ownViewsFirst(app, environment.logLevel),
    async becomeReady() {
      await firstStart.makeAccount();
      await app.get(Demo).prepare();
      readiness.done();
    },
    showFirstStart: (show, url) => firstStart.show(show, url),
    async close() {
      await app.close();
      await lanes.close();
    },
  };
}
