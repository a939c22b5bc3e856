import { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';

export const publicId = z.uuid({ error: 'the id in the address is no customer id; open the customer from the list' });

export interface CustomerIdentity {
  customerId: number;
  publicId: string;
  state: 'live' | 'retired';
}

/** An id belongs to a life of its founding record and leads to whatever customer holds that record now: so it resolves through merges. */
export async function resolveCustomer(tx: Tx, publicId: string): Promise<CustomerIdentity> {
  const [row] = await tx.query<CustomerIdentity>(
    `select now.customer_id as "customerId", now.public_id as "publicId", now.state
     from customer asked
     left join source_record founder on founder.record_id = asked.founder_record and founder.life = asked.founder_life
     join customer now on now.customer_id = coalesce(founder.customer_id, asked.customer_id)
     where asked.public_id = $1`,
    [publicId],
  );
  if (!row) throw new ProblemError('not-found', 'No customer ever had this id.');
  return row;
}
