import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { modelAsShipped, shippedRules } from '@cinch/canonical-model';
import { armIds, pairOf, play, scenarios, settingOf, workloadOf, type Setting } from '@cinch/lab';

/** Scenarios of one pair of models and one seed: what people mean is the same in all of them, and what it reads as is worked out once. */
export interface LabTask {
  scenarios: string[];
  /** Files of the two mapping documents. */
  mappings: [string, string];
  of: Pick<Setting, 'seed' | 'customers' | 'days' | 'refreshDays' | 'rates'>;
}

parentPort?.on('message', ({ index, task }: { index: number; task: LabTask }) => {
  const chosen = task.scenarios.map((id) => scenarios.find((one) => one.id === id)!);
  const documents = task.mappings.map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown) as [
    unknown,
    unknown,
  ];
  const { models } = chosen[0]!;
  const pair = pairOf({ documents, models, rules: shippedRules, model: modelAsShipped });
  const log = workloadOf(pair, settingOf(chosen[0]!, task.of));
  const played = chosen.map((scenario) => armIds.map((arm) => play(pair, settingOf(scenario, task.of), log, arm)));
  parentPort!.postMessage({ index, played });
});
