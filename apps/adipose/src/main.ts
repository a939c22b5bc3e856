import { runSystem } from '@cinch/system-adapter/reference-system';
import { createAdipose } from './index.ts';

await runSystem(createAdipose);
