import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { modelAsShipped, shippedRules } from '@cinch/canonical-model';
import { armIds, pairOf, play, scenarios, settingOf, workloadOf, type Setting } from '@cinch/lab';

export interface LabTask {
  scenario: string;
  /** Files of the two mapping documents. */
  mappings: [string, string];
  of: Pick<Setting, 'seed' | 'customers' | 'days' | 'refreshDays' | 'rates'>;
}

parentPort?.on('message', ({ index, task }: { index: number; task: LabTask }) => {
  const scenario = scenarios.find(({ id }) => id === task.scenario)!;
  const documents = task.mappings.map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown) as [
    unknown,
    unknown,
  ];
  const setting = settingOf(scenario, task.of);
  const pair = pairOf({ documents, models: scenario.models, rules: shippedRules, model: modelAsShipped });
  const log = workloadOf(pair, setting);
  parentPort!.postMessage({ index, played: armIds.map((arm) => play(pair, setting, log, arm)) });
});
