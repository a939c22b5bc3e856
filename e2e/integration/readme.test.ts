import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startStack, type Stack } from '../../scripts/stack.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const dataDir = mkdtempSync(join(tmpdir(), 'cinch-readme-'));
const token = 'choose-a-long-secret';
let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ dataDir, demo: false, throwaway: true, admin: { token } });
});
afterAll(async () => {
  await stack?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

it('the first push of the README works as printed', () => {
  const block = /<!-- first-push -->\s*```sh\n(.*?)```/s.exec(readme)?.[1];
  if (!block) throw new Error('The README has no block marked first-push.');
  const commands = block.replace('http://127.0.0.1:3000', stack.hubUrl);
  const printed = execFileSync('bash', ['-euo', 'pipefail', '-c', commands], { encoding: 'utf8', timeout: 20_000 });
  expect(printed).not.toContain('"code":"invalid-request"');
  expect(printed).toContain('"accepted":1');
  const view = JSON.parse(printed.slice(printed.lastIndexOf('{"sourceId"'))) as { sourceId: string; fields: object };
  expect(view).toMatchObject({ sourceId: '7', fields: { first: 'Ada', last: 'Brook', mail: 'ada.brook@example.com' } });
});
