import { describe, expect, it } from 'vitest';
import { addressClass } from './address-class.ts';

type Written = [lines: string[], locality: string, postalCode: string, country: string];

/**
 * Made-up addresses in the form that each country's post asks for (UPU, addressing guides by country), and the same places as other systems
 * write them.
 */
const vectors: [one: Written, other: Written][] = [
  [
    [['12 High Street'], 'Ely', 'CB7 4AA', 'GB'],
    [['12 High St.'], 'ELY', 'CB74AA', 'GB'],
  ],
  [
    [['Flat 3', '12 High Street'], 'Leeds', 'LS1 4AB', 'GB'],
    [['FLAT 3, 12 HIGH ST'], 'LEEDS', 'LS14AB', 'GB'],
  ],
  [
    [['4 Abbey Road'], 'London', 'NW8 9AY', 'GB'],
    [['4, Abbey Rd'], 'London', 'nw8 9ay', 'GB'],
  ],
  [
    [['1200 North Michigan Avenue', 'Suite 400'], 'Chicago', '60611', 'US'],
    [['1200 N. Michigan Ave.', 'Ste. 400'], 'CHICAGO', '60611', 'US'],
  ],
  [
    [['77 Massachusetts Avenue'], 'Cambridge', '02139-4307', 'US'],
    [['77 MASSACHUSETTS AV'], 'Cambridge', '021394307', 'US'],
  ],
  [
    [['9 Oak Court', 'Apartment 2'], 'Austin', '73301', 'US'],
    [['9 oak ct', 'Apt 2'], 'Austin', '73301', 'US'],
  ],
  [
    [['150 Elgin Street'], 'Ottawa', 'K1A 0B1', 'CA'],
    [['150 Elgin St'], 'Ottawa', 'k1a0b1', 'CA'],
  ],
  [
    [['1 Rue Ontario'], 'Montréal', 'H2X 1Y4', 'CA'],
    [['1 RUE ONTARIO'], 'MONTREAL', 'H2X1Y4', 'CA'],
  ],
  [
    [['8 Kings Parade'], 'Perth', '6000', 'AU'],
    [['8  Kings  Parade'], 'PERTH', '6000', 'AU'],
  ],
  [
    [['5 Harbour Crescent'], 'Sydney', '2000', 'AU'],
    [['5 Harbour Cres'], 'Sydney', '2000', 'AU'],
  ],
  [
    [['Goethestraße 4'], 'Jena', '07743', 'DE'],
    [['Goethestr. 4'], 'Jena', '07743', 'DE'],
  ],
  [
    [['Goethestraße 4'], 'Jena', '07743', 'DE'],
    [['GOETHESTRASSE 4'], 'JENA', '07743', 'DE'],
  ],
  [
    [['Am Markt 1a'], 'Köln', '50667', 'DE'],
    [['AM MARKT 1A'], 'KÖLN', '50667', 'DE'],
  ],
  [
    [['Wendenstraße 414-424'], 'Hamburg', '20537', 'DE'],
    [['Wendenstr. 414 - 424'], 'Hamburg', '20537', 'DE'],
  ],
  [
    [['Mariahilfer Straße 12/3'], 'Wien', '1060', 'AT'],
    [['Mariahilfer Straße 12 / 3'], 'WIEN', '1060', 'AT'],
  ],
  [
    [['Bahnhofstrasse 7'], 'Zürich', '8001', 'CH'],
    [['Bahnhofstr. 7'], 'ZURICH', '8001', 'CH'],
  ],
  [
    [['12 Rue de la Paix'], 'Paris', '75002', 'FR'],
    [['12, rue de la Paix'], 'PARIS', '75 002', 'FR'],
  ],
  [
    [['3 Boulevard Saint-Michel'], 'Paris', '75005', 'FR'],
    [['3 bd Saint Michel'], 'Paris', '75005', 'FR'],
  ],
  [
    [['1 Impasse de l’Église'], 'Nîmes', '30000', 'FR'],
    [["1 impasse de l'Eglise"], 'NIMES', '30000', 'FR'],
  ],
  [
    [['Calle Mayor, 5, 2º B'], 'Madrid', '28013', 'ES'],
    [['CALLE MAYOR 5 2º B'], 'MADRID', '28013', 'ES'],
  ],
  [
    [['Avenida de América 9'], 'Málaga', '29001', 'ES'],
    [['Avenida de America, 9'], 'Malaga', '29001', 'ES'],
  ],
  [
    [['Via Roma 10'], 'Torino', '10121', 'IT'],
    [['VIA ROMA, 10'], 'TORINO', '10121', 'IT'],
  ],
  [
    [['Piazza del Duomo 1'], 'Milano', '20121', 'IT'],
    [['Piazza  del Duomo, 1'], 'Milano', '20121', 'IT'],
  ],
  [
    [['Keizersgracht 12-A'], 'Amsterdam', '1015 CN', 'NL'],
    [['Keizersgracht 12 A'], 'AMSTERDAM', '1015CN', 'NL'],
  ],
  [
    [['Rue Haute 8'], 'Bruxelles', '1000', 'BE'],
    [['RUE HAUTE, 8'], 'Bruxelles', '1000', 'BE'],
  ],
  [
    [['Storgatan 3 lgh 1101'], 'Malmö', '211 42', 'SE'],
    [['STORGATAN 3, LGH 1101'], 'MALMÖ', '21142', 'SE'],
  ],
  [
    [['Kirkeveien 5'], 'Ålesund', '6002', 'NO'],
    [['KIRKEVEIEN 5'], 'ÅLESUND', '6002', 'NO'],
  ],
  [
    [['Nørregade 1, 2. tv.'], 'København K', '1165', 'DK'],
    [['NØRREGADE 1 2 TV'], 'KØBENHAVN K', '1165', 'DK'],
  ],
  [
    [['Mannerheimintie 10 B 4'], 'Helsinki', '00100', 'FI'],
    [['MANNERHEIMINTIE 10 B 4'], 'HELSINKI', '00100', 'FI'],
  ],
  [
    [['ul. Marszałkowska 1/2'], 'Warszawa', '00-624', 'PL'],
    [['UL MARSZAŁKOWSKA 1 / 2'], 'WARSZAWA', '00624', 'PL'],
  ],
  [
    [['Rua Augusta, 100'], 'Lisboa', '1100-053', 'PT'],
    [['RUA AUGUSTA 100'], 'LISBOA', '1100 053', 'PT'],
  ],
  [
    [['Avenida Paulista, 1000'], 'São Paulo', '01310-100', 'BR'],
    [['AVENIDA PAULISTA 1000'], 'SAO PAULO', '01310100', 'BR'],
  ],
  [
    [['Calle Florida 20'], 'Córdoba', 'X5000', 'AR'],
    [['CALLE FLORIDA 20'], 'CORDOBA', 'x5000', 'AR'],
  ],
  [
    [['14 Lodhi Marg'], 'Delhi', '110003', 'IN'],
    [['14, Lodhi Marg'], 'DELHI', '110 003', 'IN'],
  ],
  [
    [['लोधी मार्ग १४'], 'दिल्ली', '110003', 'IN'],
    [['लोधी मार्ग, १४'], 'दिल्ली', '110003', 'IN'],
  ],
  [
    [['千代田区丸の内1-2-3'], '東京都', '100-0005', 'JP'],
    [['千代田区丸の内１－２－３'], '東京都', '1000005', 'JP'],
  ],
  [
    [['21 Orchard Road #05-01'], 'Singapore', '238823', 'SG'],
    [['21 ORCHARD RD 05-01'], 'SINGAPORE', '238823', 'SG'],
  ],
  [
    [['5 Long Street'], 'Cape Town', '8001', 'ZA'],
    [['5 LONG ST'], 'CAPE TOWN', '8001', 'ZA'],
  ],
  [
    [['ул. Ленина, д. 5'], 'Омск', '644099', 'RU'],
    [['УЛ ЛЕНИНА Д 5'], 'ОМСК', '644099', 'RU'],
  ],
  [
    [['Atatürk Caddesi 7'], 'Bursa', '16010', 'TR'],
    [['ATATÜRK CADDESI, 7'], 'BURSA', '16010', 'TR'],
  ],
];

