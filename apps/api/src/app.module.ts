import { Module, type DynamicModule } from '@nestjs/common';
import { DemoModule } from './demo/demo.module.ts';
import { HttpModule } from './http/http.module.ts';
import { requestLog } from './http/request-log.ts';
import type { Environment } from './platform/environment.ts';
import { PlatformModule } from './platform/platform.module.ts';
import type { Readiness } from './platform/readiness.ts';

@Module({})
export class AppModule {
  static for(environment: Environment, readiness: Readiness): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.for(environment, readiness), requestLog(environment.logLevel), HttpModule, DemoModule],
    };
  }
}
