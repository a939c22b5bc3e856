import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import {
  adapterDescription,
  adapterPath,
  listLimit,
  listPage,
  upsertResponse,
  type ListPage,
  type Receipt,
  type UpsertItem,
} from '@cinch/system-adapter/protocol';
import type { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';

/** Where a system answers, and the token that lets the hub in. */
export interface AdapterAddress {
  code: string;
  adapterUrl: string | null;
  adapterToken: string | null;
}

const timeoutMs = 30_000;
const pausesMs = [300, 1_000, 3_000];

/** Calls a system's adapter. A system that does not answer is tried again a few times; every call may be repeated. */
@Injectable()
export class AdapterClient {
  private readonly bases = new Map<string, string>();

  async list(system: AdapterAddress, cursor: string | null, signal: AbortSignal): Promise<ListPage> {
    const query = new URLSearchParams({ limit: String(listLimit), ...(cursor === null ? {} : { cursor }) });
    const url = `${await this.base(system, signal)}/customers?${query}`;
    return this.call(system, url, { method: 'GET', signal }, listPage);
  }

  /** One receipt an item, in the same order. */
  async upsert(system: AdapterAddress, items: readonly UpsertItem[], signal: AbortSignal): Promise<Receipt[]> {
    const request = { method: 'POST', body: JSON.stringify({ items }), signal };
    const { receipts } = await this.call(
      system,
      `${await this.base(system, signal)}/customers`,
      request,
      upsertResponse,
    );
    if (
      receipts.length !== items.length ||
      receipts.some((receipt, index) => receipt.deliveryId !== items[index]!.deliveryId)
    )
      throw new ProblemError('adapter-unreachable', `${system.code} answered other deliveries than it was sent.`);
    return receipts;
  }

  private async base(system: AdapterAddress, signal: AbortSignal): Promise<string> {
    const root = system.adapterUrl;
    if (!root) throw new ProblemError('adapter-unreachable', `${system.code} has no adapter URL: register one first.`);
    const known = this.bases.get(root);
    if (known !== undefined) return known;
    const request = { method: 'GET', signal };
    const description = await this.call(system, new URL(adapterPath, root).href, request, adapterDescription);
    const base = new URL(description.base, root).href.replace(/\/$/, '');
    this.bases.set(root, base);
    return base;
  }

  private async call<Schema extends z.ZodType>(
    system: AdapterAddress,
    url: string,
    { signal, ...request }: { method: string; body?: string; signal: AbortSignal },
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const response = await fetch(url, {
          ...request,
          headers: { authorization: `Bearer ${system.adapterToken}`, 'content-type': 'application/json' },
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        });
        if (response.status < 500 && response.status !== 429) return schema.parse(await answered(response));
        throw new Error(`it answered ${response.status}`);
      } catch (cause) {
        signal.throwIfAborted();
        const pause = pausesMs[attempt];
        const final = cause instanceof ProblemError || pause === undefined;
        if (final) throw unreachable(system.code, cause);
        await wait(pause, undefined, { signal });
      }
    }
  }
}

async function answered(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  throw new ProblemError('adapter-unreachable', `it refused the call with ${response.status}`);
}

function unreachable(code: string, cause: unknown): ProblemError {
  const reason =
    cause instanceof Error && cause.name === 'ZodError'
      ? 'its answer does not have the form of the protocol'
      : String((cause as Error).message);
  return new ProblemError(
    'adapter-unreachable',
    `${code} could not be reached: ${reason}. Check that it runs and that its adapter URL and token are right.`,
  );
}
