import { createHash, timingSafeEqual } from 'node:crypto';
import { type IRouter, json, type RequestHandler } from 'express';
import { z } from 'zod';
import { ProblemError } from './problem.ts';
import {
  type AdapterDescription,
  adapterPath,
  type AdapterRow,
  type ListPage,
  listLimit,
  type Receipt,
  type UpsertItem,
  upsertRequest,
} from './protocol.ts';

/** What a system brings to be refreshable; everything about HTTP is the adapter's. */
export interface AdapterStore {
  /** Rows whose key follows `after` in the system's stable order of keys. */
  list(after: string | null, limit: number): Promise<AdapterRow[]>;
  /** The row of this key, as it stands where rows are written. A system that cannot tell is listed twice instead. */
  find?(key: string): Promise<AdapterRow | null>;
  /** One receipt an item, in the same order. An item whose `deliveryId` was seen before gets its first receipt again. */
  upsert(items: UpsertItem[]): Promise<Receipt[]>;
}

const base = '/mdm';
const listQuery = z.object({
  cursor: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(listLimit).default(listLimit),
});

/** Mounts the three calls of the protocol. `token` is the bearer secret that the hub must show. */
export function mountAdapter(
  app: IRouter,
  { system, token, store }: { system: string; token: string; store: AdapterStore },
): void {
  const guarded = requireBearer(token);

  app.get(adapterPath, guarded, (_request, response) => {
    response.json({
      protocol: 1,
      system,
      base,
      capabilities: {
        list: true,
        upsert: true,
        conditionalWrites: true,
        keepsDeliveryIds: true,
        readsByKey: store.find !== undefined,
      },
    } satisfies AdapterDescription);
  });

  app.get(`${base}/customers`, guarded, async (request, response) => {
    const { cursor, key, limit } = listQuery.parse(request.query);
    if (key !== undefined && store.find) {
      const row = await store.find(key);
      response.json({ rows: row ? [row] : [], nextCursor: null } satisfies ListPage);
      return;
    }
    // One row more than asked for tells whether there is another page, so that the last cursor is never an empty promise.
    const rows = await store.list(cursor ?? null, limit + 1);
    const page = rows.slice(0, limit);
    response.json({
      rows: page,
      nextCursor: rows.length > limit ? (page.at(-1)?.key ?? null) : null,
    } satisfies ListPage);
  });

  app.post(`${base}/customers`, guarded, json({ limit: '8mb' }), async (request, response) => {
    if (request.body === undefined) throw new ProblemError(415, 'unsupported-media-type', 'Send application/json.');
    const { items } = upsertRequest.parse(request.body);
    response.json({ receipts: await store.upsert(items) });
  });
}

function requireBearer(token: string): RequestHandler {
  const expected = digest(`Bearer ${token}`);
  return (request, _response, next) => {
    // Digests have one length, so the comparison tells nothing about how much of the token was right.
    if (!timingSafeEqual(digest(request.get('authorization') ?? ''), expected)) {
      throw new ProblemError(401, 'not-logged-in', 'Send the adapter token as "Authorization: Bearer ...".');
    }
    next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
