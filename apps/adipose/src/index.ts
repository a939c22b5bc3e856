import { createSystem, type RunningSystem, type SystemOptions } from '@cinch/system-adapter/reference-system';
import { adiposeDemo } from './demo.ts';
import { adiposeModel } from './model.ts';
import { adiposePage } from './page.ts';
import { customerTable } from './table.ts';
import { transactionRoutes } from './transactions.ts';

/** Starts Adipose on its own database; for programs and tests. */
export function createAdipose(options: SystemOptions): Promise<RunningSystem> {
  return createSystem(
    {
      system: 'adipose',
      model: adiposeModel,
      table: customerTable,
      page: adiposePage,
      demo: adiposeDemo,
      routes: transactionRoutes,
    },
    options,
  );
}
