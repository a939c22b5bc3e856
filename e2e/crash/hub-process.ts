import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { startProgram, type Program } from '../../scripts/program.ts';

const file = fileURLToPath(new URL('../../apps/api/dist/main.js', import.meta.url));
const lookMs = 20;
/** When this program was begun: a hub that is built anew after that is another one, of which half may be missing. */
const begunAt = Date.now();

export interface HubSettings {
  role: 'all' | 'api' | 'worker';
  port: number;
  databaseUrl: string;
  dataDir: string;
  adminToken: string;
  /** The point at which it is to die. */
  crashAt?: string;
}

/** One process of the built hub, that may die at any moment. */
export class HubProcess {
  private readonly program: Program;
  private readonly port: number;

  private constructor(program: Program, port: number) {
    this.program = program;
    this.port = port;
  }

  static start({ role, port, databaseUrl, dataDir, adminToken, crashAt = '' }: HubSettings): HubProcess {
    const program = startProgram({
      name: `the hub (${role})`,
      file,
      env: {
        ROLE: role,
        PORT: String(port),
        HOST: '127.0.0.1',
        DATABASE_URL: databaseUrl,
        DATA_DIR: dataDir,
        AUTH_SECRET: 'only-for-tests-'.repeat(3),
        ADMIN_TOKEN: adminToken,
        ADMIN_PASSWORD: 'only-for-this-test',
        CRASH_AT: crashAt,
        DEMO: 'off',
        EGRESS_ALLOW: 'loopback',
        // Every lost connection would be told otherwise, and here they are lost on purpose.
        LOG_LEVEL: 'silent',
      },
      onMessage: (message) => {
        if (message.type === 'claim-port') program.send({ type: 'port-free' });
      },
    });
    return new HubProcess(program, port);
  }

  /** Resolves when it has ended, with how. */
  get ended(): Promise<string> {
    return this.program.ended;
  }

  get pid(): number {
    return this.program.pid!;
  }

  /** Milliseconds until `/readyz` says 200; null when it ended before. */
  async ready(limitMs = 60_000): Promise<number | null> {
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    const since = performance.now();
    while (!hasEnded) {
      if (await isReady(this.port)) return performance.now() - since;
      if (performance.now() - since > limitMs) throw new Error(`The hub was not ready within ${limitMs} ms.`);
      await wait(lookMs);
    }
    return null;
  }

  async kill(): Promise<void> {
    this.program.kill();
    await this.ended;
  }

  stop(): Promise<void> {
    return this.program.stop();
  }
}

/** Throws when the hub was built anew since this program was begun: what is started again then is not what was begun with. */
export function mustBeSameBuild(builtFile = file): void {
  const builtAt = statSync(builtFile, { throwIfNoEntry: false })?.mtimeMs;
  if (builtAt === undefined) throw new Error(`The built hub is gone (${builtFile}): build it and begin again.`);
  if (builtAt > begunAt)
    throw new Error('The hub was built anew while this ran, and it was waited for to be ready: begin again.');
}

export async function isReady(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}
