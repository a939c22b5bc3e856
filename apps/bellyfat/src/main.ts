import { runSystem } from '@cinch/system-adapter/reference-system';
import { createBellyfat } from './index.ts';

await runSystem(createBellyfat);
