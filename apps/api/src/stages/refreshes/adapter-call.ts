import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { outwardLimits } from '@cinch/api-contract';
import { callOut, type OutwardCall } from '../../platform/egress/call-out.ts';
import { EgressFailure } from '../../platform/egress/egress-failure.ts';
import { EgressPolicy } from '../../platform/egress/egress-policy.ts';
import { readJson } from '../../platform/egress/read-json.ts';
import { TokenSeal, type SealedToken } from '../../platform/token-seal.ts';
import { ProblemError } from '../../platform/problem-error.ts';

/** Where a system answers, and the token that lets the hub in. */
export interface AdapterAddress {
  code: string;
  adapterUrl: string | null;
  adapterToken: SealedToken | null;
}

type Asked = Omit<OutwardCall, 'headers' | 'signal'> & {
  url: string;
  /** It might be carried out twice if it came twice: nobody but the sender knows whether it may. */
  isOnce?: boolean;
};

/** Whether a system answers: `silent` is said while a call is still waited for. */
export type Reached = 'answers' | 'silent' | 'away';

const pausesMs = [300, 1_000, 3_000];
/** What another moment may change; anything else would be answered again. */
const passing = new Set<string>(['name-unknown', 'not-connected', 'cut', 'not-in-time']);

/** One call to an adapter, tried again a few times while what went wrong may pass: by the protocol every call may be repeated. */
@Injectable()
export class AdapterCall {
  /** Systems whose last call failed: they are asked once, until they answer again. */
  private readonly failing = new Set<string>();
  private told: (code: string, reached: Reached) => void = () => undefined;

  constructor(
    private readonly egress: EgressPolicy,
    private readonly seal: TokenSeal,
  ) {}

  /** From now on this is told after each call whether its system answers. */
  watch(told: (code: string, reached: Reached) => void): void {
    this.told = told;
  }

  /**
   * @param read null where the answer does not have the form of the protocol
   * @throws {ProblemError} `adapter-unreachable` in words that hold nothing of the answer; its cause is the failure
   */
  async ask<T>(
    system: AdapterAddress,
    asked: Asked,
    signal: AbortSignal,
    read: (answer: unknown) => Promise<T | null> | T | null,
  ): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await this.once(system, asked, signal, read);
        this.failing.delete(system.code);
        this.told(system.code, 'answers');
        return answer;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof EgressFailure) && !(error instanceof Refusal)) throw error;
        const pause = asked.isOnce || this.failing.has(system.code) ? undefined : pausesMs[attempt];
        const mayPass = error instanceof Refusal ? error.mayPass : passing.has(error.reason);
        if (pause === undefined || !mayPass) {
          this.failing.add(system.code);
          this.told(system.code, 'away');
          throw unreachable(system.code, error);
        }
        const askedToWait = error instanceof Refusal ? Math.min(error.retryAfterMs, outwardLimits.retryAfterMs) : 0;
        // Two hubs, or two systems behind one gate, must not come back together.
        await wait(Math.max(askedToWait, pause * (0.75 + Math.random() / 2)), undefined, { signal });
      }
    }
  }

  private async once<T>(
    system: AdapterAddress,
    { url, isOnce: _isOnce, ...call }: Asked,
    signal: AbortSignal,
    read: (answer: unknown) => Promise<T | null> | T | null,
  ) {
    const token = this.tokenOf(system);
    const headers = {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(call.method === 'POST' && { 'content-type': 'application/json' }),
    };
    const silent = setTimeout(() => this.told(system.code, 'silent'), outwardLimits.silentMs);
    const { status, retryAfterS, body } = await callOut(this.egress, new URL(url), {
      ...call,
      headers,
      signal,
    }).finally(() => clearTimeout(silent));
    if (status < 200 || status >= 300) throw new Refusal(status, retryAfterS);
    const answer = await read(readJson(body));
    if (answer === null) throw new EgressFailure('not-readable');
    return answer;
  }

  private tokenOf({ code, adapterToken }: AdapterAddress): string | null {
    const token = adapterToken && this.seal.open(adapterToken);
    if (adapterToken === null || token !== null) return token;
    const detail = `The adapter token of ${code} was sealed with another secret than the hub has now: give it again, as adapterToken of ${code} in PUT /configuration.`;
    throw new ProblemError('token-unreadable', detail);
  }
}

/** An answer that is no success. */
class Refusal extends Error {
  readonly mayPass: boolean;
  readonly retryAfterMs: number;

  constructor(status: number, retryAfterS: number | null) {
    super(status < 400 ? `it answered ${status}, and the hub follows no redirects` : `it answered ${status}`);
    this.mayPass = status >= 500 || status === 429;
    this.retryAfterMs = (retryAfterS ?? 0) * 1_000;
  }
}

function unreachable(code: string, cause: Error): ProblemError {
  return new ProblemError(
    'adapter-unreachable',
    `${code} could not be reached: ${cause.message}. Check that it runs and that its adapter URL and token are right.`,
    undefined,
    { cause },
  );
}
