import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { checkMapping } from './check-mapping.ts';
import { lensOf } from './fixtures.ts';
import { validateMapping } from './validate-mapping.ts';

const plain = (more: object = {}) => ({
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  changedAt: { path: 'updated', steps: [{ step: 'isoInstant' }] },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'first' }, middle: { path: 'middle' }, family: { path: 'last' } } },
    { attribute: 'birthDate', path: 'dob' },
    { attribute: 'identifier.national', path: 'no' },
    {
      attribute: 'address.primary',
      members: {
        lines: { paths: ['street', 'street2'], gaps: true },
        locality: { path: 'city' },
        postalCode: { path: 'zip' },
      },
    },
    { attribute: 'points', path: 'points' },
  ],
  ...more,
});
const lens = lensOf(plain());
const values = (row: { [member: string]: Json }, by = lens) => {
  const { attributes, unreadable } = by.read({ id: '1', ...row });
  return {
    ...Object.fromEntries(Object.entries(attributes).map(([id, read]) => [id, read?.value])),
    codes: unreadable.map(({ path, code }) => `${path} ${code}`),
  } as { [member: string]: Json | undefined } & { codes: string[] };
};

describe('what is really sent', () => {
  it('is read in one form of its letters, without what nobody sees, its raw form kept', () => {
    const sent = { first: ' Jose\u0301\u200b', last: 'Iba\u0301n\u0303ez\u00a0 Ruiz' };
    expect(values(sent)['name']).toEqual({ given: 'José', family: 'Ibáñez Ruiz' });
    expect(lens.read({ id: '1', ...sent }).attributes.name!.fields).toMatchObject(sent);
    expect(checkMapping(lens, [{ id: '1', ...sent }]).faults).toEqual([]);
  });

  it('may be whole numbers where texts are expected, and texts where whole numbers are', () => {
    const { codes, ...read } = values({ no: 4711, zip: 20171, street: 12, points: '120' });
    expect(codes).toEqual([]);
    expect(read).toMatchObject({ 'identifier.national': '4711', points: 120 });
    expect(read['address.primary']).toEqual({ lines: ['12'], postalCode: '20171' });
    expect(checkMapping(lens, [{ id: 1, no: 4711, zip: 20171, points: '120' }]).faults).toEqual([]);
    expect(values({ no: 1.5, points: '1.5' }).codes).toEqual(['no not-text', 'points not-a-number']);
  });

  it('says of a number that is too large to be exact that it is, in keys and values', () => {
    expect(values({ no: 2 ** 53 }).codes).toEqual(['no number-too-large']);
    const read = lens.envelope({ id: Number('9007199254740993'), updated: null });
    expect(read).toMatchObject({ ok: false, unreadable: [{ path: 'id', code: 'number-too-large' }] });
    expect(!read.ok && read.unreadable[0]!.detail).toMatch(/too large .* send it as a text/);
  });

  it.each(['NULL', 'null', 'N/A', 'n/a', '-', 'Unknown', 'UNKNOWN', '#N/A', ' -- ', '?', 'none'])(
    'is silence where a word such as %s means nothing: neither a value nor that there is none',
    (word) => {
      const { codes, ...read } = values({ first: word, last: word, no: word, zip: word, city: word, dob: word });
      expect(codes).toEqual([]);
      expect(read).toMatchObject({ name: undefined, 'identifier.national': undefined, 'address.primary': undefined });
      expect(Object.keys(read)).toContain('name');
      expect(read['birthDate']).toBeUndefined();
    },
  );

  it('leaves out a member that is silent, and clears nothing that is only empty beside it', () => {
    expect(values({ first: 'Edda', middle: 'NULL', last: 'Lorch' })['name']).toEqual({
      given: 'Edda',
      family: 'Lorch',
    });
    expect(values({ street: '-', zip: '00000', city: null })['address.primary']).toBeUndefined();
    expect(values({ street: '', zip: null })['address.primary']).toBeNull();
    const fields = { first: 'Edda', middle: 'NULL', last: null };
    expect(lens.silentPaths('name', 'person', fields)).toEqual(['middle']);
  });

  it('keeps people who are called like a word for nothing', () => {
    expect(values({ first: 'Christopher', last: 'Null' })['name']).toMatchObject({ family: 'Null' });
    expect(values({ first: 'Na', last: 'Nil' })['name']).toEqual({ given: 'Na', family: 'Nil' });
    expect(lens.envelope({ id: 'NULL' })).toMatchObject({ ok: true, envelope: { key: 'NULL' } });
  });

  it('says nothing by days that programs fill in', () => {
    for (const dob of ['0001-01-01', '1900-01-01', '9999-12-31']) {
      const { codes, birthDate } = values({ dob });
      expect([codes, birthDate]).toEqual([[], undefined]);
      expect(lens.write('birthDate', 'person', dob)).toMatchObject({ kind: 'inexpressible', code: 'means-nothing' });
    }
    expect(values({ dob: '1970-01-01' })['birthDate']).toBe('1970-01-01');
  });

  it('means nothing by the words and days that the mapping names, and no others', () => {
    const own = lensOf(plain({ nothing: { words: ['kA'], days: ['1970-01-01'] } }));
    const { codes, ...read } = values({ first: 'NULL', last: 'KA', no: 'ka', dob: '1970-01-01' }, own);
    expect([codes, read]).toEqual([
      [],
      expect.objectContaining({ name: { given: 'NULL' }, 'identifier.national': undefined, birthDate: undefined }),
    ]);
    expect(validateMapping(plain({ nothing: { words: [''], days: ['1970-13-01'] } }), modelAsShipped)).toMatchObject({
      ok: false,
    });
  });

  it('means by a code what its table says, even where it looks like a word for nothing', () => {
    const table = { '-': 'no', '+': 'yes' };
    const own = lensOf({
      ...plain(),
      attributes: [{ attribute: 'consent.marketing', path: 'ok', steps: [{ step: 'codes', table }] }],
    });
    expect(values({ ok: '-' }, own)['consent.marketing']).toBe('no');
    expect(values({ ok: 'N/A' }, own)).toMatchObject({ 'consent.marketing': undefined, codes: [] });
  });
});

