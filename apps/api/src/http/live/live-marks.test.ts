import { liveTopics, type LiveTopic, type RunCounts } from '@cinch/api-contract';
import { expect, it } from 'vitest';
import { changesBetween, type LiveMarks } from './live-marks.ts';

const marks = (changed: Partial<Record<LiveTopic, string>> = {}, runs: LiveMarks['runs'] = []): LiveMarks => ({
  topics: { ...(Object.fromEntries(liveTopics.map((topic) => [topic, '1'])) as LiveMarks['topics']), ...changed },
  runs,
});
const run = (runId: number, phase: 'hear' | 'apply') => ({ runId, phase, round: 0, counts: {} as RunCounts });

it('says nothing when nothing has changed', () => {
  expect(changesBetween(marks({}, [run(1, 'hear')]), marks({}, [run(1, 'hear')]))).toBeNull();
});

it('names the topics that changed, and the runs that went on', () => {
  const before = marks({}, [run(1, 'hear'), run(2, 'hear')]);
  const now = marks({ refreshes: '2', errors: '2' }, [run(1, 'apply'), run(2, 'hear')]);
  expect(changesBetween(before, now)).toEqual({ topics: ['refreshes', 'errors'], runs: [run(1, 'apply')] });
});
