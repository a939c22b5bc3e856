import { describe, expect, it, test } from 'vitest';
import { compileLens } from '../mapping/compile-lens.ts';
import { checkMapping } from '../mapping/check-mapping.ts';
import { validateMapping } from '../mapping/validate-mapping.ts';
import { evidenceOf } from '../matching/evidence.ts';
import { Failure } from '../mapping/steps/step.ts';
import { schemeOf } from './identifier-schemes.ts';
import { canonicalModelDocument } from './model/canonical-model.ts';
import { Model } from './model/model.ts';
import { validateCanonicalModel } from './model/validate-canonical-model.ts';

/**
 * Numbers that the public descriptions of these schemes give as examples (the issuing offices, as gathered by python-stdnum and in ISO 17442):
 * scheme, as people write it, canonical form; null where the check digits or the form are wrong.
 */
const vectors: [scheme: string, written: string, canonical: string | null][] = [
  ['de.vat', 'DE 136,695 976', '136695976'],
  ['de.vat', '136695978', null],
  ['fr.siren', '552 008 443', '552008443'],
  ['fr.siret', '732 829 320 00074', '73282932000074'],
  ['fr.siret', '73282932000079', null],
  ['fr.tva', 'Fr 40 303 265 045', '40303265045'],
  ['it.codicefiscale', 'RCC MNL 83S18 D969H', 'RCCMNL83S18D969H'],
  ['it.codicefiscale', 'RCCMNL83S18D969A', null],
  ['it.iva', 'IT 00743110157', '00743110157'],
  ['it.iva', '00743110158', null],
  ['es.dni', '54362315-K', '54362315K'],
  ['es.dni', '54362315Z', null],
  ['es.nie', 'x-2482300w', 'X2482300W'],
  ['es.cif', 'J99216582', 'J99216582'],
  ['nl.bsn', '1112.22.333', '111222333'],
  ['nl.bsn', '1112.52.333', null],
  ['be.vat', 'BE 403.019.261', '0403019261'],
  ['gb.vat', 'GB 980 7806 84', '980780684'],
  ['gb.vat', '802311781', null],
  ['pl.nip', 'PL 8567346215', '8567346215'],
  ['pl.pesel', '44051401359', '44051401359'],
  ['pt.nif', 'PT 501 964 843', '501964843'],
  ['se.orgnr', '123456-7897', '1234567897'],
  ['no.orgnr', '988 077 917', '988077917'],
  ['dk.cvr', 'DK 13585628', '13585628'],
  ['dk.cpr', '211062-5629', '2110625629'],
  ['fi.ytunnus', '2077474-0', '20774740'],
  ['ch.uid', 'CHE-100.155.212', 'CHE100155212'],
  ['at.uid', 'AT U13585627', 'U13585627'],
  ['at.uid', 'U13585626', null],
  ['us.ein', '91-1144442', '911144442'],
  ['us.ssn', '078-05-1120', null],
  ['br.cpf', '390.533.447-05', '39053344705'],
  ['br.cnpj', '16.727.230/0001-97', '16727230000197'],
  ['in.pan', 'acupa7085r', 'ACUPA7085R'],
  ['au.abn', '83 914 571 673', '83914571673'],
  ['ca.sin', '123-456-782', '123456782'],
  ['mx.rfc', 'GODE 561231 GR8', 'GODE561231GR8'],
  ['cl.rut', '12.531.909-2', '125319092'],
  ['jp.cn', '5-8356-7825-6246', '5835678256246'],
  ['lei', '2138 00KU D8LA JWSQ 9D15', '213800KUD8LAJWSQ9D15'],
  ['lei', '213800KUD8LXJWSQ9D15', null],
  ['eu.vat', 'de 136695976', 'DE136695976'],
  ['eu.vat', 'EL 094259216', 'EL094259216'],
  ['eu.vat', 'DE136695978', null],
  ['eu.vat', '136695976', null],
];