describe('the time at which a record says that it was changed', () => {
  const at = (updated: Json, by = lens) => by.envelope({ id: '1', updated });

  it.each([
    '2026-05-03T09:00:00.000+0000',
    '2026-05-03 11:00:00+02',
    '2026-05-03T09:00:00Z',
    '2026-05-03T09:00Z',
    '2026-05-03 09:00:00.000000+00:00',
    '2026-05-03T04:00:00-0500',
  ])('is read as %s', (updated) => {
    expect(at(updated)).toMatchObject({ ok: true, envelope: { changedAt: Date.UTC(2026, 4, 3, 9) } });
  });

  it('is that of the zone which the mapping names, in summer and in winter', () => {
    const berlin = lensOf(plain({ zone: 'Europe/Berlin' }));
    expect(at('2026-07-01 10:00:00', berlin)).toMatchObject({ envelope: { changedAt: Date.UTC(2026, 6, 1, 8) } });
    expect(at('2026-11-30T10:00:00.5', berlin)).toMatchObject({
      envelope: { changedAt: Date.UTC(2026, 10, 30, 9, 0, 0, 500) },
    });
    expect(at('2026-11-30T10:00:00Z', berlin)).toMatchObject({ envelope: { changedAt: Date.UTC(2026, 10, 30, 10) } });
  });

  it('is passed over and told, not fatal, where nobody knows its zone', () => {
    expect(at('2026-11-30 10:00:00')).toMatchObject({ ok: true, envelope: { changedAt: null } });
    expect(lens.read({ id: '1', updated: '2026-11-30 10:00:00' }).unreadable).toMatchObject([
      { path: 'updated', code: 'no-zone', detail: expect.stringContaining('"zone"') },
    ]);
  });

  it('still keeps the record out where it is none', () => {
    expect(at('yesterday')).toMatchObject({ ok: false, unreadable: [{ path: 'updated', code: 'not-an-instant' }] });
    expect(at('2026-02-30T10:00:00Z')).toMatchObject({ ok: false });
    expect(at('0000-00-00 00:00:00')).toMatchObject({ ok: true, envelope: { changedAt: null } });
  });

  it('has a zone that there is', () => {
    expect(validateMapping(plain({ zone: 'Europe/Atlantis' }), modelAsShipped)).toMatchObject({
      ok: false,
      problems: [{ path: '/zone' }],
    });
  });
});

