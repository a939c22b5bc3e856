import type { HistoryEntry } from '@cinch/api-contract';
import { Blockquote, Text } from '@mantine/core';
import { EmptyView } from '../../components/empty-view.tsx';
import { TextLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import classes from './history-timeline.module.css';

/** Newest first. */
export function HistoryTimeline({ entries }: { entries: readonly HistoryEntry[] }) {
  if (entries.length === 0) return <EmptyView title="Nothing has happened yet" />;
  const newestFirst = entries
    .map((entry, place) => ({ entry, place }))
    .sort((a, b) => b.entry.at.localeCompare(a.entry.at));
  return (
    <ol className={classes.timeline} aria-label="History, newest first">
      {newestFirst.map(({ entry, place }) => (
        <li key={place} data-tone={toneOf(entry.what)}>
          <Text>{entry.text}</Text>
          {(entry.was !== null || entry.now !== null) && (
            <Text className={classes.change}>
              {entry.was !== null && <del>{entry.was || 'nothing'}</del>}
              {entry.now !== null && <ins>{entry.now || 'nothing'}</ins>}
            </Text>
          )}
          {entry.reason && (
            <Blockquote p="xs" my={4} radius="sm">
              {entry.reason}
            </Blockquote>
          )}
          <Text size="sm" c="dimmed">
            <Time at={entry.at} />
            {entry.by && `, ${entry.by}`}
            {entry.runId !== null && (
              <>
                {', '}
                <TextLink to="/refreshes/$id" params={{ id: String(entry.runId) }} inherit>
                  refresh run {entry.runId}
                </TextLink>
              </>
            )}
          </Text>
        </li>
      ))}
    </ol>
  );
}

function toneOf(what: string): 'conflict' | 'decision' | 'golden' | 'other' {
  if (what.startsWith('conflict')) return 'conflict';
  if (what === 'decision') return 'decision';
  return ['created', 'changed', 'members'].includes(what) ? 'golden' : 'other';
}
