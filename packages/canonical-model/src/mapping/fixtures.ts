// oxlint-disable-next-line no-restricted-imports -- for tests only: what the repository ships is tested as it lies there
import { modelAsShipped } from '../customer/model/model.ts';
import { readFileSync } from 'node:fs';
import type { Json } from '../json.ts';
import { compileLens } from './compile-lens.ts';
import type { MappingDocument } from './document.ts';
import type { Lens } from './lens.ts';
import { validateMapping } from './validate-mapping.ts';

const documents = {
  adipose: 'apps/api/src/demo/mappings/adipose.json',
  bellyfat: 'apps/api/src/demo/mappings/bellyfat.json',
  'febrl-a': 'examples/febrl/febrl-a.json',
  'febrl-b': 'examples/febrl/febrl-b.json',
};

/** The mapping documents that the repository ships, compiled as the hub would. */
export function shippedLens(system: keyof typeof documents): Lens {
  return lensOf(JSON.parse(shippedFile(documents[system])));
}

export function shippedDocument(system: keyof typeof documents): MappingDocument {
  return validated(JSON.parse(shippedFile(documents[system])));
}

/** The worked example of docs/mapping.md. */
export function documentedLens(): Lens {
  return lensOf(JSON.parse(/```json\n([^]*?)```/.exec(shippedFile('docs/mapping.md'))?.[1] ?? ''));
}

/** A file of the folder `examples`. */
export function exampleFile(path: string): string {
  return shippedFile(`examples/${path}`);
}

function shippedFile(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
}

export function lensOf(document: unknown): Lens {
  return compileLens(validated(document), 1, modelAsShipped);
}

function validated(document: unknown): MappingDocument {
  const validation = validateMapping(document, modelAsShipped);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems, null, 2));
  return validation.mapping;
}

type Row = { [member: string]: Json };

export function anAdiposeRow(members: Row = {}): Row {
  return {
    acct_no: 'A-100042',
    cust_type: 'P',
    name: "O'BRIEN-SMITH, JOHN Q",
    phone: '2025550143',
    email: 'jo@example.com',
    addr1: '12 MAIN ST',
    addr2: 'APT 4',
    city: 'SPRINGFIELD',
    st: 'IL',
    zip: '62701-0012',
    status: 'A',
    mkt_ok: 'Y',
    credit_limit_cents: 250_000,
    lifetime_cents: 1_234_567,
    loyalty_pts: 120,
    last_txn_at: 1_699_999_000,
    upd: 1_700_000_000,
    ver: 3,
    ...members,
  };
}

export function aBellyfatRow(members: Row = {}): Row {
  return {
    customerId: 'bf_0000042',
    person: { given: 'Zoë', middle: 'Quincy', family: 'McDonald' },
    birthDate: '1980-02-29',
    phones: [
      { e164: '+12025550199', use: 'work', primary: false },
      { e164: '+12025550143', use: 'home', primary: true },
    ],
    emails: [{ address: 'Zoe@Example.com', use: 'home', verified: true, primary: true }],
    addresses: [
      {
        use: 'home',
        primary: true,
        lines: ['1200 North Michigan Avenue Suite 400', 'Care of the concierge', 'Third floor'],
        locality: 'Chicago',
        region: 'IL',
        postalCode: '60611',
        country: 'US',
      },
    ],
    lifecycle: 'active',
    consent: null,
    creditLimit: { amount: '2500.00', currency: 'USD' },
    products: [{ sku: 'KB-016', name: 'Kettlebell, 16 kg', purchasedAt: '2025-03-01', serial: null }],
    rights: [{ code: 'warranty', scope: '100017', validFrom: '2025-03-01', validTo: null, status: 'active' }],
    revision: '2026-03-01T08:15:30.125Z',
    ...members,
  };
}

export function anAdiposeOrganization(members: Row = {}): Row {
  return anAdiposeRow({ cust_type: 'B', name: 'BLUE HARBOR LOGISTICS AN', ...members });
}

export function aBellyfatOrganization(members: Row = {}): Row {
  const { person: _person, birthDate: _birthDate, ...row } = aBellyfatRow();
  return {
    ...row,
    organization: { legalName: 'Blue Harbor Logistics and Storage LLC', tradingAs: 'Blue Harbor' },
    ...members,
  };
}
