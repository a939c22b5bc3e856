import { demoCopies } from '@cinch/demo-population';
import type { DemoRow } from '@cinch/system-adapter/reference-system';

/** The demo customers as Adipose was told of them; its rules then cut and upper-case them like any other write. */
export function adiposeDemo(): DemoRow[] {
  return demoCopies('adipose').map(({ customer, changedAt, phase, consent }, index) => {
    const { address } = customer;
    const name =
      customer.kind === 'person'
        ? `${customer.family}, ${[customer.given, customer.middle?.slice(0, 1)].filter(Boolean).join(' ')}`
        : customer.legalName;
    const seconds = Math.floor(changedAt / 1000);
    return {
      changedAt,
      fields: {
        cust_type: customer.kind === 'person' ? 'P' : 'B',
        name,
        phone: customer.phone?.replace('+1', '') ?? null,
        email: customer.email,
        addr1: address?.lines[0] ?? null,
        addr2: address?.lines[1] ?? null,
        city: address?.locality ?? null,
        st: address?.region ?? null,
        zip: address?.postalCode ?? null,
        status: phase === 'active' ? 'A' : 'I',
        mkt_ok: consent ? 'Y' : 'N',
        credit_limit_cents: (index % 8) * 125_000,
        lifetime_cents: (index * 7_919) % 950_000,
        loyalty_pts: (index * 37) % 4_000,
        last_txn_at: index % 5 === 0 ? null : seconds - (index % 90) * 3_600,
      },
    };
  });
}
