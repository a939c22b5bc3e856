import { describe, expect, it } from 'vitest';
import { countryOf } from './country.ts';

describe('the country that a text names', () => {
  it.each([
    ['GB', 'GB'],
    ['gb', 'GB'],
    ['GBR', 'GB'],
    ['826', 'GB'],
    ['UK', 'GB'],
    ['United Kingdom', 'GB'],
    ['united  kingdom', 'GB'],
    ['Vereinigtes Königreich', 'GB'],
    ['Royaume-Uni', 'GB'],
    ['Scotland', 'GB'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['United States of America', 'US'],
    ['Estados Unidos', 'US'],
    ['Deutschland', 'DE'],
    ['Allemagne', 'DE'],
    ['Côte d’Ivoire', 'CI'],
    ['Österreich', 'AT'],
    ['The Netherlands', 'NL'],
    ['Holland', 'NL'],
    ['日本', 'JP'],
    ['Namibia', 'NA'],
  ])('%s is %s', (text, code) => {
    expect(countryOf(text)).toBe(code);
  });

  it.each(['', 'XX', 'Utopia', 'Georgia, USA and more', '12'])('%j is none', (text) => {
    expect(countryOf(text)).toBeNull();
  });
});
