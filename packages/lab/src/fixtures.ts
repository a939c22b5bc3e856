import { readFileSync } from 'node:fs';
import { modelAsShipped, shippedRules } from '@cinch/canonical-model';
import { pairOf, type Models, type Pair } from './pair.ts';
import { smallSetting, usualRates, type Delivery, type Setting } from './setting.ts';

const document = (system: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../apps/api/src/demo/mappings/${system}.json`, import.meta.url), 'utf8'));
const documents = [document('adipose'), document('bellyfat')] as const;

/** The two reference systems, by the mappings and rules that ship. */
export function shippedPair(models: Models): Pair {
  return pairOf({ documents, models, rules: shippedRules, model: modelAsShipped });
}

export function aSetting(models: Models, delivery: Delivery, more: Partial<Setting> = {}): Setting {
  // Few customers, to whom much happens: a test has little time.
  const rates = { ...usualRates, edits: 60, simultaneous: 0.05 };
  return { ...smallSetting, customers: 40, days: 42, rates, models, delivery, ...more };
}
