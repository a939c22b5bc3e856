import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformance } from '@cinch/system-adapter/conformance';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CsvStore } from '../src/csv-store.ts';
import { formatCsv, parseCsv } from '../src/csv-text.ts';
import { serveCsv } from '../src/serve-csv.ts';

const header = 'id,first,last,city,points\n';
const newFile = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cinch-csv-'));
  const file = join(folder, 'shop.csv');
  writeFileSync(
    file,
    `${header}C-1,Ada,Byron,London,7\nC-2,Cleo,Moe,,\nC-3,"Zoe ""Q""","O'Brien, jr","Two\nlines",0\n`,
  );
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
};

conformance('A CSV file', async () => {
  const { file, remove } = newFile();
  const token = 'a-token-for-tests-only';
  const served = await serveCsv({ file, system: 'shop', key: 'id', required: ['last'], token, now: Date.now });
  return {
    url: served.url,
    token,
    system: 'shop',
    async stop() {
      await served.stop();
      remove();
    },
    async remove(key) {
      const [columns, ...rows] = parseCsv(readFileSync(file, 'utf8'));
      writeFileSync(file, formatCsv([columns!, ...rows.filter(([id]) => id !== key)]));
    },
    create: { first: 'Ana', last: 'Quiñones', city: 'Springfield' },
    normalised: { path: 'last', sent: '  Montgomery ', stored: 'Montgomery' },
    plain: { path: 'city', value: 'Chicago' },
    refused: { path: 'points', value: [1, 2], code: 'not-a-cell' },
  };
});

describe('a CSV file as a system', () => {
  let place: ReturnType<typeof newFile>;
  let now = Date.UTC(2026, 2, 1);
  const open = () => new CsvStore({ file: place.file, key: 'id', numbers: ['points'], now: () => now });
  const write = (store: CsvStore, key: string | null, fields: Record<string, string>, deliveryId = 'd1') =>
    store.upsert([{ deliveryId, key, ifMatch: null, fields }]);
  beforeEach(() => {
    place = newFile();
  });
  afterEach(() => place.remove());

  it('lists its rows as texts and numbers, and leaves out empty cells', async () => {
    const rows = await open().list(null, 10);
    expect(rows.map(({ version, data }) => [version, data])).toEqual([
      [1, { id: 'C-1', first: 'Ada', last: 'Byron', city: 'London', points: 7 }],
      [1, { id: 'C-2', first: 'Cleo', last: 'Moe' }],
      [1, { id: 'C-3', first: 'Zoe "Q"', last: "O'Brien, jr", city: 'Two\nlines', points: 0 }],
    ]);
  });

  it('writes single cells and leaves the rest of the file as it was', async () => {
    const before = readFileSync(place.file, 'utf8');
    await write(open(), 'C-2', { city: 'Paris, Texas' });
    expect(readFileSync(place.file, 'utf8')).toBe(before.replace('C-2,Cleo,Moe,,', 'C-2,Cleo,Moe,"Paris, Texas",'));
  });

  it('gives a row that somebody edited a new version, and keeps it after a restart', async () => {
    await write(open(), 'C-1', { city: 'Leeds' });
    const text = readFileSync(place.file, 'utf8').replace('Leeds', 'York');
    writeFileSync(place.file, text);
    const [row] = await open().list(null, 1);
    expect(row).toMatchObject({ version: 3, delivery: { id: 'd1', version: 2 }, data: { city: 'York' } });
    expect(await open().list(null, 1)).toEqual([row]);
  });

  it('continues the numbering of its keys', async () => {
    const [receipt] = await write(open(), null, { last: 'New' });
    expect(receipt!.row!.key).toBe('C-4');
    expect(readFileSync(place.file, 'utf8')).toMatch(/\nC-4,,New,,\n$/);
  });

  it('remembers a delivery after a restart, and after a crash between its two files', async () => {
    const [first] = await write(open(), null, { last: 'New' });
    const notes = `${place.file}.cinch.json`;
    const kept = readFileSync(notes, 'utf8');
    writeFileSync(`${notes}.next`, kept);
    writeFileSync(notes, JSON.stringify({ sha256: '', rows: {}, receipts: {}, lastKey: 0 }));
    expect(await write(open(), null, { last: 'New' })).toEqual([first]);
    now += 1000;
    writeFileSync(`${notes}.next`, kept.replace(/"sha256":"\w+"/, '"sha256":"of a table that was never written"'));
    expect(await write(open(), null, { last: 'New' })).toEqual([first]);
  });

  it.each([
    ['has no such column', 'no,last\n1,Moe\n', /no column id/],
    ['has a key twice', 'id,last\n1,Moe\n1,Roe\n', /"1".*twice/],
    ['has a row of other length', 'id,last\n1\n', /Row 1 .* 1 cells, its header 2/],
    ['is empty', '', /is empty/],
    ['has quotes that never close', 'id,last\n1,"Moe\n', /quotes/],
  ])('says what to mend where the file %s', async (_, text, words) => {
    writeFileSync(place.file, text);
    await expect(open().check()).rejects.toThrow(words);
  });
});
