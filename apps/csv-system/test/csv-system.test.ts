import { lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
      const lines = parseCsv(readFileSync(file, 'utf8'), ',');
      const left = lines.filter(({ cells: [id] }) => id!.text !== key);
      writeFileSync(file, formatCsv(left, ','));
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

  const cp1252 = (text: string) =>
    Buffer.from([...text].map((letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0))));
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  it.each<[string, (text: string) => Buffer]>([
    ['Windows-1252', cp1252],
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-8 with a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', utf16],
    ['UTF-16, big end first', (text) => utf16(text).swap16()],
  ])('reads a file in %s, leaves it as it is when it starts, and writes back in its form', async (_, encoded) => {
    const text = `id;last;city\r\n1;"Müller";Köln  \r\n\r\n2;Weiß;Preis 5 €`;
    writeFileSync(place.file, encoded(text));
    const rows = await open().list(null, 9);
    expect(rows.map(({ data }) => data)).toEqual([
      { id: '1', last: 'Müller', city: 'Köln' },
      { id: '2', last: 'Weiß', city: 'Preis 5 €' },
    ]);
    expect(readFileSync(place.file)).toEqual(encoded(text));
    await write(open(), '1', { last: 'Mühl; er' });
    await write(open(), null, { last: 'Öz' }, 'd2');
    const after = text.replace('"Müller"', '"Mühl; er"').concat('\r\n3;Öz;');
    expect(readFileSync(place.file)).toEqual(encoded(after));
    expect((await open().list(null, 9)).map(({ version }) => version)).toEqual([2, 1, 1]);
  });

  it('refuses a text that the encoding of its file cannot hold, and takes the others', async () => {
    writeFileSync(place.file, cp1252('id,last,city\n1,Müller,Köln\n'));
    const [receipt] = await write(open(), '1', { last: 'Şahin', city: 'Bonn' });
    expect(receipt).toMatchObject({ outcome: 'stored', refused: [{ path: 'last', code: 'not-in-encoding' }] });
    expect(readFileSync(place.file)).toEqual(cp1252('id,last,city\n1,Müller,Bonn\n'));
  });

  it.each([
    ['bytes that are no letters of any of them', Buffer.from([...Buffer.from('id,last\n1,M'), 0xfc, 0x81])],
    ['UTF-16 without a byte order mark', utf16('id,last\n1,Moe\n').subarray(2)],
    ['half a pair in UTF-16', utf16('id,last\n1,\uD83D\n')],
    ['a broken UTF-8 behind its byte order mark', Buffer.from([0xef, 0xbb, 0xbf, ...Buffer.from('id,last\n1,'), 0xfc])],
  ])('refuses to serve %s, and leaves the file alone', async (_, bytes) => {
    writeFileSync(place.file, bytes);
    await expect(open().check()).rejects.toThrow(/cannot be read as UTF-8.*left as it is/);
    expect(readFileSync(place.file)).toEqual(bytes);
  });

  it('keeps quotes, spaces and numbers of what nobody changed, the rights of the file, and a link to it', async () => {
    const text = '"id","last","points"\n"1"," Moe ","007"\n"2","Roe",""\n';
    const target = `${place.file}.real`;
    writeFileSync(target, text, { mode: 0o640 });
    rmSync(place.file);
    symlinkSync(target, place.file);
    await write(open(), '2', { last: 'Roes' });
    expect(readFileSync(target, 'utf8')).toBe(text.replace('Roe', 'Roes'));
    expect(lstatSync(place.file).isSymbolicLink()).toBe(true);
    expect(lstatSync(target).mode & 0o777).toBe(0o640);
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
