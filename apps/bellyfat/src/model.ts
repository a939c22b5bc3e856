import type { NativeModel } from '@cinch/system-adapter/reference-system';
import { ruleFor } from './field-rules.ts';
import { settle } from './settle.ts';

export const bellyfatModel: NativeModel = {
  ruleFor,
  settle,
  revise(data, key, before, now) {
    // The revision is the version too, so it must grow even when the clock stands still or is set back.
    const version = Math.max(now, (before?.version ?? 0) + 1);
    const revision = new Date(version).toISOString();
    return { key, version, changedAt: revision, data: { ...data, customerId: key, revision } };
  },
};
