import { randomUUID } from 'node:crypto';
import { enqueueEvents, ProblemError, type RowData } from '@cinch/system-adapter';
import { type Act, type OwnRoutes, unknownCustomer } from '@cinch/system-adapter/reference-system';
import { adiposeModel } from './model.ts';
import { customerTable } from './table.ts';

/** What a customer spent (or got back, below zero) and the points it made. Its event id counts once. */
interface Transaction {
  eventId: string;
  cents: number;
  points: number;
}

/** `POST /customers/{key}/transactions` {cents, points, eventId?}: the till's call. */
export const transactionRoutes: OwnRoutes = (router, act) => {
  router.post('/customers/:key/transactions', async (request, response) => {
    const row = await book(act, request.params.key, asTransaction(request.body), Date.now());
    response.status(201).json(row);
  });
};

/** Raises the totals by the amounts. The events tell the amounts, not the totals, so that nobody counts a sum twice. */
function book(act: Act, key: string, transaction: Transaction, now: number): Promise<RowData> {
  return act(async (tx) => {
    const [before] = await customerTable.lock(tx, [key]);
    if (!before) throw unknownCustomer(key);
    const { eventId, cents, points } = transaction;
    const { rowCount } = await tx.query(
      `insert into customer_transaction (event_id, acct_no, cents, points, at) values ($1, $2, $3, $4, $5)
       on conflict (event_id) do nothing`,
      [eventId, key, cents, points, Math.floor(now / 1000)],
    );
    if (rowCount === 0) {
      const { rows } = await tx.query('select acct_no, cents, points from customer_transaction where event_id = $1', [
        eventId,
      ]);
      const isSame = rows[0].acct_no === key && rows[0].cents === cents && rows[0].points === points;
      if (!isSame) throw new ProblemError(409, 'event-id-used', `Another transaction has the event id "${eventId}".`);
      return before.data;
    }
    const last = { last_txn_at: Math.floor(now / 1000) };
    const raised = {
      lifetime_cents: Number(before.data.lifetime_cents) + cents,
      loyalty_pts: Number(before.data.loyalty_pts) + points,
    };
    if (!Object.values(raised).every(Number.isSafeInteger)) throw refused('The totals would no longer be exact.');
    const data = { ...before.data, ...raised, ...last };
    const row = { ...adiposeModel.revise(data, key, before, now), delivery: before.delivery };
    await customerTable.save(tx, [row]);
    await enqueueEvents(tx, 'adipose', [
      { type: 'customer.incremented', row, data: { loyalty_pts: points, lifetime_cents: cents }, id: eventId },
      { type: 'customer.patched', row, data: last },
    ]);
    return row.data;
  });
}

function asTransaction(body: unknown): Transaction {
  const { cents, points = 0, eventId = randomUUID() } = Object(body) as { [member: string]: unknown };
  if (!Number.isSafeInteger(cents) || !Number.isSafeInteger(points)) {
    throw refused('A transaction must have whole cents and, if any, whole points.');
  }
  if (typeof eventId !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(eventId)) {
    throw refused('An event id must have 1 to 200 letters, digits or signs, without spaces.');
  }
  return { eventId, cents: cents as number, points: points as number };
}

const refused = (detail: string) => new ProblemError(422, 'transaction-refused', detail);
