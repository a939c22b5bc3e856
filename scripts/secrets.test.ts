import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSecrets } from './secrets.ts';

let dataDir: string;
beforeEach(() => void (dataDir = mkdtempSync(join(tmpdir(), 'cinch-secrets-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

test('gives the same secret again, also after a restart', () => {
  const secret = openSecrets(dataDir).get('postgres');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(openSecrets(dataDir).get('postgres')).toBe(secret);
});

test('two who keep secrets in one folder do not write over each other', () => {
  const early = openSecrets(dataDir);
  const password = openSecrets(dataDir).get('postgres');
  early.get('auth');
  expect(openSecrets(dataDir).get('postgres')).toBe(password);
});

test('only its owner can read the file, and no half file is left beside it', () => {
  openSecrets(dataDir).get('auth');
  expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['secrets.json']);
});

test('a broken file is an error that says what to do, never a set of new passwords', () => {
  writeFileSync(join(dataDir, 'secrets.json'), '{"postgres": ');
  expect(() => openSecrets(dataDir).get('postgres')).toThrow(/Restore it from a backup/);
});
