import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/ports.ts';
import { root } from '../../scripts/workspaces.ts';
import { hubApi } from '../stack/hub-api.ts';
import { startThrowawayStack, type ThrowawayStack } from '../stack/throwaway-stack.ts';

const page = readFileSync(join(root, 'docs/add-a-system.md'), 'utf8');
const blocks = [...page.matchAll(/```(\w*)\n(.*?)```/gs)].map(([, language, text]) => ({ language, text: text! }));
const folder = mkdtempSync(join(tmpdir(), 'cinch-shop-'));
const token = 'choose-a-long-secret';

interface Outcome {
  code: number;
  out: string;
  words: string;
}

async function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> {
  try {
    const options = { cwd: root, encoding: 'utf8', timeout: 100_000, env: { ...process.env, ...env } } as const;
    const { stdout, stderr } = await promisify(execFile)(command, args, options);
    return { code: 0, out: stdout, words: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, words: stderr };
  }
}

/** As in a terminal: what was started in the background goes when the shell goes. */
async function typeIn(commands: string): Promise<Outcome> {
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', commands], { cwd: root, detached: true, timeout: 100_000 });
  const outcome = { code: -1, out: '', words: '' };
  shell.stdout.on('data', (chunk) => (outcome.out += String(chunk)));
  shell.stderr.on('data', (chunk) => (outcome.words += String(chunk)));
  outcome.code = await new Promise<number>((resolve) => shell.once('exit', (code) => resolve(code ?? -1)));
  const read = new Promise((resolve) => shell.once('close', resolve));
  process.kill(-shell.pid!, 'SIGTERM');
  await read;
  return outcome;
}

let stack: ThrowawayStack;
let port: number;
beforeAll(async () => {
  stack = await startThrowawayStack({ demo: false, admin: { token } });
  port = await freePort();
});
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const cinch = (args: readonly string[], env: Record<string, string> = {}) =>
  run(process.execPath, [join(root, 'apps/cli/src/main.ts'), ...args], {
    CINCH_URL: stack.hubUrl,
    CINCH_TOKEN: token,
    CINCH_KEY: '',
    ...env,
  });

describe('docs/add-a-system.md', () => {
  it('is a list of at most 30 commands, and has no code in it', () => {
    expect(blocks.length).toBeLessThanOrEqual(30);
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(['sh']));
    expect([...page.matchAll(/^\*\*(\d+)\.\*\*/gm)].map(([, number]) => Number(number))).toEqual(
      blocks.map((_, index) => index + 1),
    );
  });

  it('leads from an empty hub to a system that is proved equal, typed as it stands there', async () => {
    const [start, ...rest] = blocks.map(({ text }) => text);
    expect(start).toContain('DEMO=off npm start');
    // What the page lets one choose: addresses, and the folder.
    const typed = rest
      .join('\n')
      .replaceAll('http://127.0.0.1:3000', stack.hubUrl)
      .replaceAll('127.0.0.1:3010', `127.0.0.1:${port}`)
      .replaceAll('--port 3010', `--port ${port}`)
      .replaceAll('my-shop', folder);
    const ended = await typeIn(typed);
    expect(ended.words).toContain('size: not mapped');
    expect({ code: ended.code, out: ended.out, words: ended.words }).toMatchObject({ code: 0 });
    for (const told of [
      'shop (Web shop) is known; outbound is off',
      '10 records, 10 readable, 0 faults',
      '10 accepted, 0 rejected; 10 applied',
      'C-1001: live',
      'change C-1001 Ada Byron; phone: "2025550143" → "2025550199"',
      'outbound of shop is armed',
      'run 1 of shop: equal as of ',
    ]) {
      expect(ended.out).toContain(told);
    }
    const before = readFileSync(join(root, 'examples/shop/customers.csv'), 'utf8');
    expect(readFileSync(join(folder, 'customers.csv'), 'utf8')).toBe(before.replace('2025550143', '2025550199'));
    const [last] = await hubApi(stack).runs('shop');
    expect(last).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { listed: 10, change: 1, applied: 1, failed: 0 },
    });
  }, 120_000);
});

describe('the command line', () => {
  it('brings its configuration back without any difference', async () => {
    const file = join(folder, 'configuration.json');
    expect(await cinch(['import', file])).toMatchObject({ code: 0, out: 'nothing differs\n' });
    const renamed = join(folder, 'renamed.json');
    cpSync(file, renamed);
    const text = readFileSync(file, 'utf8').replace('"Web shop"', '"Shop"');
    await run('bash', ['-c', 'cat > "$0" <<< "$1"', renamed, text]);
    const foreseen = await cinch(['import', renamed, '--dry-run']);
    expect(foreseen.out).toBe('/systems/shop/name: "Web shop" → "Shop"\n1 differences found\n');
    expect((await hubApi(stack).systems()).map(({ name }) => name)).toEqual(['Web shop']);
  });

  it('exports which record is of which customer', async () => {
    const { out } = await cinch(['export', 'crosswalk']);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sourceId: string; customerId: string });
    expect(lines).toHaveLength(10);
    const of = (id: string) => lines.find(({ sourceId }) => sourceId === id)!.customerId;
    expect(of('C-1001')).toBe(of('C-1009'));
  });

  it.each([
    [['push', 'nothing.csv', '--system', 'shop'], {}, 1, /There is no file nothing\.csv/],
    [['push', 'examples/shop/customers.csv'], {}, 1, /--system CODE/],
    [['push', 'README.md', '--system', 'shop'], {}, 1, /\.ndjson, \.json or \.csv/],
    [['push', 'examples/shop/customers.csv', '--system', 'shop'], {}, 1, /Set CINCH_KEY/],
    [['push', 'examples/shop/customers.csv', '--system', 'shop'], { CINCH_KEY: 'no-key' }, 1, /not-logged-in/],
    [['plan', 'shop'], { CINCH_TOKEN: '' }, 1, /Set CINCH_TOKEN/],
    [['plan', 'nowhere'], {}, 1, /no system of this code/],
    [['apply', 'seven'], {}, 1, /no number of a run/],
    [['apply', '1'], {}, 1, /phase closed/],
    [['plan', 'shop'], { CINCH_URL: 'http://127.0.0.1:9' }, 1, /does not answer.*CINCH_URL/],
    [['plan', 'shop'], { CINCH_URL: 'nonsense' }, 1, /no address/],
    [['check', 'shop', 'README.md', 'x.csv'], {}, 1, /README\.md is no JSON/],
    [['export', 'everything'], {}, 1, /configuration and crosswalk/],
    [['plan'], {}, 2, /cinch plan SYSTEM/],
    [['push', 'x.csv', '--sytem', 'shop'], {}, 2, /--sytem.*cinch push FILE/s],
    [['dance'], {}, 2, /no command "dance"/],
  ] as [string[], Record<string, string>, number, RegExp][])(
    '%j with %j ends with %i and says why',
    async (args, env, code, words) => {
      const ended = await cinch(args, env);
      expect([ended.code, ended.words]).toEqual([code, expect.stringMatching(words)]);
      expect(ended.words).not.toMatch(/\n {4}at /);
    },
  );

  it('explains itself', async () => {
    const { code, out } = await cinch([]);
    expect(code).toBe(0);
    for (const name of ['push', 'plan', 'apply', 'where', 'export', 'import']) expect(out).toContain(`cinch ${name} `);
    expect((await cinch(['help', 'push'])).out).toContain('--as-of');
    expect((await cinch(['push', '--help'])).out).toContain('--dry-run');
  });
});
