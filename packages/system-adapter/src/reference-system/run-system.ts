import { z } from 'zod';
import type { RunningSystem, SystemOptions } from './create-system.ts';

/** What a reference system reads from its environment. */
export const systemEnvironment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.url(),
  HUB_URL: z.url().optional(),
  HUB_KEY: z.string().min(1).optional(),
  ADAPTER_TOKEN: z.string().min(16, 'must have at least 16 characters'),
  DEMO: z.enum(['on', 'off']).default('on'),
});

/** The main program of a reference system: settings from the environment, one line when up, a clean end. */
export async function runSystem(create: (options: SystemOptions) => Promise<RunningSystem>): Promise<void> {
  const settings = systemEnvironment.safeParse(process.env);
  if (!settings.success) {
    const faults = settings.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    console.error(`The environment is not complete:\n${faults.join('\n')}`);
    process.exitCode = 1;
    return;
  }
  const env = settings.data;
  let ending = false;
  let running: RunningSystem | null = null;
  const end = () => {
    if (ending) return;
    ending = true;
    // Without a system yet the start below sees `ending` as soon as it is up.
    void running?.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', end).on('SIGINT', end).on('disconnect', end);

  running = await create({
    databaseUrl: env.DATABASE_URL,
    hubUrl: env.HUB_URL,
    hubKey: env.HUB_KEY,
    adapterToken: env.ADAPTER_TOKEN,
    demo: env.DEMO === 'on',
    host: env.HOST,
    port: env.PORT,
  });
  if (ending) {
    await running.stop();
    process.exit(0);
  }
  if (process.send) process.send({ type: 'listening', url: running.url });
  else console.log(`Listening on ${running.url}`);
}
