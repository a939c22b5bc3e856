import type { MappingDocument } from '@cinch/canonical-model';
import { demoCopies } from '@cinch/demo-population';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CsvFiles, hashOf } from '../../../csv-system/src/csv-files.ts';
import { cellOf } from '../../../csv-system/src/csv-text.ts';
import { serveCsv } from '../../../csv-system/src/serve-csv.ts';
import { Database } from '../../src/platform/transaction.ts';
import { MappingsStore } from '../../src/stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../src/stages/systems/systems.store.ts';
import type { WalkingHub } from '../walking-hub.ts';
import type { Row } from './rewrites.ts';

/** Writes rows into a system behind its back: at the versions that they have. */
export type Plant = (rows: ReadonlyMap<string, Row>) => Promise<void>;

const numbers = ['points'];
const columns = ['id', 'first', 'last', 'phone', 'email', 'born', 'street', 'city', 'zip', 'points'];
const upperTitle = { step: 'case', native: 'upper', read: 'title' };
const csvMapping = {
  format: 1,
  system: 'csv',
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'first' }, family: { path: 'last' } } },
    { attribute: 'phone.primary', path: 'phone', steps: [{ step: 'nationalNumber', countryCode: '1', digits: 10 }] },
    { attribute: 'email.primary', path: 'email' },
    { attribute: 'birthDate', path: 'born', steps: [{ step: 'date', format: 'dd/MM/yyyy' }] },
    {
      attribute: 'address.primary',
      members: {
        lines: { paths: ['street'] },
        locality: { path: 'city', steps: [upperTitle] },
        postalCode: { path: 'zip' },
        country: { constant: 'US' },
      },
    },
    { attribute: 'points', path: 'points' },
  ],
};

/** The persons of the demo as a file keeps them, with whatever their values were at first. */
function csvText(): string {
  const lines = demoCopies('bellyfat').flatMap(({ customer }, index) => {
    if (customer.kind !== 'person') return [];
    const { given, family, phone, email, birthDate, address } = customer;
    const born = birthDate?.split('-').toReversed().join('/');
    const { lines: [street] = [], locality, postalCode } = address ?? {};
    const cells = [given, family, phone?.replace('+1', ''), email, born, street, locality?.toUpperCase(), postalCode];
    return [[`c-${1000 + index}`, ...cells.map((cell) => `"${cell ?? ''}"`), String(index % 50)].join(',')];
  });
  return [columns.join(','), ...lines, ''].join('\n');
}

/** A third system beside the two of the demo. It makes no rows: a customer may be an organization. */
export async function addCsv(hub: WalkingHub): Promise<{ plant: Plant; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'cinch-equality-'));
  const file = join(folder, 'customers.csv');
  writeFileSync(file, csvText());
  const adapterToken = 'a-token-for-tests-only';
  const served = await serveCsv({ system: 'csv', token: adapterToken, file, key: 'id', numbers, now: Date.now });
  await hub.get(Database).transaction(async (tx) => {
    const systems = hub.get(SystemsStore);
    const scope = { create: 'nobody', keep: 'everybody' } as const;
    const made = { code: 'csv', name: 'csv', adapterUrl: served.url, adapterToken, scope };
    const { systemId } = (await systems.create(tx, made))!;
    const document = csvMapping as unknown as MappingDocument;
    await hub.get(MappingsStore).publish(tx, systemId, document, new Date(), 'test');
    await systems.setOutbound(tx, systemId, 'armed');
  });
  const files = new CsvFiles(file);
  const plant: Plant = async (planted) => {
    const contents = await files.read();
    const place = contents.columns.indexOf('id');
    for (const line of contents.rows) {
      const key = line.cells[place]!.text.trim();
      const row = planted.get(key);
      if (!row) continue;
      line.cells = contents.columns.map((column) => cellOf(String(row[column] ?? ''), contents.delimiter, true));
      contents.notes.rows[key]!.sha256 = hashOf(JSON.stringify(line.cells.map(({ text }) => text)));
    }
    await files.write(contents);
  };
  const stop = async () => {
    await served.stop();
    rmSync(folder, { recursive: true });
  };
  return { plant, stop };
}

const adiposeColumns = `name, phone, email, addr1, addr2, city, st, zip, status, mkt_ok, credit_limit_cents, lifetime_cents,
  loyalty_pts, last_txn_at, cust_type`;

export const plantIn = (hub: WalkingHub): Record<'adipose' | 'bellyfat', Plant> => ({
  adipose: (rows) =>
    hub.sql(
      'adipose',
      `update customer c set (${adiposeColumns}) = (select ${adiposeColumns.replaceAll(/(\w+)/g, 'n.$1')})
       from json_populate_recordset(null::customer, $1::json) n where n.acct_no = c.acct_no`,
      [JSON.stringify([...rows.values()])],
    ),
  bellyfat: (rows) =>
    hub.sql(
      'bellyfat',
      `update customer c set document = n.document
       from json_to_recordset($1::json) as n(customer_id text, document json) where n.customer_id = c.customer_id`,
      [JSON.stringify([...rows].map(([customer_id, document]) => ({ customer_id, document })))],
    ),
});

/** What a system would never take from its users, somebody may still write into its database. */
export async function dropChecks(hub: WalkingHub): Promise<void> {
  for (const system of ['adipose', 'bellyfat'] as const) {
    await hub.sql(
      system,
      `do $$ declare one record; begin
         for one in select conname from pg_constraint where conrelid = 'customer'::regclass and contype = 'c' loop
           execute format('alter table customer drop constraint %I', one.conname);
         end loop;
       end $$`,
      [],
    );
  }
}
