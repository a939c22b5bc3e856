import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Audit } from './audit.ts';
import { ClockKeeper } from './clock-keeper.ts';
import { Clock } from './clock.ts';
import { dataSourceOptions, openDataSource } from './data-source.ts';
import { EgressPolicy } from './egress/egress-policy.ts';
import { ENVIRONMENT, type Environment } from './environment.ts';
import { Doorbell } from './doorbell.ts';
import { Heartbeat } from './heartbeat.ts';
import { HoldTimes } from './hold-times.ts';
import { Lanes } from './lanes.ts';
import { PushPath } from './push-path.ts';
import { Readiness } from './readiness.ts';
import { TokenSeal } from './token-seal.ts';
import { Database } from './transaction.ts';
import { Troubles } from './troubles.ts';

/** What every stage stands on. Global, so that stages and pipeline need not import it. */
@Module({})
export class PlatformModule {
  static for(environment: Environment, readiness = new Readiness(), clock = new Clock()): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...dataSourceOptions(environment.databaseUrl), retryAttempts: 0 }),
          dataSourceFactory: (options) => openDataSource(options!),
        }),
      ],
      providers: [
        Database,
        Doorbell,
        Heartbeat,
        HoldTimes,
        PushPath,
        Audit,
        Troubles,
        ClockKeeper,
        { provide: Lanes, useFactory: () => new Lanes(environment.databaseUrl) },
        { provide: Clock, useValue: clock },
        { provide: Readiness, useValue: readiness },
        { provide: TokenSeal, useFactory: () => new TokenSeal(environment.tokenSecrets) },
        { provide: EgressPolicy, useFactory: () => new EgressPolicy(environment.egressAllow) },
        { provide: ENVIRONMENT, useValue: environment },
      ],
      exports: [
        Database,
        Audit,
        Troubles,
        Clock,
        Readiness,
        TokenSeal,
        EgressPolicy,
        ENVIRONMENT,
        Lanes,
        Doorbell,
        Heartbeat,
        HoldTimes,
        PushPath,
      ],
    };
  }
}
