import { Injectable } from '@nestjs/common';
import { errorKinds, type Status } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import type { Metric } from './metrics-text.ts';

/** What the process and the hub look like from outside: counts only, nothing of any one system or customer. */
@Injectable()
export class MetricsQueries {
  async ofHub(tx: Tx, { inbox, integrity, errors, ...counts }: Status): Promise<Metric[]> {
    const { accepted, ...places } = inbox;
    const [batches] = await tx.query<{ all: number; open: number; rejected: number }>(
      `select count(*) as "all", count(*) filter (where done_at is null) as open, coalesce(sum(n_rejected), 0)::bigint as rejected
       from inbox_batch`,
    );
    const [heart] = await tx.query<{ holds: string }>('select holds from heartbeat');
    const holds = Object.entries(JSON.parse(heart?.holds ?? '{}') as Record<string, number>);
    const byPlace = Object.entries(places).map(([place, value]) => ({ labels: { place }, value }));
    const byCheck = integrity.map(({ name: check, faults: value }) => ({ labels: { check }, value }));
    const looked = integrity.flatMap(({ name: check, checkedAt }) =>
      checkedAt === null ? [] : [{ labels: { check }, value: Date.parse(checkedAt) / 1000 }],
    );
    return [
      counter('cinch_inbox_accepted_total', 'Lines that were accepted.', accepted),
      counter('cinch_inbox_rejected_total', 'Lines that were refused at acceptance.', batches!.rejected),
      gauge('cinch_inbox_lines', 'Accepted lines by the place where they are.', byPlace),
      counter('cinch_inbox_batches_total', 'Batches that were accepted.', batches!.all),
      gauge('cinch_inbox_batches_open', 'Batches with lines that wait.', [{ value: batches!.open }]),
      gauge(
        'cinch_errors_open',
        'Open entries of the error log.',
        errorKinds.map((kind) => ({ labels: { kind }, value: errors[kind] })),
      ),
      gauge('cinch_integrity_faults', 'Rows that break what must always hold.', byCheck),
      gauge('cinch_integrity_checked_timestamp_seconds', 'When the check last looked.', looked),
      gauge('cinch_conflicts_open', 'Conflicts that wait for a steward.', [{ value: counts.conflictsOpen }]),
      gauge('cinch_customers', 'Customers with a golden record.', [{ value: counts.customers }]),
      gauge('cinch_source_records', 'Live source records.', [{ value: counts.sourceRecords }]),
      gauge(
        'cinch_committer_longest_hold_seconds',
        'The longest time in the last minute for which a work of the worker on duty held the one committer.',
        holds.map(([work, ms]) => ({ labels: { work }, value: ms / 1000 })),
      ),
    ];
  }
}

/** Of this very process, under the names that Prometheus gives them everywhere. */
export function ofProcess(): Metric[] {
  const { user, system } = process.cpuUsage();
  const startedAt = performance.timeOrigin / 1000;
  return [
    gauge('process_resident_memory_bytes', 'Memory of the process.', [{ value: process.memoryUsage.rss() }]),
    gauge('process_heap_bytes', 'Memory of its JavaScript objects.', [{ value: process.memoryUsage().heapUsed }]),
    counter('process_cpu_seconds_total', 'Processor time that the process has used.', (user + system) / 1e6),
    gauge('process_start_time_seconds', 'When the process was started.', [{ value: startedAt }]),
  ];
}

function counter(name: string, help: string, value: number): Metric {
  return { name, help, type: 'counter', values: [{ value }] };
}

function gauge(name: string, help: string, values: Metric['values']): Metric {
  return { name, help, type: 'gauge', values };
}
