import { Injectable } from '@nestjs/common';
import { searchLooks, type CustomerPage, type CustomerSummary } from '@cinch/api-contract';
import {
  foldText,
  type CustomerKind,
  type GoldenAttributes,
  type Model,
  shapes,
  type Shape,
} from '@cinch/canonical-model';
import { z } from 'zod';
import type { Tx } from '../../platform/transaction.ts';
import { cut, type Page } from '../paging.ts';
import type { Sight } from '../sight/sight.ts';
import { valueInText } from '../sight/value-in-text.ts';
import { isTombstoned } from '../records/record-state.ts';
import { foundBySeen } from './found-by-seen.ts';

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
  /** Who is named by an id stands first, on the first page; then all that the search text finds, by their numbers. */
  async list(tx: Tx, sight: Sight, search: string, { cursor, limit }: Page): Promise<CustomerPage> {
    const named = await this.named(tx, search.trim());
    const first = cursor === undefined && named.length > 0 ? await this.ofNumbers(tx, named) : [];
    // A customer id is no part of anything else.
    const shownOf = (row: Row) => summaryOf(row, sight.model);
    if (isCustomerId(search)) return { customers: first.map(shownOf), nextCursor: null };
    const further = Math.max(1, limit - first.length);
    const rows = await this.found(tx, sight, {
      words: wordsOf(search),
      named,
      after: cursor ?? 0,
      wanted: further + 1,
    });
    const shown = cut(rows, further, (row) => row.customerNumber);
    return { customers: [...first, ...shown.rows].map(shownOf), nextCursor: shown.nextCursor };
  }

  private async found(
    tx: Tx,
    sight: Sight,
    asked: { words: readonly string[]; named: readonly number[]; after: number; wanted: number },
  ): Promise<Row[]> {
    const { words, wanted } = asked;
    if (!sight.hidesAny || words.length === 0) return this.after(tx, asked);
    const seen: Row[] = [];
    let { after } = asked;
    for (let looks = 0; looks < searchLooks.most && seen.length < wanted; looks += 1) {
      const rows = await this.after(tx, { ...asked, after, wanted: searchLooks.rows });
      seen.push(...(await foundBySeen(tx, rows, words, sight)));
      if (rows.length < searchLooks.rows) break;
      after = rows.at(-1)!.customerNumber;
    }
    return seen.slice(0, wanted);
  }

  private after(
    tx: Tx,
    {
      words,
      named,
      after,
      wanted,
    }: { words: readonly string[]; named: readonly number[]; after: number; wanted: number },
  ): Promise<Row[]> {
    return tx.query<Row>(
      `select ${selected} from golden g join customer c using (customer_id)
       where g.customer_id > $1 and not g.customer_id = any($2) and ($3::text[] = '{}' or exists (
         select 1 from customer_search d where d.customer_id = g.customer_id and d.doc like all ($3)))
       order by g.customer_id limit $4`,
      [after, named, words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`), wanted],
    );
  }

  /** Customers that the whole text names: by an id that they have or had, or by a key of any system, also of a record that ended. */
  private async named(tx: Tx, text: string): Promise<number[]> {
    if (text === '') return [];
    const rows = await tx.query<{ customerId: number }>(
      `select coalesce(r.customer_id, asked.customer_id) as "customerId" from customer asked
       left join source_record r on r.record_id = asked.founder_record and r.life = asked.founder_life
       where asked.public_id = $1
       union
       select k.customer_id from system s cross join unnest($2::text[]) t(key)
       join source_record k on k.system_id = s.system_id and k.source_key = t.key where k.customer_id is not null
       order by 1`,
      [isCustomerId(text) ? text.toLowerCase() : null, [...new Set([text, text.toLowerCase(), text.toUpperCase()])]],
    );
    return rows.map((row) => row.customerId);
  }

  /** Also those that are retired: their ids still lead to their histories. */
  private ofNumbers(tx: Tx, customerIds: readonly number[]): Promise<Row[]> {
    return tx.query<Row>(
      `select ${selected} from customer c left join golden g using (customer_id)
       where c.customer_id = any($1) order by c.customer_id`,
      [customerIds],
    );
  }
}

const selected = `c.customer_id as "customerNumber", c.public_id as "customerId",
  coalesce(g.kind, (select r.kind from source_record r where r.record_id = c.founder_record), 'person') as kind,
  coalesce(g.display, '(retired)') as display, coalesce(g.attributes, '{}') as attributes,
  array(select distinct s.code from source_record r join system s using (system_id)
        where r.customer_id = c.customer_id and r.state = 'live' and not ${isTombstoned} order by s.code) as systems,
  (select count(*) from conflict f where f.customer_id = c.customer_id and f.closed_at is null) as "openConflicts"`;

function isCustomerId(text: string): boolean {
  return z.uuid().safeParse(text.trim()).success;
}

/** Every word must be there. What looks like a phone number is searched by its digits, as the search text holds it. */
function wordsOf(search: string): string[] {
  const folded = foldText(search);
  const digits = folded.replace(/\D/g, '');
  const words = digits.length >= 3 && /^[\d\s()+./-]+$/.test(folded) ? [digits] : folded.split(' ');
  return words.filter((word) => word !== '');
}

function summaryOf(row: Row, model: Model): CustomerSummary {
  const { customerId, kind, display, attributes, systems, openConflicts } = row;
  const golden = JSON.parse(attributes) as GoldenAttributes;
  const text = (shape: Shape) => {
    const attribute = model.firstOf(shape);
    const value = attribute === null ? undefined : golden[attribute]?.value;
    return value === undefined || value === null ? '' : valueInText(attribute!, model.words(attribute!, value));
  };
  const [phone, email, address] = [text(shapes.phone), text(shapes.email), text(shapes.address)];
  return { customerId, kind, display, phone, email, address, systems, openConflicts };
}
