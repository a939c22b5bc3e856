// Public sets with more than one list, or with an answer for each case.
import { furtherOf, rowsOf, saidOf, type LabelledRecord, type Row } from './data.ts';

/** The lists of the Senzing truth set that its key after so many loads knows. */
export function senzing(folder: string, load: 1 | 2 | 3): LabelledRecord[] {
  const key = new Map(
    rowsOf(folder, `senzing/truthset-load${load}-key.csv`).map((row) => [
      `${row['DATA_SOURCE']} ${row['RECORD_ID']}`,
      row['CLUSTER_ID']!,
    ]),
  );
  return ['customers', 'reference', 'watchlist'].flatMap((list) =>
    rowsOf(folder, `senzing/${list}.csv`).flatMap((row): LabelledRecord[] => {
      const entity = key.get(`${row['DATA_SOURCE']} ${row['RECORD_ID']}`);
      return entity === undefined ? [] : [ofSenzing(row, entity)];
    }),
  );
}

function ofSenzing(row: Row, entity: string): LabelledRecord {
  const at = (column: string) => row[column] ?? '';
  const isOrganization = at('RECORD_TYPE') === 'ORGANIZATION' || at('PRIMARY_NAME_ORG') !== '';
  const inFull = [at('PRIMARY_NAME_FULL'), at('NATIVE_NAME_FULL')].filter(Boolean);
  const inParts = {
    given: at('PRIMARY_NAME_FIRST'),
    middle: at('PRIMARY_NAME_MIDDLE'),
    family: at('PRIMARY_NAME_LAST'),
  };
  return {
    id: at('RECORD_ID'),
    system: at('DATA_SOURCE').toLowerCase(),
    entity,
    kind: isOrganization ? 'organization' : 'person',
    said: saidOf({
      names: isOrganization
        ? [at('PRIMARY_NAME_ORG'), at('SECONDARY_NAME_ORG'), ...inFull].map((legal) => ({ legal }))
        : [inParts, ...inFull.map((family) => ({ family }))],
      birthDate: at('DATE_OF_BIRTH'),
      phone: at('PHONE_NUMBER'),
      email: at('EMAIL_ADDRESS'),
      identifiers: [at('SSN_NUMBER')],
      address: {
        lines: [at('ADDR_LINE1') || at('ADDR_FULL')],
        locality: at('ADDR_CITY'),
        postalCode: at('ADDR_POSTAL_CODE'),
      },
    }),
    further: furtherOf(
      { gender: [at('GENDER')], employer: [at('EMPLOYER')] },
      {
        passport: at('PASSPORT_NUMBER'),
        license: at('DRIVERS_LICENSE_NUMBER'),
        national: at('NATIONAL_ID_NUMBER'),
      },
    ),
  };
}

export interface Case {
  test: LabelledRecord;
  /** The record that it is compared with. */
  of: string;
  expected: string;
}

/** Seeded records, and tests that belong to one of them, perhaps, or not. */
export function cdc(folder: string): { seed: LabelledRecord[]; cases: Case[] } {
  const asRecord = (row: Row, id: string, system: string): LabelledRecord => ({
    id,
    system,
    entity: row['Match Id']!,
    kind: 'person',
    said: saidOf({
      names: [{ given: row['FIRST']!, family: [row['LAST'], row['SUFFIX']].join(' ').trim() }],
      birthDate: row['BIRTHDATE']!,
      identifiers: [row['SSN']!],
      address: {
        lines: row['ADDRESS']!.replaceAll('\\n', ' ').split(','),
        locality: row['CITY']!,
        postalCode: row['ZIP']!,
      },
    }),
    further: furtherOf({ gender: [row['GENDER']!] }),
  });
  return {
    seed: rowsOf(folder, 'cdc/nbs_seed.csv').map((row) => asRecord(row, `seed ${row['Match Id']}`, 'seed')),
    cases: rowsOf(folder, 'cdc/nbs_test.csv').map((row, index) => ({
      test: asRecord(row, `test ${index + 1}`, 'test'),
      of: `seed ${row['Match Id']}`,
      expected: row['Expected Result']!,
    })),
  };
}

export interface NamePair {
  kind: LabelledRecord['kind'];
  names: [string, string];
  isMatch: boolean;
}

export function namePairs(folder: string): NamePair[] {
  return rowsOf(folder, 'name_pairs_dev.csv').map((row) => ({
    kind: row['schema'] === 'Person' ? 'person' : 'organization',
    names: [row['name1']!, row['name2']!],
    isMatch: row['is_match'] === 'true',
  }));
}
