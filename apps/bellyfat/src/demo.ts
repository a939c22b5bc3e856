import type { Json } from '@cinch/system-adapter';
import { demoCopies } from '@cinch/demo-population';
import type { DemoRow } from '@cinch/system-adapter/reference-system';

const wares = [
  { sku: 'SC-210', name: 'Kitchen scale' },
  { sku: 'BT-015', name: 'Tape measure' },
  { sku: 'RG-330', name: 'Resistance band set' },
  { sku: 'KB-016', name: 'Kettlebell, 16 kg' },
];

/** The demo customers as BellyFat knows them, some with the products and rights that only it keeps. */
export function bellyfatDemo(): DemoRow[] {
  return demoCopies('bellyfat').map(({ customer, changedAt, phase, consent }, index) => {
    const { phone, secondPhone, email, address } = customer;
    const names: Record<string, Json> =
      customer.kind === 'person'
        ? {
            'person.given': customer.given,
            'person.middle': customer.middle,
            'person.family': customer.family,
            birthDate: customer.birthDate,
          }
        : { 'organization.legalName': customer.legalName, 'organization.tradingAs': customer.tradingAs };
    const phones: Json[] = [];
    if (phone) phones.push({ e164: phone, use: index % 3 === 0 ? 'mobile' : 'home', primary: true });
    // A second phone without a first would be the primary one and known to this system alone.
    if (phone && secondPhone) phones.push({ e164: secondPhone, use: 'work', primary: false });
    const boughtOn = new Date(changedAt - (index % 300) * 86_400_000).toISOString().slice(0, 10);
    // A product without a number of its own is known by its kind alone.
    const serial = index % 4 === 0 ? String(100_000 + index * 17) : null;
    const ware = wares[Math.floor(index / 2) % wares.length];
    return {
      changedAt,
      fields: {
        ...names,
        phones,
        emails: email ? [{ address: email, use: 'home', verified: index % 2 === 0, primary: true }] : [],
        addresses: address ? [{ ...address, country: 'US', use: 'home', primary: true }] : [],
        lifecycle: phase,
        consent,
        products: index % 2 === 0 ? [{ ...ware, purchasedAt: boughtOn, serial }] : [],
        rights: serial
          ? [{ code: 'extended-warranty', scope: serial, validFrom: boughtOn, validTo: null, status: 'active' }]
          : [],
      },
    };
  });
}
