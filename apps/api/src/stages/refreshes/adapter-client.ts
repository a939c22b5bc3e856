import { Injectable } from '@nestjs/common';
import { outwardLimits } from '@cinch/api-contract';
import {
  adapterDescription,
  adapterPath,
  listLimit,
  receipt,
  type AdapterRow,
  type Receipt,
  type UpsertItem,
} from '@cinch/system-adapter/protocol';
import { AdapterCall, type AdapterAddress } from './adapter-call.ts';
import { isTooWide, readListedPage, type ListedPage } from './listed-page.ts';
import { EgressFailure } from '../../platform/egress/egress-failure.ts';
import { inTurns } from '../../platform/in-turns.ts';
import { ProblemError } from '../../platform/problem-error.ts';

interface Described {
  base: string;
  keepsDeliveryIds: boolean;
  readsByKey: boolean;
}

/** Calls a system's adapter by the protocol. Nothing that it answers is believed before it was looked at. */
@Injectable()
export class AdapterClient {
  private readonly described = new Map<string, Described>();

  constructor(private readonly calls: AdapterCall) {}

  /** A page of so many rows. One that is too large is asked for again with a tenth of them. */
  async list(
    system: AdapterAddress,
    cursor: string | null,
    signal: AbortSignal,
    most: number = listLimit,
  ): Promise<ListedPage> {
    const { base } = await this.describe(system, signal);
    for (let limit = most; ; limit = Math.ceil(limit / 10)) {
      const query = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) });
      const call = { method: 'GET', url: `${base}/customers?${query}`, mostBytes: outwardLimits.pageBytes } as const;
      try {
        return await this.ask(system, call, signal, readListedPage);
      } catch (error) {
        if (!isTooLarge(error) || limit === 1) throw error;
      }
    }
  }

  /** The row of this key, null where there is none; undefined of a system that cannot be asked for one. */
  async find(system: AdapterAddress, key: string, signal: AbortSignal): Promise<AdapterRow | null | undefined> {
    const { base, readsByKey } = await this.describe(system, signal);
    if (!readsByKey) return undefined;
    const url = `${base}/customers?${new URLSearchParams({ key })}`;
    const call = { method: 'GET', url, mostBytes: outwardLimits.pageBytes } as const;
    const { rows, bad } = await this.ask(system, call, signal, readListedPage);
    const row = rows.find((one) => one.key === key);
    // A row that is not as the protocol has it is there all the same.
    return row ?? (bad.length > 0 ? undefined : null);
  }

  /** One receipt an item, in the same order. */
  async upsert(system: AdapterAddress, items: readonly UpsertItem[], signal: AbortSignal): Promise<Receipt[]> {
    const { base, keepsDeliveryIds } = await this.describe(system, signal);
    const url = `${base}/customers`;
    const body = JSON.stringify({ items });
    const isOnce = !keepsDeliveryIds;
    const call = { method: 'POST', url, body, mostBytes: outwardLimits.receiptsBytes, isOnce } as const;
    return this.ask(system, call, signal, (answer) => asReceipts(answer, items));
  }

  /** What a system says once it may say otherwise when it did not answer for a while. */
  private async ask<T>(
    system: AdapterAddress,
    call: Parameters<AdapterCall['ask']>[1],
    signal: AbortSignal,
    read: (answer: unknown) => Promise<T | null> | T | null,
  ): Promise<T> {
    try {
      return await this.calls.ask(system, call, signal, read);
    } catch (error) {
      this.described.delete(system.adapterUrl ?? '');
      throw error;
    }
  }

  /** Whether the same delivery again gives the first receipt again: where it does not, it is sent once and never repeated unheard. */
  async keepsDeliveryIds(system: AdapterAddress, signal: AbortSignal): Promise<boolean> {
    return (await this.describe(system, signal)).keepsDeliveryIds;
  }

  private async describe(system: AdapterAddress, signal: AbortSignal): Promise<Described> {
    const root = system.adapterUrl;
    if (!root) throw new ProblemError('adapter-unreachable', `${system.code} has no adapter URL: register one first.`);
    const known = this.described.get(root);
    if (known !== undefined) return known;
    const url = new URL(adapterPath, root).href;
    const call = { method: 'GET', url, mostBytes: outwardLimits.descriptionBytes } as const;
    const described = await this.ask(system, call, signal, (answer) => asDescribed(answer, root));
    this.described.set(root, described);
    return described;
  }
}

/** Under the address that was registered: names, phones and the token go to no other host, whatever the system says. Null: elsewhere. */
function asDescribed(answer: unknown, root: string): Described | null {
  const { data } = adapterDescription.safeParse(answer);
  const base = data ? URL.parse(data.base, root) : null;
  if (!data || base?.origin !== new URL(root).origin || base.username !== '' || base.password !== '') return null;
  const { keepsDeliveryIds, readsByKey } = data.capabilities;
  return { base: `${base.origin}${base.pathname.replace(/\/$/, '')}`, keepsDeliveryIds, readsByKey };
}

async function asReceipts(answer: unknown, items: readonly UpsertItem[]): Promise<Receipt[] | null> {
  const { receipts } = (answer ?? {}) as { receipts?: unknown };
  if (!Array.isArray(receipts) || receipts.length !== items.length) return null;
  const read: Receipt[] = [];
  for await (const one of inTurns(readReceipts(receipts), { standsBack: true })) {
    if (one?.deliveryId !== items[read.length]!.deliveryId) return null;
    read.push(one);
  }
  return read;
}

function* readReceipts(receipts: readonly unknown[]): Generator<Receipt | undefined> {
  for (const one of receipts) {
    const { refused, row } = (one ?? {}) as { refused?: unknown; row?: unknown };
    const isBounded = Array.isArray(refused) && refused.length <= outwardLimits.refusedFields && !isTooWide(row);
    yield isBounded ? receipt.safeParse(one).data : undefined;
  }
}

function isTooLarge(error: unknown): boolean {
  const { cause } = error as Error;
  return cause instanceof EgressFailure && cause.reason === 'too-large';
}
