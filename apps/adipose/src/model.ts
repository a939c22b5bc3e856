import type { RowData } from '@cinch/system-adapter';
import type { NativeModel } from '@cinch/system-adapter/reference-system';
import { type AdiposeCustomer, columns } from './customer.ts';
import { fieldRules } from './field-rules.ts';

const defaults: Partial<AdiposeCustomer> = {
  status: 'A',
  mkt_ok: 'N',
  credit_limit_cents: 0,
  lifetime_cents: 0,
  loyalty_pts: 0,
};

export const adiposeModel: NativeModel = {
  ruleFor([segment, ...deeper], before) {
    const column = columns.find((name) => name === segment?.name);
    if (!column || segment?.select || deeper.length > 0) return null;
    if (column === 'cust_type' && before) {
      return (value) =>
        value === before.cust_type
          ? { value }
          : { code: 'type-fixed', detail: 'A person cannot become a business, nor a business a person.' };
    }
    return fieldRules[column];
  },

  settle(written) {
    const complete: RowData = { ...defaults, ...written };
    const missing = [];
    if (!complete.name) missing.push({ path: 'name', code: 'name-required', detail: 'A customer must have a name.' });
    if (!complete.cust_type) {
      missing.push({ path: 'cust_type', code: 'type-unknown', detail: 'A new customer must be of type P or B.' });
    }
    return { data: inColumnOrder(complete), missing };
  },

  revise(data, key, before, now) {
    const version = (before?.version ?? 0) + 1;
    const upd = Math.floor(now / 1000);
    return {
      key,
      version,
      changedAt: new Date(upd * 1000).toISOString(),
      data: inColumnOrder({ ...data, acct_no: key, upd, ver: version }),
    };
  },
};

/** One order of members, whoever made the row, so that a row has the same text in lists, receipts and events. */
export function inColumnOrder(data: RowData): RowData {
  return Object.fromEntries(columns.map((column) => [column, data[column] ?? null]));
}
