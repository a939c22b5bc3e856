import { describe, expect, it } from 'vitest';
import { isPhoneNumber, standardPhone, writtenPhone } from './phone-number.ts';

/**
 * Numbers that nobody has: those that regulators keep for drama and documents (NANPA 555-01XX; Ofcom, numbers for drama; ACMA, fictitious
 * numbers; ARCEP; Bundesnetzagentur, Rufnummern für Medienproduktionen; PTS), and elsewhere made-up subscribers in the form of the ITU's
 * national numbering plans (E.164 supplements): what is written, whose it is, the one form, and how its country writes it.
 */
const vectors: [written: string, country: string | null, canonical: string, national?: string][] = [
  ['(202) 555-0143', 'US', '+12025550143', '(202) 555-0143'],
  ['202.555.0144', 'US', '+12025550144', '(202) 555-0144'],
  ['1-202-555-0145', 'US', '+12025550145'],
  ['+1 202-555-0146 x12', 'US', '+12025550146;ext=12', '(202) 555-0146 ext. 12'],
  ['001 202 555 0147', 'US', '+12025550147'],
  ['011 44 20 7946 0958', 'US', '+442079460958'],
  ['2025550148 ext 7', 'US', '+12025550148;ext=7'],
  ['tel:+1-202-555-0149', null, '+12025550149'],
  ['(613) 555-0175', 'CA', '+16135550175'],
  ['1 416 555 0182', 'CA', '+14165550182'],
  ['020 7946 0958', 'GB', '+442079460958', '020 7946 0958'],
  ['(0161) 496 0123', 'GB', '+441614960123'],
  ['+44 (0)20 7946 0999', null, '+442079460999'],
  ['07700 900123', 'GB', '+447700900123', '07700 900123'],
  ['0044 7700 900456', 'GB', '+447700900456'],
  ['(02) 5550 1234', 'AU', '+61255501234', '(02) 5550 1234'],
  ['0491 570 156', 'AU', '+61491570156', '0491 570 156'],
  ['0011 1 202 555 0150', 'AU', '+12025550150'],
  ['030 23125 001', 'DE', '+493023125001'],
  ['(0 30) 23 12 5-0 02', 'DE', '+493023125002'],
  ['0171 39200 11', 'DE', '+491713920011'],
  ['+49 89 99998-012', null, '+498999998012'],
  ['0049 40 66969 123', 'DE', '+494066969123'],
  ['01 99 00 12 34', 'FR', '+33199001234', '01 99 00 12 34'],
  ['06.39.98.12.34', 'FR', '+33639981234', '06 39 98 12 34'],
  ['00 33 2 61 91 12 34', 'FR', '+33261911234'],
  ['08-465 004 12', 'SE', '+46846500412'],
  ['070-174 06 05', 'SE', '+46701740605'],
  ['22 55 50 01', 'NO', '+4722555001', '22 55 50 01'],
  ['0047 22 55 50 02', 'NO', '+4722555002'],
  ['32 55 50 11', 'DK', '+4532555011'],
  ['09 5550 1234', 'FI', '+358955501234'],
  ['040 555 0123', 'FI', '+358405550123'],
  ['020 555 0123', 'NL', '+31205550123'],
  ['06 1555 0123', 'NL', '+31615550123'],
  ['02 555 01 23', 'BE', '+3225550123'],
  ['044 555 01 23', 'CH', '+41445550123'],
  ['01 5550123', 'AT', '+4315550123'],
  ['+43 1 555 01 24', null, '+4315550124'],
  ['02 5550 1234', 'IT', '+390255501234'],
  ['06 5550 123', 'IT', '+39065550123'],
  ['915 55 00 01', 'ES', '+34915550001', '915 55 00 01'],
  ['(+34) 612 555 012', null, '+34612555012'],
  ['215 550 123', 'PT', '+351215550123'],
  ['22 555 01 23', 'PL', '+48225550123'],
  ['(011) 5555-0123', 'AR', '+541155550123'],
  ['(11) 5555-0123', 'BR', '+551155550123'],
  ['(11) 95555-0123', 'BR', '+5511955550123'],
  ['55 5550 0123', 'MX', '+525555500123'],
  ['03-5550-0123', 'JP', '+81355500123', '03-5550-0123'],
  ['090 5550 0123', 'JP', '+819055500123'],
  ['02-555-0123', 'KR', '+8225550123'],
  ['010 5555 0123', 'CN', '+861055550123'],
  ['2555 0123', 'HK', '+85225550123'],
  ['6555 0123', 'SG', '+6565550123'],
  ['098765 43210', 'IN', '+919876543210', '098765 43210'],
  ['(011) 2555 0123', 'IN', '+911125550123'],
  ['021 555 0123', 'ZA', '+27215550123'],
  ['(8 495) 555-01-23', 'RU', '+74955550123'],
  ['0212 555 01 23', 'TR', '+902125550123'],
  ['03-555-0123', 'IL', '+97235550123'],
  ['04 555 0123', 'AE', '+97145550123'],
  ['021 555 012', 'NZ', '+6421555012'],
  ['01 555 0123', 'IE', '+35315550123'],
  ['210 555 0123', 'GR', '+302105550123'],
];

describe('phone numbers as people write them', () => {
  it.each(vectors)('%s of %s is %s', (written, country, canonical, national) => {
    expect(standardPhone(written, country)).toBe(canonical);
    expect(isPhoneNumber(canonical)).toBe(true);
    expect(standardPhone(canonical, null)).toBe(canonical);
    if (national !== undefined) expect(writtenPhone(canonical, country)).toBe(national);
    for (const home of [country, null]) expect(standardPhone(writtenPhone(canonical, home), country)).toBe(canonical);
  });

  it('are of 25 countries at least', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(60);
    expect(new Set(vectors.map(([, country]) => country)).size).toBeGreaterThanOrEqual(25);
  });

  it.each([
    ['4.47912E+11', 'GB', 'not-a-phone-number'],
    ['call mornings', 'US', 'not-a-phone-number'],
    ['555', 'US', 'not-a-phone-number'],
    ['202 555 0143 / 202 555 0144', 'US', 'not-a-phone-number'],
    ['+1 202 555 01439999', null, 'not-a-phone-number'],
    ['202 555 0143', null, 'no-country'],
    ['+999 555 0143', null, 'not-a-phone-number'],
  ])('%s of %s is none, and says why', (written, country, code) => {
    expect(standardPhone(written, country)).toMatchObject({ code, detail: expect.stringMatching(/.{30,}\.$/) });
  });
});
