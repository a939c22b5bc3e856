import { liveTopics, type LiveChange, type LiveTopic } from '@cinch/api-contract';

/** How things stood at one look: of each topic a text that is another one once it has changed. */
export interface LiveMarks {
  topics: Record<LiveTopic, string>;
  runs: readonly LiveChange['runs'][number][];
}

/** Null: nothing has changed. */
export function changesBetween(before: LiveMarks, now: LiveMarks): LiveChange | null {
  const topics = liveTopics.filter((topic) => before.topics[topic] !== now.topics[topic]);
  if (topics.length === 0) return null;
  const known = new Set(before.runs.map((run) => JSON.stringify(run)));
  return { topics, runs: now.runs.filter((run) => !known.has(JSON.stringify(run))) };
}
