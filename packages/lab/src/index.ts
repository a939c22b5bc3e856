export { armIds, arms, type ArmId } from './arms/arms.ts';
export { nameOf, type Cell } from './cells.ts';
export { dialPeriods, dialPoint, proposedPeriod, type DialPoint } from './dial.ts';
export type { Log } from './meant.ts';
export type { Note } from './note.ts';
export { pairOf, type Models, type Pair, type PairInput, type Side } from './pair.ts';
export { play, type Played, type Sample } from './play.ts';
export { scenarios, settingOf, type Scenario } from './scenarios.ts';
export { dayMs, smallSetting, usualRates, type Delivery, type Rates, type Setting } from './setting.ts';
export { storyOf, type MappingLine, type Story } from './story.ts';
export { summarize, type ArmSummary, type Band } from './summary.ts';
export {
  attributesTable,
  csvOf,
  daysTable,
  figuresTable,
  printed,
  type ScenarioSummary,
  type Table,
} from './tables.ts';
export { readings, type Reading } from './truth.ts';
export { workloadOf } from './workload.ts';
