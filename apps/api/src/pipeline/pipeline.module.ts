import { Module } from '@nestjs/common';
import { Committer } from '../platform/committer.ts';
import { Duty } from '../platform/duty.ts';
import { Statistics } from '../platform/statistics.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { AlertsStore } from '../stages/alerts/alerts.store.ts';
import { BulkStore } from '../stages/decisions/bulk.store.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { BulkDecisions } from './bulk-decisions.ts';
import { HeardAgain } from './heard-again.ts';
import { DryRunsStore } from '../stages/dry-runs/dry-runs.store.ts';
import { InboxModule } from '../stages/inbox/inbox.module.ts';
import { IntegrityStore } from '../stages/integrity/integrity.store.ts';
import { LoadsStore } from '../stages/loads/loads.store.ts';
import { OldStore } from '../stages/loads/old.store.ts';
import { MappingsModule } from '../stages/mappings/mappings.module.ts';
import { Mastering } from '../stages/mastering/mastering.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import { RequestsStore } from '../stages/mastering/requests.store.ts';
import { Blocks } from '../stages/matching/blocks.ts';
import { CrosswalkStore } from '../stages/matching/crosswalk.store.ts';
import { LivesStore } from '../stages/matching/lives.store.ts';
import { MovesStore } from '../stages/matching/moves.store.ts';
import { EdgesStore } from '../stages/matching/edges.store.ts';
import { DutyWatch } from './duty-watch.ts';
import { EvidenceStore } from '../stages/matching/evidence.store.ts';
import { FeaturesCache } from '../stages/matching/features-cache.ts';
import { KeysStore } from '../stages/matching/keys.store.ts';
import { Matching } from '../stages/matching/matching.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { Placement } from '../stages/matching/placement.ts';
import { WhoIs } from '../stages/matching/who-is.ts';
import { OutboundStore } from '../stages/outbound/outbound.store.ts';
import { ErrorsStore } from '../stages/records/errors.store.ts';
import { HoldsStore } from '../stages/records/holds.store.ts';
import { PersonsStore } from '../stages/records/persons.store.ts';
import { Suspects } from '../stages/records/suspects.ts';
import { StandardsStore } from '../stages/records/standards.store.ts';
import { FieldsStore } from '../stages/records/fields.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { Timelines } from '../stages/records/timelines.ts';
import { TimelinesStore } from '../stages/records/timelines.store.ts';
import { WaitingStore } from '../stages/records/waiting.store.ts';
import { AdapterCall } from '../stages/refreshes/adapter-call.ts';
import { AdapterClient } from '../stages/refreshes/adapter-client.ts';
import { VersionsStore } from '../stages/refreshes/versions.store.ts';
import { LaneBrakeStore } from '../stages/refreshes/lane-brake.store.ts';
import { ItemsStore } from '../stages/refreshes/items.store.ts';
import { ListedStore } from '../stages/views/listed.store.ts';
import { RunsStore } from '../stages/refreshes/runs.store.ts';
import { SchedulesStore } from '../stages/refreshes/schedules.store.ts';
import { ReplaysStore } from '../stages/replays/replays.store.ts';
import { CanonicalModelsStore } from '../stages/canonical-model/canonical-models.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { SystemsModule } from '../stages/systems/systems.module.ts';
import { OwnViewsStore } from '../stages/views/own-views.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { ApplyPlan } from './apply-plan.ts';
import { Acts } from './acts.ts';
import { Alerts } from './alerts.ts';
import { BadRows } from './bad-rows.ts';
import { Closing } from './closing.ts';
import { Decide } from './decide.ts';
import { Delivery } from './delivery.ts';
import { Derive } from './derive.ts';
import { DryRun } from './dry-run.ts';
import { GoneAndBack } from './gone-and-back.ts';
import { HeldSystems } from './held-systems.ts';
import { Holds } from './holds.ts';
import { GiveUp } from './give-up.ts';
import { InwardBrake } from './inward-brake.ts';
import { Lives } from './lives.ts';
import { ConfinedStore } from '../stages/refreshes/confined.store.ts';
import { NewcomersStore } from '../stages/records/newcomers.store.ts';
import { Newcomers } from './newcomers.ts';
import { PersonWatch } from './person-watch.ts';
import { InboundStore } from '../stages/records/inbound.store.ts';
import { TakeBacks } from './take-backs.ts';
import { TakeBackPreview } from './take-back-preview.ts';
import { TakingBack } from './taking-back.ts';
import { TakeBacksStore } from '../stages/records/take-backs.store.ts';
import { Identify } from './identify.ts';
import { SharedValuesWatch } from './shared-values.ts';
import { NobodyTwice } from './nobody-twice.ts';
import { Ingest } from './ingest.ts';
import { Integrity } from './integrity.ts';
import { Lane } from './lane.ts';
import { LaneBrake } from './lane-brake.ts';
import { Listing } from './listing.ts';
import { LeftOver } from './left-over.ts';
import { LoadMarks } from './load-marks.ts';
import { Parcels } from './parcels.ts';
import { Loads } from './loads.ts';
import { Outbound } from './outbound.ts';
import { OwnViews } from './own-views.ts';
import { Planning } from './planning.ts';
import { ReadAgain } from './read-again.ts';
import { ReadAhead } from './read-ahead.ts';
import { Rederive } from './rederive.ts';
import { Rematch } from './rematch.ts';
import { Refresh } from './refresh.ts';
import { Replays } from './replays.ts';
import { Retention } from './retention.ts';
import { Foresight } from './foresight.ts';
import { Proposals } from './proposals.ts';
import { Publishing } from './publishing.ts';
import { ChangeSetsStore } from '../stages/change-sets/change-sets.store.ts';
import { MatchPreview } from './match-preview.ts';
import { MatchTraining } from './match-training.ts';
import { MatchPictureStore } from '../stages/matching/picture.store.ts';
import { MatchProgressStore } from '../stages/matching/progress.store.ts';
import { LetInStore } from '../stages/refreshes/let-in.store.ts';
import { NextPlacement } from '../stages/matching/next-placement.ts';
import { NextPlacesStore } from '../stages/matching/next-places.store.ts';
import { ShadowPlacement } from '../stages/matching/shadow-placement.ts';
import { ModelTrial } from '../stages/matching/trial.ts';
import { RunWatch } from './run-watch.ts';
import { SealTokens } from './seal-tokens.ts';
import { Schedules } from './schedules.ts';
import { Survive } from './survive.ts';
import { Sweep } from './sweep.ts';
import { SystemLoops } from './system-loops.ts';
import { SystemReach } from './system-reach.ts';
import { SystemsInForce } from './systems-in-force.ts';
import { Worker } from './worker.ts';

