import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';
import { HoldTimes } from '../../platform/hold-times.ts';
import { metricsText } from './metrics-text.ts';

describe('how long the committer was held', () => {
  afterEach(() => void vi.useRealTimers());

  it('is told by work, the longest of the last minute, and forgotten after it', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const holds = new HoldTimes();
    holds.note('ingest', 12);
    holds.note('refresh plan', 40.4);
    vi.advanceTimersByTime(30_000);
    holds.note('ingest', 7);
    expect(holds.longest()).toEqual({ ingest: 12, 'refresh plan': 40 });
    vi.advanceTimersByTime(45_000);
    expect(holds.longest()).toEqual({ ingest: 7 });
    vi.advanceTimersByTime(60_000);
    expect(holds.longest()).toEqual({});
  });
});

describe('metrics', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  it('writes names, labels and values as Prometheus reads them', () => {
    const values = [{ labels: { place: 'a "b" \\ c\nd', other: 'x' }, value: 1.5 }, { value: 0 }];
    expect(metricsText([{ name: 'm', help: 'Two\nlines.', type: 'gauge', values }])).toBe(
      ['# HELP m Two\\nlines.', '# TYPE m gauge', 'm{place="a \\"b\\" \\\\ c\\nd",other="x"} 1.5', 'm 0', ''].join(
        '\n',
      ),
    );
  });

  it('counts places, batches and memory, and is not for strangers', async () => {
    await desk.push('adipose', 'A-1', { given: 'Pat', family: 'Quay' });
    await desk.asSystem('POST', 'adipose', 'records', [{ id: 'A-2' }, { id: 'A-3', data: { id: 'A-4' } }]);
    await desk.push('adipose', 'A-5', { given: 'Ray', family: 'Sol' });
    const answer = await desk.hub.asAdmin('GET', '/metrics');
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = answer.text.trimEnd().split('\n');
    for (const line of lines.filter((one) => !one.startsWith('#')))
      expect(line).toMatch(/^[a-z_]+(\{.*\})? \d[\d.e+]*$/);
    expect(lines).toEqual(
      expect.arrayContaining([
        'cinch_inbox_accepted_total 3',
        'cinch_inbox_rejected_total 1',
        'cinch_inbox_lines{place="waiting"} 0',
        'cinch_inbox_lines{place="applied"} 2',
        'cinch_inbox_lines{place="error"} 1',
        'cinch_inbox_batches_total 3',
        'cinch_errors_open{kind="line"} 1',
        'cinch_customers 2',
      ]),
    );
    expect(answer.text).toContain('# TYPE cinch_committer_longest_hold_seconds gauge');
    expect(answer.text).toMatch(/^process_resident_memory_bytes [1-9]\d{7}/m);
    expect((await desk.hub.call('GET', '/metrics')).status).toBe(401);
  });
});
