import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { WalkingHub } from './walking-hub.ts';

type System = 'adipose' | 'bellyfat';
type Row = Record<string, unknown>;
type Document = Row & Record<'phones' | 'products' | 'rights', Row[]>;

/** Whatever is written into a system's own database at an unchanged version: nobody said so, and a refresh puts it right. */
describe('rows rewritten behind the back of their system', () => {
  let hub: WalkingHub;
  let persons: Record<System, { key: string; row: Document }[]>;
  beforeAll(async () => {
    hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
    for (const system of ['adipose', 'bellyfat', 'adipose', 'bellyfat']) await hub.refresh(system);
    persons = { adipose: await personsOf('adipose'), bellyfat: await personsOf('bellyfat') };
  });
  afterAll(() => hub?.stop());

  const personsOf = async (system: System) => {
    const told = await hub.query<{ key: string }>(
      `select source_key as key from source_record join system using (system_id) where code = $1 and origin = 'push' order by 1 limit 130`,
      [system],
    );
    const rows = await Promise.all(
      told.map(async ({ key }) => ({ key, row: (await hub.row(system, key)) as Document })),
    );
    return rows.filter(({ row }) => row['cust_type'] === 'P' || row['person'] !== undefined);
  };

  const forge = {
    bellyfat: (key: string, row: Row) =>
      hub.sql('bellyfat', 'update customer set document = $2::json where customer_id = $1', [key, JSON.stringify(row)]),
    adipose: (key: string, column: Row) => {
      const [name, value] = Object.entries(column)[0]!;
      return hub.sql('adipose', `update customer set ${name} = $2 where acct_no = $1`, [key, value]);
    },
  };

  /** Items have no order that the hub knows. */
  const asKnown = (row: Row) => {
    const { revision: _, upd: __, ver: ___, ...rest } = row;
    const sorted = (value: unknown) =>
      Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
    return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, sorted(value)]));
  };

  const aRight = { code: 'POOL', scope: 'north', validFrom: '2026-01-01', validTo: null, status: 'active' };
  const aPhone = { e164: '+12025550167', use: 'work', primary: false };
  const inBellyfat: [what: string, rewrite: (row: Document) => Row, of?: 'products' | 'rights'][] = [
    ['a right appended', ({ rights }) => ({ rights: [...rights, aRight] })],
    ['a right dropped', ({ rights }) => ({ rights: rights.slice(1) }), 'rights'],
    ['a right prolonged', ({ rights }) => ({ rights: [{ ...rights[0], validTo: '2099-12-31' }] }), 'rights'],
    ['a product dropped', ({ products }) => ({ products: products.slice(1) }), 'products'],
    [
      'a product renamed',
      ({ products: [one, ...more] }) => ({ products: [{ ...one, name: 'X' }, ...more] }),
      'products',
    ],
    ['a further phone added', ({ phones }) => ({ phones: [...phones, aPhone] })],
    [
      'the primary phone changed',
      ({ phones: [one, ...more] }) => ({ phones: [{ ...one, e164: aPhone.e164 }, ...more] }),
    ],
    ['the birth date emptied', () => ({ birthDate: null })],
    ['the birth date changed', () => ({ birthDate: '1901-02-03' })],
    ['the consent turned', ({ consent }) => ({ consent: consent !== true })],
    ['the credit limit raised', () => ({ creditLimit: { amount: '99999.00', currency: 'USD' } })],
    ['the lifecycle moved', ({ lifecycle }) => ({ lifecycle: lifecycle === 'former' ? 'prospect' : 'former' })],
  ];

  it('in BellyFat are put back as they were, surplus and dropped items too: equal means equal', async () => {
    const free = [...persons.bellyfat];
    const forged = inBellyfat.map(([what, rewrite, list]) => {
      const at = free.findIndex(({ row }) => list === undefined || row[list].length > 0);
      const [{ key, row } = free[0]!] = free.splice(at, 1);
      return { what, key, row, rewritten: { ...row, ...rewrite(structuredClone(row)) } };
    });
    for (const { key, rewritten } of forged) await forge.bellyfat(key, rewritten);
    expect(await hub.refresh('bellyfat')).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { drifted: forged.length, heard: 0, change: forged.length, applied: forged.length },
    });
    for (const { what, key, row } of forged) {
      expect(asKnown(await hub.row('bellyfat', key)), what).toEqual(asKnown(row));
    }
  });

  it('in Adipose are put back as they were, also a phone where the master has none', async () => {
    const [{ key: phoneless } = { key: '' }] = await hub.query<{ key: string }>(
      `select r.source_key as key from source_record r join system s using (system_id) join golden g using (customer_id)
       where s.code = 'adipose' and r.source_key = any ($1) and g.attributes not like '%phone.primary%'`,
      [persons.adipose.map(({ key }) => key)],
    );
    const others = persons.adipose.filter(({ key }) => key !== phoneless);
    const turned = others[2]!.row['mkt_ok'] === 'Y' ? 'N' : 'Y';
    const forged: [key: string, column: Row][] = [
      [phoneless, { phone: '2025550188' }],
      [others[1]!.key, { credit_limit_cents: 9_999_900 }],
      [others[2]!.key, { mkt_ok: turned }],
      [others[3]!.key, { addr2: 'FLAT 99' }],
      [others[4]!.key, { loyalty_pts: 123_456 }],
      [others[5]!.key, { name: 'SOMEBODY, ELSE' }],
    ];
    for (const [key, column] of forged) await forge.adipose(key, column);
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { drifted: forged.length, heard: 0, change: forged.length, applied: forged.length },
    });
    for (const [key, column] of forged) {
      const before = persons.adipose.find((one) => one.key === key)!.row;
      expect(asKnown(await hub.row('adipose', key)), JSON.stringify(column)).toEqual(asKnown(before));
    }
  });

  it('a person turned business is no equal where the system will not turn it back: refused once, and named', async () => {
    const one = { adipose: persons.adipose[20]!, bellyfat: persons.bellyfat[20]! };
    const { person: _, ...others } = one.bellyfat.row;
    await forge.adipose(one.adipose.key, { cust_type: 'B' });
    await forge.bellyfat(one.bellyfat.key, { ...others, organization: { legalName: 'Acme', tradingAs: null } });
    for (const system of ['adipose', 'bellyfat']) {
      expect(await hub.refresh(system)).toMatchObject({
        closing: expect.stringMatching(/^equal but for 1 parked; /),
        counts: { drifted: 1, heard: 0, change: 1, applied: 0, parked: 1 },
      });
    }
    await forge.adipose(one.adipose.key, { cust_type: 'P' });
    await forge.bellyfat(one.bellyfat.key, one.bellyfat.row);
    for (const system of ['adipose', 'bellyfat'])
      expect(await hub.refresh(system)).toMatchObject({
        closing: expect.stringMatching(/^equal as of /),
        counts: { drifted: 0, change: 0 },
      });
  });

  it('a forged right that was overwritten is no word of the system’s: an edit later does not make it golden', async () => {
    const { key, row } = persons.bellyfat[30]!;
    await forge.bellyfat(key, { ...row, rights: [...row.rights, aRight] });
    await hub.refresh('bellyfat');
    await hub.edit('bellyfat', key, { lifecycle: row['lifecycle'] === 'dormant' ? 'prospect' : 'dormant' });
    await hub.refresh('bellyfat');
    expect(JSON.stringify(await hub.row('bellyfat', key))).not.toContain('POOL');
    expect(await hub.query(`select 1 from golden where attributes like '%POOL%'`)).toEqual([]);
  });
});