/** The pipeline and the stages that it joins. */
@Module({
  imports: [SystemsModule, MappingsModule, InboxModule],
  providers: [
    Committer,
    Duty,
    Statistics,
    SystemsInForce,
    RecordsStore,
    TimelinesStore,
    WaitingStore,
    ErrorsStore,
    FieldsStore,
    StandardsStore,
    HoldsStore,
    Suspects,
    Timelines,
    CrosswalkStore,
    LivesStore,
    MovesStore,
    Lives,
    PersonsStore,
    PersonWatch,
    ModelsStore,
    EvidenceStore,
    KeysStore,
    EdgesStore,
    FeaturesCache,
    Blocks,
    Placement,
    Matching,
    WhoIs,
    MasteringStore,
    RequestsStore,
    Mastering,
    DecisionsStore,
    BulkStore,
    BulkDecisions,
    HeardAgain,
    RulesStore,
    CanonicalModelsStore,
    ViewsStore,
    OwnViewsStore,
    LoadsStore,
    OldStore,
    OutboundStore,
    Outbound,
    AdapterCall,
    AdapterClient,
    RunsStore,
    ItemsStore,
    Survive,
    Derive,
    HeldSystems,
    Ingest,
    Holds,
    InboundStore,
    InwardBrake,
    Newcomers,
    NewcomersStore,
    ConfinedStore,
    TakeBacksStore,
    TakeBacks,
    TakingBack,
    TakeBackPreview,
    Listing,
    BadRows,
    Planning,
    Closing,
    ApplyPlan,
    Delivery,
    LaneBrakeStore,
    VersionsStore,
    LaneBrake,
    Lane,
    Rematch,
    Rederive,
    SealTokens,
    RunWatch,
    Refresh,
    GiveUp,
    SystemLoops,
    SystemReach,
    SchedulesStore,
    Schedules,
    Acts,
    Decide,
    Identify,
    NobodyTwice,
    SharedValuesWatch,
    OwnViews,
    Foresight,
    ChangeSetsStore,
    Publishing,
    Proposals,
    ShadowPlacement,
    NextPlacement,
    LetInStore,
    NextPlacesStore,
    ModelTrial,
    MatchPreview,
    MatchTraining,
    MatchProgressStore,
    MatchPictureStore,
    IntegrityStore,
    Integrity,
    Retention,
    Loads,
    LeftOver,
    WorkUnderWay,
    LoadMarks,
    Parcels,
    ReadAhead,
    ReadAgain,
    ListedStore,
    GoneAndBack,
    Sweep,
    ReplaysStore,
    Replays,
    DryRunsStore,
    DryRun,
    AlertsStore,
    Alerts,
    DutyWatch,
    Worker,
  ],
  exports: [
    NewcomersStore,
    Committer,
    VersionsStore,
    Worker,
    Decide,
    Identify,
    Holds,
    BulkDecisions,
    TakeBacks,
    TakeBackPreview,
    Refresh,
    SystemsInForce,
    RunsStore,
    SchedulesStore,
    Outbound,
    OwnViews,
    OwnViewsStore,
    Foresight,
    Publishing,
    Proposals,
    MatchPreview,
    MatchTraining,
    SharedValuesWatch,
    MatchProgressStore,
    MatchPictureStore,
    RecordsStore,
    RulesStore,
    CanonicalModelsStore,
    ModelsStore,
    EvidenceStore,
    FeaturesCache,
    WhoIs,
    IntegrityStore,
    ViewsStore,
    Loads,
    LoadsStore,
    Replays,
    DryRun,
  ],
})
export class PipelineModule {}
