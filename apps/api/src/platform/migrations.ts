import { FirstSchema1764000000000 } from './migrations/1764000000000-first-schema.ts';
import { LoginTables1764000100000 } from './migrations/1764000100000-login-tables.ts';
import { Facts1764000200000 } from './migrations/1764000200000-facts.ts';
import { InboxChunks1764000250000 } from './migrations/1764000250000-inbox-chunks.ts';
import { PackedRecords1764000260000 } from './migrations/1764000260000-packed-records.ts';
import { ErrorLog1764000400000 } from './migrations/1764000400000-error-log.ts';
import { Loads1764000500000 } from './migrations/1764000500000-loads.ts';
import { CommitterEpoch1764000600000 } from './migrations/1764000600000-committer-epoch.ts';
import { UnmappedColumns1764000700000 } from './migrations/1764000700000-unmapped-columns.ts';
import { Matching1764000900000 } from './migrations/1764000900000-matching.ts';
import { PeopleAndKeys1764001000000 } from './migrations/1764001000000-people-and-keys.ts';
import { OutboundSwitch1764001200000 } from './migrations/1764001200000-outbound-switch.ts';
import { Alerts1764001210000 } from './migrations/1764001210000-alerts.ts';
import { RefreshBrake1764001500000 } from './migrations/1764001500000-refresh-brake.ts';
import { KeyScheme1764001600000 } from './migrations/1764001600000-key-scheme.ts';
import { VacuumOfGrowth1764001700000 } from './migrations/1764001700000-vacuum-of-growth.ts';
import { LimitsAndLaneBrake1764001900000 } from './migrations/1764001900000-limits-and-lane-brake.ts';
import { Schedules1764002000000 } from './migrations/1764002000000-schedules.ts';
import { MatchProgress1764002200000 } from './migrations/1764002200000-match-progress.ts';
import { CreatesOnce1764003100000 } from './migrations/1764003100000-creates-once.ts';
import { WorkUnderWay1764003200000 } from './migrations/1764003200000-work-under-way.ts';
import { Acceptance1764003300000 } from './migrations/1764003300000-acceptance.ts';
import { AuditAddress1764003500000 } from './migrations/1764003500000-audit-address.ts';
import { TimeSeen1764003510000 } from './migrations/1764003510000-time-seen.ts';
import { Heartbeat1764003600000 } from './migrations/1764003600000-heartbeat.ts';
import { SealedTokens1764003700000 } from './migrations/1764003700000-sealed-tokens.ts';
import { KindUnderWay1764003900000 } from './migrations/1764003900000-kind-under-way.ts';
import { SystemAway1764003950000 } from './migrations/1764003950000-system-away.ts';
import { CareAfterDeaths1764004000000 } from './migrations/1764004000000-care-after-deaths.ts';
import { DeathsAlone1764004010000 } from './migrations/1764004010000-deaths-alone.ts';
import { Holds1764004100000 } from './migrations/1764004100000-holds.ts';
import { HeldSystems1764004110000 } from './migrations/1764004110000-held-systems.ts';
import { DeferredHold1764004115000 } from './migrations/1764004115000-deferred-hold.ts';
import { RowsSetBack1764004120000 } from './migrations/1764004120000-rows-set-back.ts';
import { Approval1764004200000 } from './migrations/1764004200000-approval.ts';
import { Proof1764004210000 } from './migrations/1764004210000-proof.ts';
import { Unshown1764004220000 } from './migrations/1764004220000-unshown.ts';
import { ClosingWord1764004300000 } from './migrations/1764004300000-closing-word.ts';
import { CommitterHolds1764004400000 } from './migrations/1764004400000-committer-holds.ts';
import { ChangedSince1764004410000 } from './migrations/1764004410000-changed-since.ts';
import { TakeBacks1764004600000 } from './migrations/1764004600000-take-backs.ts';
import { InwardBrake1764004610000 } from './migrations/1764004610000-inward-brake.ts';
import { Newcomers1764005100000 } from './migrations/1764005100000-newcomers.ts';
import { ConfinedRuns1764005110000 } from './migrations/1764005110000-confined-runs.ts';
import { CanonicalModel1764005300000 } from './migrations/1764005300000-canonical-model.ts';
import { Lives1764005600000 } from './migrations/1764005600000-lives.ts';
import { SomebodyElse1764005610000 } from './migrations/1764005610000-somebody-else.ts';
import { BulkDecisions1764005721000 } from './migrations/1764005721000-bulk-decisions.ts';
import { Deciding1764005722000 } from './migrations/1764005722000-deciding.ts';
import { PlacingAside1764005770000 } from './migrations/1764005770000-placing-aside.ts';
import { LetInRows1764005770001 } from './migrations/1764005770001-let-in-rows.ts';
import { ItemsInOrder1764005770002 } from './migrations/1764005770002-items-in-order.ts';
import { SpansOfTime1764005790000 } from './migrations/1764005790000-spans-of-time.ts';
import { OwnViewDays1764005791000 } from './migrations/1764005791000-own-view-days.ts';
import { UnseenItems1764005810000 } from './migrations/1764005810000-unseen-items.ts';
import { MovedRecords1764005710000 } from './migrations/1764005710000-moved-records.ts';
import { EdgesThatAsk1764005700000 } from './migrations/1764005700000-edges-that-ask.ts';
import { StandingAnswers1764005720000 } from './migrations/1764005720000-standing-answers.ts';
import { Comparison1764005800000 } from './migrations/1764005800000-comparison.ts';
import { ChangeSets1764005820000 } from './migrations/1764005820000-change-sets.ts';
import { StandardDays1764005821000 } from './migrations/1764005821000-standard-days.ts';

