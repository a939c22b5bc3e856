import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mustBeSameBuild } from '../crash/hub-process.ts';
import { Pusher } from '../crash/pusher.ts';
import { TargetProcess } from '../crash/target-process.ts';

describe('a kill run of which a part never becomes ready ends, and says what it waited for', () => {
  const limitMs = 300;
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'cinch-kill-run-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const aFile = (name: string, text = '') => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test('a target that ends before it listens', async () => {
    const file = aFile('ends.mjs', 'process.exit(3);');
    await expect(TargetProcess.start(join(folder, 'journal'), { file })).rejects.toThrow(
      /^The target ended with exit code 3: it was waited for to listen on port \d+\.$/,
    );
  });

  test('a target that never listens', async () => {
    const file = aFile('silent.mjs', 'setInterval(() => undefined, 1_000);');
    await expect(TargetProcess.start(join(folder, 'journal'), { file, limitMs })).rejects.toThrow(
      /^The target did not listen within 300 ms/,
    );
  });

  test('a push that is acknowledged and never worked on', async () => {
    const hub = createServer((request, response) => {
      response.writeHead(request.method === 'POST' ? 202 : 200);
      response.end(JSON.stringify({ batchId: 1, accepted: 1, waiting: 1 }));
    });
    await new Promise<void>((listening) => hub.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(hub.address() as AddressInfo).port}`;
    const pusher = new Pusher(url, { kind: 'c', place: 0 }, { north: 'key', east: 'key' }, limitMs);
    await expect(pusher.push(() => true)).rejects.toThrow(
      /^Expected that "c0, round 0, north" is worked on within 0\.3 s/,
    );
    hub.closeAllConnections();
    hub.close();
  });

  test.each([
    ['built anew meanwhile', (file: string) => utimesSync(file, new Date(), new Date()), /was built anew/],
    ['gone', (file: string) => rmSync(file), /is gone/],
  ])('a hub that is %s', (_, change, words) => {
    const file = aFile('main.js');
    utimesSync(file, 1, 1);
    expect(() => mustBeSameBuild(file)).not.toThrow();
    change(file);
    expect(() => mustBeSameBuild(file)).toThrow(words);
  });
});
