import { Injectable } from '@nestjs/common';
import type { CustomerPage, CustomerSummary } from '@cinch/api-contract';
import {
  displayValue,
  foldText,
  type AttributeId,
  type CustomerKind,
  type GoldenAttributes,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { cut, type Page } from '../paging.ts';
import { isTombstoned } from '../records/record-state.ts';

interface Row {
  customerNumber: number;
  customerId: string;
  kind: CustomerKind;
  display: string;
  attributes: string;
  systems: string[];
  openConflicts: number;
}

@Injectable()
export class CustomerListQueries {
  async list(tx: Tx, search: string, { cursor = 0, limit }: Page): Promise<CustomerPage> {
    const rows = await tx.query<Row>(
      `select g.customer_id as "customerNumber", c.public_id as "customerId", g.kind, g.display, g.attributes,
         array(select distinct s.code from source_record r join system s using (system_id)
               where r.customer_id = g.customer_id and r.state = 'live' and not ${isTombstoned} order by s.code) as systems,
         (select count(*) from conflict f where f.customer_id = g.customer_id and f.closed_at is null) as "openConflicts"
       from golden g join customer c using (customer_id)
       where g.customer_id > $1 and ($2::text[] = '{}' or exists (
         select 1 from customer_search d where d.customer_id = g.customer_id and d.doc like all ($2)))
       order by g.customer_id limit $3`,
      [cursor, patternsOf(search), limit + 1],
    );
    const shown = cut(rows, limit, (row) => row.customerNumber);
    return { customers: shown.rows.map(summaryOf), nextCursor: shown.nextCursor };
  }
}

/** Every word must be there. What looks like a phone number is searched by its digits, as the search text holds it. */
function patternsOf(search: string): string[] {
  const folded = foldText(search);
  const digits = folded.replace(/\D/g, '');
  const words = digits.length >= 3 && /^[\d\s()+./-]+$/.test(folded) ? [digits] : folded.split(' ');
  return words.filter((word) => word !== '').map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}

function summaryOf({ customerId, kind, display, attributes, systems, openConflicts }: Row): CustomerSummary {
  const golden = JSON.parse(attributes) as GoldenAttributes;
  const text = (attribute: AttributeId) => {
    const value = golden[attribute]?.value;
    return value === undefined || value === null ? '' : displayValue(attribute, value);
  };
  const [phone, email, address] = [text('phone.primary'), text('email.primary'), text('address.primary')];
  return { customerId, kind, display, phone, email, address, systems, openConflicts };
}
