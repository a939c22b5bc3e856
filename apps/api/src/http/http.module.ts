import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { AccountsModule } from '../platform/accounts/accounts.module.ts';
import { InboxModule } from '../stages/inbox/inbox.module.ts';
import { MappingsModule } from '../stages/mappings/mappings.module.ts';
import { SystemsModule } from '../stages/systems/systems.module.ts';
import { RightsGuard } from './access/rights.guard.ts';
import { HealthController } from './health/health.controller.ts';
import { ProblemFilter } from './problem.filter.ts';
import { LoginDelay } from './session/login-delay.ts';
import { SessionController } from './session/session.controller.ts';
import { validation } from './validation.ts';

@Module({
  imports: [AccountsModule, SystemsModule, MappingsModule, InboxModule],
  controllers: [HealthController, SessionController],
  providers: [
    LoginDelay,
    { provide: APP_GUARD, useClass: RightsGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useValue: validation },
  ],
})
export class HttpModule {}
