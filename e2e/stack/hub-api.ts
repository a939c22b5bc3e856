import {
  conflictPage,
  customer,
  customerPage,
  problem,
  refreshRun,
  refreshRunList,
  status,
  systemList,
  type Conflict,
  type Customer,
  type CustomerPage,
  type CustomerSummary,
  type Problem,
  type RefreshRun,
} from '@cinch/api-contract';
import { until } from './until.ts';

export type HubApi = ReturnType<typeof hubApi>;

interface Schema<T> {
  parse(value: unknown): T;
}

/** The hub's public API with the token of automation. Every answer is held against the contract. */
export function hubApi({ hubUrl, adminToken }: { hubUrl: string; adminToken: string }) {
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${hubUrl}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json', ...init.headers },
    });

  async function answer<T>(schema: Schema<T>, path: string, init: RequestInit = {}): Promise<T> {
    const response = await call(path, init);
    const body = await response.text();
    if (!response.ok)
      throw new Error(`${init.method ?? 'GET'} ${path} should succeed, but: ${response.status} ${body}`);
    return schema.parse(JSON.parse(body));
  }

  const send = <T>(schema: Schema<T>, method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> =>
    answer(schema, path, { method, body: JSON.stringify(body) });

  async function refused(method: 'POST' | 'PUT', path: string, body: unknown): Promise<Problem> {
    const response = await call(path, { method, body: JSON.stringify(body) });
    if (response.ok) throw new Error(`${method} ${path} should be refused, but was answered ${response.status}.`);
    return problem.parse(await response.json());
  }

  /** As somebody who has read how many customers it changes. */
  async function sendSeen<T>(schema: Schema<T>, path: string, body: object): Promise<T> {
    const first = await call(path, { method: 'PUT', body: JSON.stringify(body) });
    const told: unknown = await first.json();
    return first.ok ? schema.parse(told) : send(schema, 'PUT', path, { ...body, count: problem.parse(told).count });
  }

  async function customers(): Promise<CustomerSummary[]> {
    const all: CustomerSummary[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: CustomerPage = await answer(customerPage, `/customers?limit=200${cursor && `&cursor=${cursor}`}`);
      all.push(...page.customers);
      cursor = page.nextCursor;
    }
    return all;
  }

  async function openConflicts(): Promise<Conflict[]> {
    return (await answer(conflictPage, '/conflicts?state=open&limit=200')).conflicts;
  }

  const run = (runId: number) => answer(refreshRun, `/refreshes/${runId}`);
  const startRefresh = (system: string) => send(refreshRun, 'POST', '/refreshes', { system, mode: 'full' });

  async function ended(runId: number): Promise<RefreshRun> {
    const isEnded = ({ phase }: RefreshRun) => ['closed', 'failed', 'cancelled'].includes(phase);
    return until(`refresh ${runId} has ended`, () => run(runId), isEnded, 60_000);
  }

  /** The run waits for a person at its plan, or has ended. */
  async function heard(runId: number): Promise<RefreshRun> {
    const isHeard = ({ phase }: RefreshRun) => ['planned', 'closed', 'failed', 'cancelled'].includes(phase);
    return until(`refresh ${runId} has a plan`, () => run(runId), isHeard, 60_000);
  }

  /** Of a run that the brake holds, a person types the number that it is held for. */
  async function release({ runId }: Pick<RefreshRun, 'runId'>): Promise<void> {
    const { phase, planHash, brake } = await until(`refresh ${runId} has a plan`, () => run(runId), hasPlan, 60_000);
    const [reason] = brake;
    if (phase === 'planned')
      await send(refreshRun, 'POST', `/refreshes/${runId}/apply`, { planHash, ...(reason && { count: reason.count }) });
  }
  const hasPlan = ({ phase }: RefreshRun) => !['hear', 'plan'].includes(phase);

  return {
    call,
    answer,
    send,
    sendSeen,
    refused,
    customers,
    customer: (customerId: string): Promise<Customer> => answer(customer, `/customers/${customerId}`),
    openConflicts,
    status: () => answer(status, '/status'),
    systems: async () => (await answer(systemList, '/systems')).systems,
    runs: async (system: string) => (await answer(refreshRunList, `/refreshes?system=${system}`)).runs,
    run,
    startRefresh,
    ended,
    heard,
    release,
    /** A complete refresh that writes; resolves when it has ended. */
    refresh: async (system: string) => {
      const { runId } = await startRefresh(system);
      await release({ runId });
      return ended(runId);
    },
  };
}
