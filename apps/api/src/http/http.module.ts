import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AccountsModule } from '../platform/accounts/accounts.module.ts';
import { InboxModule } from '../stages/inbox/inbox.module.ts';
import { MappingsModule } from '../stages/mappings/mappings.module.ts';
import { SystemsModule } from '../stages/systems/systems.module.ts';
import { PipelineModule } from '../pipeline/pipeline.module.ts';
import { AuditController } from './audit/audit.controller.ts';
import { AuditQueries } from './audit/audit.queries.ts';
import { ChangeRequestsController } from './change-requests/change-requests.controller.ts';
import { ChangeRequestsQueries } from './change-requests/change-requests.queries.ts';
import { Configuration } from './configuration/configuration.ts';
import { ConfigurationController } from './configuration/configuration.controller.ts';
import { BulkDecisionsController } from './conflicts/bulk-decisions.controller.ts';
import { BulkDecisionsQueries } from './conflicts/bulk-decisions.queries.ts';
import { ConflictsController } from './conflicts/conflicts.controller.ts';
import { ConflictsQueries } from './conflicts/conflicts.queries.ts';
import { MovedRecordsController } from './crosswalk/moved-records.controller.ts';
import { MovedRecordsQueries } from './crosswalk/moved-records.queries.ts';
import { CrosswalkController } from './crosswalk/crosswalk.controller.ts';
import { CrosswalkQueries } from './crosswalk/crosswalk.queries.ts';
import { CustomerActsController } from './customers/customer-acts.controller.ts';
import { CustomerAsOfQueries } from './customers/customer-as-of.queries.ts';
import { CustomerViewsQueries } from './customers/customer-views.queries.ts';
import { CustomerHistoryQueries } from './customers/customer-history.queries.ts';
import { CustomerListQueries } from './customers/customer-list.queries.ts';
import { CustomerQueries } from './customers/customer.queries.ts';
import { AnsweredViews } from './customers/answered-views.ts';
import { OwnLinksQueries } from './customers/own-links.queries.ts';
import { OwnViewAnswersController } from './customers/own-view-answers.controller.ts';
import { OwnViewsController } from './customers/own-views.controller.ts';
import { CustomersController } from './customers/customers.controller.ts';
import { MemberQueries } from './customers/member.queries.ts';
import { DecisionsController } from './decisions/decisions.controller.ts';
import { DecisionsQueries } from './decisions/decisions.queries.ts';
import { DocsController } from './docs/docs.controller.ts';
import { ErrorsController } from './errors/errors.controller.ts';
import { ErrorsQueries } from './errors/errors.queries.ts';
import { ReplaysController } from './errors/replays.controller.ts';
import { ReplaysQueries } from './errors/replays.queries.ts';
import { BackPressure } from './intake/back-pressure.ts';
import { IntakeController } from './intake/intake.controller.ts';
import { DryRuns } from './intake/dry-runs.ts';
import { IntakeQueries } from './intake/intake.queries.ts';
import { Pushes } from './intake/pushes.ts';
import { Uploads } from './intake/uploads.ts';
import { HoldsController } from './holds/holds.controller.ts';
import { TakeBacksController } from './take-backs/take-backs.controller.ts';
import { TakeBacksQueries } from './take-backs/take-backs.queries.ts';
import { HoldsQueries } from './holds/holds.queries.ts';
import { KeysController } from './keys/keys.controller.ts';
import { ChangeRatesController } from './lab/change-rates.controller.ts';
import { ChangeRatesQueries } from './lab/change-rates.queries.ts';
import { LiveController } from './live/live.controller.ts';
import { LiveQueries } from './live/live.queries.ts';
import { LiveStreams } from './live/live-streams.ts';
import { LoadsController } from './loads/loads.controller.ts';
import { LoadsQueries } from './loads/loads.queries.ts';
import { MappingSuggestionsController } from './mappings/mapping-suggestions.controller.ts';
import { MappingsController } from './mappings/mappings.controller.ts';
import { UnknownCodesController } from './mappings/unknown-codes.controller.ts';
import { MatchPairQueries } from './match-reviews/match-pair.queries.ts';
import { MatchReviewsController } from './match-reviews/match-reviews.controller.ts';
import { MatchReviewsQueries } from './match-reviews/match-reviews.queries.ts';
import { MetricsController } from './metrics/metrics.controller.ts';
import { MetricsQueries } from './metrics/metrics.queries.ts';
import { MisalignmentController } from './misalignment/misalignment.controller.ts';
import { MisalignmentQueries } from './misalignment/misalignment.queries.ts';
import { OpenApiController } from './openapi/openapi.controller.ts';
import { OpenApi } from './openapi/openapi.ts';
import { OverviewController } from './overview/overview.controller.ts';
import { OverviewQueries } from './overview/overview.queries.ts';
import { OutboundController } from './outbound/outbound.controller.ts';
import { PinsController } from './pins/pins.controller.ts';
import { PinsQueries } from './pins/pins.queries.ts';
import { MatchController } from './match/match.controller.ts';
import { MatchQueries } from './match/match.queries.ts';
import { NotedAsks } from './match/noted-asks.ts';
import { OwnListsController } from './records/own-lists.controller.ts';
import { OwnListsQueries } from './records/own-lists.queries.ts';
import { OldRecordsQueries } from './records/old-records.queries.ts';
import { OwnRecordQueries } from './records/own-record.queries.ts';
import { RecordTimelineQueries } from './records/record-timeline.queries.ts';
import { Reaches } from './reach/reaches.ts';
import { RecordsController } from './records/records.controller.ts';
import { RefreshesController } from './refreshes/refreshes.controller.ts';
import { RefreshesQueries } from './refreshes/refreshes.queries.ts';
import { MatchModelController } from './rules/match-model.controller.ts';
import { SharedValuesController } from './rules/shared-values.controller.ts';
import { MatchModelQueries } from './rules/match-model.queries.ts';
import { ChangeSetsController } from './change-sets/change-sets.controller.ts';
import { ChangeSetsQueries } from './change-sets/change-sets.queries.ts';
import { Publications } from './change-sets/publications.ts';
import { CanonicalModelController } from './canonical-model/canonical-model.controller.ts';
import { UsageQueries } from './canonical-model/usage.queries.ts';
import { RulesController } from './rules/rules.controller.ts';
import { RestoresController } from './systems/restores.controller.ts';
import { LimitsController } from './systems/limits.controller.ts';
import { ComparisonController } from './systems/comparison.controller.ts';
import { ScheduleController } from './systems/schedule.controller.ts';
import { StandardsController } from './systems/standards.controller.ts';
import { SystemsController } from './systems/systems.controller.ts';
import { SystemsQueries } from './systems/systems.queries.ts';
import { TroublesQueries } from './troubles/troubles.queries.ts';
import { AdmittedGuard } from './access/admitted.guard.ts';
import { Door } from './door/door.ts';
import { Shares } from './door/shares.ts';
import { RefusalTurns, StrangerTurns } from './door/paced-turns.ts';
import { WhoCalls } from './door/who-calls.ts';
import { HealthController } from './health/health.controller.ts';
import { ProblemFilter } from './problem.filter.ts';
import { SightInterceptor } from './sight/sight.interceptor.ts';
import { RevealController } from './sight/reveal.controller.ts';
import { RevealQueries } from './sight/reveal.queries.ts';
import { KnownBrowser } from './session/known-browser.ts';
import { LateNotes } from './session/late-notes.ts';
import { NotedAttempts } from './session/noted-attempts.ts';
import { PasswordTurns } from './session/password-turns.ts';
import { SessionController } from './session/session.controller.ts';
import { AccountController } from './users/account.controller.ts';
import { LinksController } from './users/links.controller.ts';
import { UsersController } from './users/users.controller.ts';
import { UndeclaredGuard } from './undeclared.guard.ts';
import { validation } from './validation.ts';

