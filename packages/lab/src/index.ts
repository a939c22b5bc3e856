export { armIds, arms, type ArmId } from './arms/arms.ts';
export type { Cell } from './cells.ts';
export { dialPeriods, type DialPoint } from './dial.ts';
export { pairOf } from './pair.ts';
export { play, playOn, type Played, type Sample } from './play.ts';
export { scenarios, settingOf } from './scenarios.ts';
export { usualRates, type Setting } from './setting.ts';
export { show, tell, tryPeriods, type Show, type ShowInput, type ShownArm, type Turn } from './show.ts';
export type { Note } from './note.ts';
export type { Story } from './story.ts';
export { Stage } from './stage.ts';
export { summarize } from './summary.ts';
export {
  attributesTable,
  csvOf,
  daysTable,
  figuresTable,
  printed,
  type ScenarioSummary,
  type Table,
} from './tables.ts';
export { workloadOf } from './workload.ts';
