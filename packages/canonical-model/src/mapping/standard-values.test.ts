import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { isSameValue } from '../customer/same-value.ts';
import { shapes } from '../customer/shapes/shapes.ts';
import { checkMapping } from './check-mapping.ts';
import { lensOf } from './fixtures.ts';
import { validateMapping } from './validate-mapping.ts';

const plain = (more: object = {}, steps: object[] = []) => ({
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'phone.primary', path: 'phone', steps },
    { attribute: 'email.primary', path: 'mail' },
    { attribute: 'birthDate', path: 'dob' },
    {
      attribute: 'address.primary',
      members: { lines: { paths: ['street'] }, locality: { path: 'city' }, country: { path: 'country' } },
    },
  ],
  ...more,
});
const read = (row: { [member: string]: Json }, by = lensOf(plain())) => {
  const { attributes, unreadable } = by.read({ id: '1', ...row });
  const values = Object.fromEntries(Object.entries(attributes).map(([id, one]) => [id, one?.value]));
  return { ...values, codes: unreadable.map(({ code }) => code) } as { [member: string]: Json | undefined };
};

describe('standard forms', () => {
  it('read a number by the country of the record’s address, else by that of the mapping', () => {
    const british = lensOf(plain({ country: 'GB' }));
    const phone = (row: { [member: string]: Json }, by = british) => read(row, by)['phone.primary'];
    expect(phone({ phone: '030 23125 001', country: 'Germany' })).toBe('+493023125001');
    expect(phone({ phone: '020 7946 0958', country: 'NULL' })).toBe('+442079460958');
    expect(phone({ phone: '020 7946 0958' })).toBe('+442079460958');
    expect(read({ phone: '020 7946 0958' })['codes']).toEqual(['no-country']);
    expect(phone({ phone: 2079460958 })).toBe('+442079460958');
    expect(validateMapping(plain({ country: 'UK' }), modelAsShipped)).toMatchObject({
      ok: false,
      problems: [{ path: '/country' }],
    });
  });

  it('write numbers as the system does, and keep an extension where it has a place', () => {
    const national = lensOf(plain({ country: 'US' }, [{ step: 'phone', written: 'national' }]));
    expect(national.write('phone.primary', 'person', '+12025550146;ext=12')).toMatchObject({
      fields: { phone: '(202) 555-0146 ext. 12' },
    });
    expect(national.write('phone.primary', 'person', '+442079460958')).toMatchObject({
      fields: { phone: '+44 20 7946 0958' },
    });
    expect(read({ phone: '(202) 555-0146 ext. 12' }, national)['phone.primary']).toBe('+12025550146;ext=12');
    const digits = lensOf(plain({}, [{ step: 'nationalNumber', countryCode: '1', digits: 10 }]));
    const sent = ['(202) 555-0143', '202.555.0144', '1-202-555-0145', '+1 202-555-0146 x12', '001 202 555 0147'];
    expect(sent.map((phone) => read({ phone }, digits)['phone.primary'])).toEqual(
      [3, 4, 5, 6, 7].map((last) => `+1202555014${last}`),
    );
  });

  it('let no spelling of a value break a law, or stand for another value', () => {
    const rows: Json[] = [
      {
        id: '1',
        phone: '+1 202-555-0146 x12',
        mail: 'mailto:Jo@Example.com',
        street: '12 High St.',
        country: 'United Kingdom',
      },
      { id: '2', phone: '(202) 555-0143', mail: '<jo@example.com>', dob: '1980-05-04T00:00:00Z', country: 'usa' },
    ];
    const { faults, readable } = checkMapping(lensOf(plain()), rows);
    expect([faults, readable]).toEqual([[], 2]);
  });

  it('say the same however they are spelt', () => {
    const [one, other] = [
      { street: '12 High Street', city: 'Ely', country: 'GB' },
      { street: '12 High St.', city: 'ELY', country: 'United Kingdom' },
    ].map((row) => read(row)['address.primary']!);
    expect(isSameValue(shapes.address, one!, other!)).toBe(true);
    expect(isSameValue(shapes.email, 'Ada.Fynn@Example.com', 'ada.fynn@example.com')).toBe(true);
    expect(isSameValue(shapes.phone, '+12025550146', '+12025550146;ext=12')).toBe(false);
  });

  it('know days that no customer has', () => {
    expect(read({ dob: '0080-05-04' })['codes']).toEqual(['implausible-day']);
    expect(read({ dob: '1980-05-04' })['birthDate']).toBe('1980-05-04');
  });

  it('take the constant of a mapping in its standard form', () => {
    const members = { lines: { paths: ['street'] }, country: { constant: 'United States' } };
    const own = lensOf({ ...plain(), attributes: [{ attribute: 'address.primary', members }] });
    expect(read({ street: '1 Elm St' }, own)['address.primary']).toEqual({ lines: ['1 Elm St'], country: 'US' });
    expect(own.write('address.primary', 'person', { lines: ['1 Elm St'], country: 'US' }).kind).toBe('written');
  });
});