/** All steps of the schema, the oldest first. */
export const migrations = [
  FirstSchema1764000000000,
  LoginTables1764000100000,
  Facts1764000200000,
  InboxChunks1764000250000,
  PackedRecords1764000260000,
  ErrorLog1764000400000,
  Loads1764000500000,
  CommitterEpoch1764000600000,
  UnmappedColumns1764000700000,
  Matching1764000900000,
  PeopleAndKeys1764001000000,
  OutboundSwitch1764001200000,
  Alerts1764001210000,
  RefreshBrake1764001500000,
  KeyScheme1764001600000,
  VacuumOfGrowth1764001700000,
  LimitsAndLaneBrake1764001900000,
  Schedules1764002000000,
  MatchProgress1764002200000,
  CreatesOnce1764003100000,
  WorkUnderWay1764003200000,
  Acceptance1764003300000,
  AuditAddress1764003500000,
  TimeSeen1764003510000,
  Heartbeat1764003600000,
  SealedTokens1764003700000,
  KindUnderWay1764003900000,
  SystemAway1764003950000,
  CareAfterDeaths1764004000000,
  DeathsAlone1764004010000,
  Holds1764004100000,
  HeldSystems1764004110000,
  DeferredHold1764004115000,
  RowsSetBack1764004120000,
  Approval1764004200000,
  Proof1764004210000,
  Unshown1764004220000,
  ClosingWord1764004300000,
  CommitterHolds1764004400000,
  ChangedSince1764004410000,
  TakeBacks1764004600000,
  InwardBrake1764004610000,
  Newcomers1764005100000,
  ConfinedRuns1764005110000,
  CanonicalModel1764005300000,
  Lives1764005600000,
  SomebodyElse1764005610000,
  EdgesThatAsk1764005700000,
  MovedRecords1764005710000,
  StandingAnswers1764005720000,
  BulkDecisions1764005721000,
  Deciding1764005722000,
  PlacingAside1764005770000,
  LetInRows1764005770001,
  ItemsInOrder1764005770002,
  SpansOfTime1764005790000,
  OwnViewDays1764005791000,
  Comparison1764005800000,
  ChangeSets1764005820000,
  UnseenItems1764005810000,
  StandardDays1764005821000,
] as const;