test.each(vectors)('%s: %s is %s', (id, written, canonical) => {
  const read = schemeOf(id)!.read(written, () => null);
  expect(read instanceof Failure ? null : read).toBe(canonical);
  if (canonical !== null) expect(schemeOf(id)!.read(canonical, () => null)).toBe(canonical);
});

test('a European VAT number without its letters is of the country of its record', () => {
  const read = (country: string) => schemeOf('eu.vat')!.read('094 259 216', () => country);
  expect([read('GR'), read('US') instanceof Failure]).toEqual(['EL094259216', true]);
});

const attribute = (number: number, id: string, more: object) => ({
  id,
  number,
  label: id,
  shape: 'identifier',
  ...more,
});
const base = {
  format: 1,
  attributes: [
    attribute(1, 'vat', { scheme: 'eu.vat', matching: 'exclusiveIdentifier' }),
    attribute(2, 'loyalty', { scheme: 'loyalty', matching: 'identifier' }),
  ],
  lists: [
    {
      id: 'registers',
      number: 3,
      label: 'Registers',
      matching: 'identifier',
      members: [
        { id: 'siren', label: 'SIREN', shape: 'identifier', scheme: 'fr.siren' },
        { id: 'number', label: 'Number', shape: 'identifier' },
      ],
      key: ['siren', 'number'],
    },
  ],
};
const model = new Model(canonicalModelDocument.parse(base), 1);

describe('an identifier of a scheme', () => {
  const checked = validateMapping(
    {
      format: 1,
      system: 'shop',
      key: { path: 'id' },
      kind: { constant: 'organization' },
      attributes: [
        { attribute: 'vat', path: 'ust' },
        { attribute: 'loyalty', path: 'card' },
      ],
    },
    model,
  );
  const lens = compileLens((checked as Extract<typeof checked, { ok: true }>).mapping, 1, model);

  it('is read in its one form, and two spellings of it are one in the round trip', () => {
    const sample = { id: '1', ust: 'DE 136 695 976', card: 'A 1' };
    expect(lens.read(sample).attributes['vat']!.value).toBe('DE136695976');
    expect(checkMapping(lens, [sample])).toMatchObject({ readable: 1, faultCount: 0 });
  });

  it('asserts nothing and says why where its check digits are wrong; of a scheme of one’s own it is a text', () => {
    const { attributes, unreadable } = lens.read({ id: '1', ust: 'DE136695978', card: 'anything' });
    expect(unreadable).toMatchObject([{ path: 'ust', code: 'identifier-not-valid' }]);
    expect([attributes['vat']!.value, attributes['loyalty']!.value]).toEqual([undefined, 'anything']);
  });

  it('is compared within its scheme alone, several of one record too', () => {
    const said = {
      vat: ['DE136695976', 'FR40303265045'],
      loyalty: ['136695976'],
      'registers:["552008443",null]': [{ siren: '552008443' }],
      'registers:[null,"9"]': [{ number: '9' }],
    };
    expect(evidenceOf('organization', said, 'any', model).identifiers).toEqual([
      'eu.vat!:de136695976',
      'eu.vat!:fr40303265045',
      'fr.siren:552008443',
      'loyalty:136695976',
      'registers:9',
    ]);
  });

  it('of a list must be valid too', () => {
    const { shape } = model.listOf('registers')!;
    expect(shape.problem({ siren: '552008443' })).toBeNull();
    expect(shape.problem({ siren: '552008444' })).toMatchObject({ code: 'not-an-item' });
  });
});

test.each([
  [{ scheme: 'xx.vat' }, 'unknown-scheme'],
  [{ scheme: 'de.hat' }, 'unknown-scheme'],
  [{ scheme: 'de.vat', shape: 'text', matching: 'trait' }, 'scheme-does-not-fit'],
  [{ scheme: 'de.vat' }, 'changed'],
])('a draft with %j is refused', (more, code) => {
  const [vat, ...rest] = base.attributes;
  const draft = { ...base, attributes: [{ ...vat, ...more }, ...rest] };
  const checked = validateCanonicalModel(draft, model.document);
  expect(checked.ok ? [] : checked.problems.map((one) => one.code)).toContain(code);
});
