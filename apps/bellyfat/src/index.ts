import { createSystem, type RunningSystem, type SystemOptions } from '@cinch/system-adapter/reference-system';
import { bellyfatDemo } from './demo.ts';
import { bellyfatModel } from './model.ts';
import { bellyfatPage } from './page.ts';
import { customerTable } from './table.ts';

/** Starts BellyFat on its own database; for programs and tests. */
export function createBellyfat(options: SystemOptions): Promise<RunningSystem> {
  return createSystem(
    { system: 'bellyfat', model: bellyfatModel, table: customerTable, page: bellyfatPage, demo: bellyfatDemo },
    options,
  );
}