const valueOf = ([lines, locality, postalCode, country]: Written) => ({ lines, locality, postalCode, country });

describe('the class of an address', () => {
  it.each(vectors)('%j is %j', (one, other) => {
    expect(addressClass(valueOf(one))).toBe(addressClass(valueOf(other)));
  });

  it('is told of 40 addresses of 15 countries at least', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(40);
    expect(new Set(vectors.map(([[, , , country]]) => country)).size).toBeGreaterThanOrEqual(15);
  });

  it.each<[Written, Written]>([
    [
      [['Goethestraße 4'], 'Jena', '07743', 'DE'],
      [['Goethestraße 14'], 'Jena', '07743', 'DE'],
    ],
    [
      [['Flat 3', '12 High Street'], 'Leeds', 'LS1 4AB', 'GB'],
      [['Flat 14', '12 High Street'], 'Leeds', 'LS1 4AB', 'GB'],
    ],
    [
      [['12 High Street'], 'Ely', 'CB7 4AA', 'GB'],
      [['12 High Road'], 'Ely', 'CB7 4AA', 'GB'],
    ],
    [
      [['12 High Street'], 'Ely', 'CB7 4AA', 'GB'],
      [['12 High Street'], 'Ely', 'CB7 4AB', 'GB'],
    ],
    [
      [['लोधी मार्ग १४'], 'दिल्ली', '110003', 'IN'],
      [['लोधा मार्ग १४'], 'दिल्ली', '110003', 'IN'],
    ],
  ])('%j is not %j', (one, other) => {
    expect(addressClass(valueOf(one))).not.toBe(addressClass(valueOf(other)));
  });
});
