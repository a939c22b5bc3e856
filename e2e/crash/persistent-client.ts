import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 60;

export interface Answer {
  status: number;
  body: unknown;
}

/** A caller that asks again until it is answered: by the same key, so that nothing is taken twice. */
export class PersistentClient {
  /** How many calls had no answer, or one that says to come again. */
  retries = 0;

  private readonly hubUrl: string;
  private readonly limitMs: number;

  constructor(hubUrl: string, limitMs = 90_000) {
    this.hubUrl = hubUrl;
    this.limitMs = limitMs;
  }

  /** The first answer that is neither a 5xx nor a 429. */
  async call(method: string, path: string, token: string, body?: unknown, key?: string): Promise<Answer> {
    const giveUpAt = performance.now() + this.limitMs;
    for (;;) {
      const answer = await this.once(method, path, token, body, key).catch(() => null);
      if (answer && answer.status < 500 && answer.status !== 429) return answer;
      if (performance.now() > giveUpAt) throw new Error(`${method} ${path} had no answer within ${this.limitMs} ms.`);
      this.retries += 1;
      await wait(pauseMs);
    }
  }

  private async once(method: string, path: string, token: string, body?: unknown, key?: string): Promise<Answer> {
    const response = await fetch(`${this.hubUrl}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }
}
