import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChangeSet, ChangeSetCheck } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change } from './change.ts';
import type { Hub, Request } from './hub.ts';

describe('cinch change', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cinch-change-'));
  const file = join(folder, 'set.json');
  const documents = [{ kind: 'scope', system: 'shop', document: { create: 'nobody' }, baseVersion: 0 }];
  beforeAll(() => writeFileSync(file, JSON.stringify({ documents })));
  afterAll(() => rmSync(folder, { recursive: true }));

  const run = async (answer: object, values: Record<string, string | boolean>) => {
    const asked: [string, Request | undefined][] = [];
    const hub = { json: (path: string, request?: Request) => (asked.push([path, request]), Promise.resolve(answer)) };
    const said: string[] = [];
    const terminal = { say: (line: string) => void said.push(line), note: () => undefined };
    const isWell = await change.run(hub as unknown as Hub, { positionals: [file], values }, terminal);
    return { asked, said, isWell };
  };

  it('names every mistake of a set, also in what is in force, and ends as something to look at', async () => {
    const mistake = { kind: 'scope', system: 'shop', inSet: true, path: '/keep', code: 'x', detail: 'No.' } as const;
    const other = { ...mistake, kind: 'survivorship', system: null, inSet: false, path: '' } as const;
    const answer = { problems: [mistake, other], reach: null } satisfies ChangeSetCheck;
    const { asked, said, isWell } = await run(answer, { check: true });
    expect(asked).toEqual([['/change-sets/check', { method: 'POST', json: { documents } }]]);
    expect([isWell, ...said]).toEqual([false, 'scope shop /keep: No.', 'survivorship (in force) : No.']);
  });

  it('publishes with its reason and the count that was seen, and tells the versions', async () => {
    const published = { kind: 'scope', system: 'shop', version: 1, before: 0 } as const;
    const answer = { documents: [published] } as unknown as ChangeSet;
    const { asked, said } = await run(answer, { reason: 'So it is', count: '7' });
    expect(asked).toEqual([['/change-sets', { method: 'POST', json: { documents, reason: 'So it is', count: 7 } }]]);
    expect(said).toEqual(['scope shop: version 0 → 1']);
  });

  it('publishes nothing without a reason', async () => {
    await expect(run({}, {})).rejects.toThrow('Say why');
  });
});