describe('days as systems send them', () => {
  const read = (steps: object[], dob: Json, more: object = {}) => {
    const own = lensOf({ ...plain(more), attributes: [{ attribute: 'birthDate', path: 'dob', steps }] });
    const { birthDate, codes } = values({ dob }, own);
    if (typeof birthDate === 'string' && steps.length > 0 && codes.length === 0) {
      const written = own.write('birthDate', 'person', birthDate);
      expect(written.kind === 'written' && values(written.fields, own)['birthDate']).toBe(birthDate);
    }
    return birthDate ?? codes[0];
  };

  it.each([
    ['yyyy-MM-dd', '1980-05-04', '1980-05-04'],
    ['d.M.yyyy', '4.5.1980', '1980-05-04'],
    ['d.M.yyyy', '14.11.1980', '1980-11-14'],
    ['dd-MMM-yyyy', '04-May-1980', '1980-05-04'],
    ['dd-MMM-yyyy', '04-MAY-1980', '1980-05-04'],
    ['yyyy/MM/dd', '1980/05/04', '1980-05-04'],
    ['ddMMyyyy', '04051980', '1980-05-04'],
    ['dd MM yyyy', '04 05 1980', '1980-05-04'],
    ['d.M.yyyy', '29.2.1900', 'dob not-a-date'],
    ['dd.MM.yyyy', '4.5.1980', 'dob not-a-date'],
    ['dd-MMM-yyyy', '04-Mai-1980', 'dob not-a-date'],
  ])('reads %s %s as %s', (format, dob, day) => {
    expect(read([{ step: 'date', format }], dob)).toBe(day);
  });

  it('reads two digits of a year by the latest year that they stand for', () => {
    const step = { step: 'date', format: 'dd.MM.yy', latestYear: 2026 };
    expect(['04.05.80', '04.05.26', '04.05.27', '29.02.00'].map((dob) => read([step], dob))).toEqual([
      '1980-05-04',
      '2026-05-04',
      '1927-05-04',
      '2000-02-29',
    ]);
    const own = lensOf({ ...plain(), attributes: [{ attribute: 'birthDate', path: 'dob', steps: [step] }] });
    expect(own.write('birthDate', 'person', '1926-05-04')).toMatchObject({ code: 'other-century' });
    const open = {
      ...plain(),
      attributes: [{ attribute: 'birthDate', path: 'dob', steps: [{ step: 'date', format: 'dd.MM.yy' }] }],
    };
    expect(validateMapping(open, modelAsShipped)).toMatchObject({ ok: false, problems: [{ code: 'needs-century' }] });
  });

  it.each(['', 'yyyy', 'dd.MM', 'ddMM.dd', 'dMyyyy', 'yyyyMd', 'dd.mm.yyyy', 'yyyy-MM-dd HH'])(
    'knows that %j is no format',
    (format) => {
      const document = {
        ...plain(),
        attributes: [{ attribute: 'birthDate', path: 'dob', steps: [{ step: 'date', format }] }],
      };
      expect(validateMapping(document, modelAsShipped).ok).toBe(false);
    },
  );

  it.each([
    ['1980-05-04T00:00:00Z', '1980-05-04'],
    ['1980-05-04 00:00:00', '1980-05-04'],
    ['1980-05-04T13:30:00', '1980-05-04'],
    ['1980-05-04T00:00:00+02:00', '1980-05-04'],
    ['1980-05-04T00:00:00.000+0000', '1980-05-04'],
    ['1980-05-03T22:00:00.000Z', 'dob day-of-an-instant'],
    ['1980-02-30T00:00:00Z', 'dob not-a-date'],
    ['4.5.1980', 'dob not-a-date'],
    ['0001-01-01T00:00:00', undefined],
  ])('reads a day with a time behind it, %s, without a step', (dob, day) => {
    expect(read([], dob)).toBe(day);
    expect(checkMapping(lens, [{ id: '1', dob }]).faults).toEqual([]);
  });

  it('reads the day of an instant by the calendar of a zone', () => {
    const steps = [{ step: 'isoInstant' }, { step: 'day', zone: 'Europe/Berlin' }];
    expect(read(steps, '1980-05-03T22:00:00.000Z')).toBe('1980-05-04');
    expect(read([{ step: 'isoInstant' }, { step: 'day' }], '1980-05-03T23:00:00.000Z', { zone: 'Europe/Berlin' })).toBe(
      '1980-05-04',
    );
    expect(read([{ step: 'epochSeconds' }, { step: 'day', zone: 'UTC' }], 326_246_400)).toBe('1980-05-04');
  });
});
