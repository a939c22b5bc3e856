// Whether who is who depends on what arrived when, which system was registered first, or how many strangers there are.
// npm run orders -- --data DIR [--orders 100] [--historical 20] [--among 10000,100000]   (add 500000: some half an hour)
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['LINKAGE_DATA'] },
    orders: { type: 'string', default: '100' },
    historical: { type: 'string', default: '20' },
    among: { type: 'string', default: '10000,100000' },
  },
});
if (!values.data) {
  console.error('Name the folder with the public files: --data DIR, or LINKAGE_DATA.');
  process.exit(2);
}
const { status } = spawnSync('vitest', ['run', '--project', 'apps/api', 'test/orders', '--disable-console-intercept'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: {
    ...process.env,
    npm_lifecycle_event: 'orders',
    ORDERS_DATA: resolve(values.data),
    ORDERS: values.orders,
    ORDERS_HISTORICAL: values.historical,
    ORDERS_AMONG: values.among,
  },
});
process.exit(status ?? 1);