@Module({
  imports: [AccountsModule, SystemsModule, MappingsModule, InboxModule, PipelineModule],
  controllers: [
    HealthController,
    MetricsController,
    SessionController,
    AccountController,
    LinksController,
    UsersController,
    AuditController,
    IntakeController,
    LiveController,
    LoadsController,
    SystemsController,
    StandardsController,
    LimitsController,
    ComparisonController,
    ScheduleController,
    KeysController,
    RestoresController,
    OutboundController,
    ConfigurationController,
    ChangeSetsController,
    MappingsController,
    UnknownCodesController,
    MappingSuggestionsController,
    RulesController,
    CanonicalModelController,
    MatchModelController,
    SharedValuesController,
    CustomersController,
    OwnViewsController,
    OwnViewAnswersController,
    CustomerActsController,
    RevealController,
    RecordsController,
    OwnListsController,
    MisalignmentController,
    ChangeRatesController,
    MatchController,
    ErrorsController,
    ReplaysController,
    DecisionsController,
    PinsController,
    ConflictsController,
    BulkDecisionsController,
    ChangeRequestsController,
    HoldsController,
    TakeBacksController,
    MatchReviewsController,
    RefreshesController,
    CrosswalkController,
    MovedRecordsController,
    OverviewController,
    OpenApiController,
    DocsController,
  ],
  providers: [
    Reaches,
    Publications,
    ChangeSetsQueries,
    PasswordTurns,
    KnownBrowser,
    WhoCalls,
    StrangerTurns,
    RefusalTurns,
    Shares,
    NotedAttempts,
    LateNotes,
    OpenApi,
    BackPressure,
    Pushes,
    Uploads,
    DryRuns,
    IntakeQueries,
    MetricsQueries,
    AuditQueries,
    LiveQueries,
    TroublesQueries,
    LiveStreams,
    LoadsQueries,
    Configuration,
    SystemsQueries,
    MemberQueries,
    CustomerQueries,
    RevealQueries,
    CustomerListQueries,
    CustomerHistoryQueries,
    CustomerAsOfQueries,
    CustomerViewsQueries,
    DecisionsQueries,
    PinsQueries,
    UsageQueries,
    OwnRecordQueries,
    RecordTimelineQueries,
    OwnListsQueries,
    OwnLinksQueries,
    AnsweredViews,
    ChangeRatesQueries,
    MisalignmentQueries,
    MatchModelQueries,
    MatchQueries,
    NotedAsks,
    OldRecordsQueries,
    ErrorsQueries,
    ReplaysQueries,
    ConflictsQueries,
    BulkDecisionsQueries,
    ChangeRequestsQueries,
    HoldsQueries,
    TakeBacksQueries,
    MatchReviewsQueries,
    MatchPairQueries,
    RefreshesQueries,
    CrosswalkQueries,
    MovedRecordsQueries,
    OverviewQueries,
    { provide: APP_GUARD, useClass: AdmittedGuard },
    { provide: APP_GUARD, useClass: UndeclaredGuard },
    { provide: APP_INTERCEPTOR, useClass: SightInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useValue: validation },
  ],
})
export class HttpModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Door).forRoutes('{*splat}');
  }
}
