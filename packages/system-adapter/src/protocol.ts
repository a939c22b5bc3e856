import { longest } from '@cinch/canonical-model/limits';
import { z } from 'zod';

/**
 * What a system offers to be refreshable: a few calls under one base path, bearer-authenticated, JSON.
 *
 *   GET  /.well-known/mdm-adapter              -> AdapterDescription
 *   GET  {base}/customers?cursor=&limit=       -> ListPage      every row, in a stable order of keys
 *   GET  {base}/customers?key=                 -> ListPage      the row of this key, if there is one; only where it `readsByKey`
 *   POST {base}/customers                      UpsertRequest -> UpsertResponse, one receipt an item, in the same order
 */

export const adapterPath = '/.well-known/mdm-adapter';
export const listLimit = 1000;

const json = z.json();

/** A text that can be kept as it is: what else a system says under it would be told of another name. */
const keptText = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), {
      error: 'It holds half a character or U+0000, which cannot be kept',
    });

/** A row as the system stores it: the same bytes of `data` in lists, receipts and events. */
export const adapterRow = z.object({
  key: keptText(longest.key).min(1),
  /** Grows with every change of the row. */
  version: z.int(),
  changedAt: z.iso.datetime(),
  /** The last delivery that wrote this row and the version it made; the row has changed since when `version` is above it. */
  delivery: z.object({ id: z.string(), version: z.int() }).nullable(),
  data: z.record(z.string(), json),
});
export type AdapterRow = z.infer<typeof adapterRow>;

export const adapterDescription = z.object({
  protocol: z.literal(1),
  system: z.string(),
  base: z.string(),
  capabilities: z.object({
    list: z.literal(true),
    upsert: z.literal(true),
    conditionalWrites: z.boolean(),
    /**
     * The same `deliveryId` again gives the first receipt again. A system that says false is listed before anything without an answer is
     * sent to it again, and a row that holds what was sent is taken for what was to be made.
     */
    keepsDeliveryIds: z.boolean().default(true),
    /** `GET {base}/customers?key=` answers a page with the one row of this key, from where rows are written and not from a copy. */
    readsByKey: z.boolean().default(false),
  }),
});
export type AdapterDescription = z.infer<typeof adapterDescription>;

export const listPage = z.object({ rows: z.array(adapterRow), nextCursor: z.string().nullable() });
export type ListPage = z.infer<typeof listPage>;

export const upsertItem = z.object({
  /** Idempotency key: the same id again gives the first receipt again and writes nothing. */
  deliveryId: z.string().min(1),
  /** Null creates a row; the system gives out its key. */
  key: z.string().nullable(),
  /** Write only when the row still has this version; null writes unconditionally. */
  ifMatch: z.int().nullable(),
  /** Native path to value, in the path syntax of `applyFields`; only what is to change. Null empties or removes. */
  fields: z.record(z.string(), json),
});
export type UpsertItem = z.infer<typeof upsertItem>;

export const upsertRequest = z.object({ items: z.array(upsertItem).max(500) });

export const refusedField = z.object({
  path: keptText(longest.path),
  code: keptText(longest.code),
  detail: z.string(),
});

/**
 * `stored`: written, `row` is the row as stored (after the system's own normalising) and `refused` names fields it would not take.
 * `refused`: nothing was written, `row` is as it was (null for a refused create). `mismatch`: `ifMatch` failed, `row` is the row now.
 * `unknown-key`: there is no such row.
 */
export const receipt = z.object({
  deliveryId: z.string(),
  outcome: z.enum(['stored', 'refused', 'mismatch', 'unknown-key']),
  row: adapterRow.nullable(),
  refused: z.array(refusedField),
});
export type Receipt = z.infer<typeof receipt>;

export const upsertResponse = z.object({ receipts: z.array(receipt) });
