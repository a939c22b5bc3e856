import type { TimelineEntry } from '@cinch/api-contract';
import { Badge, Code, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { timelineKindInWords } from '../../texts.ts';
import classes from './record-timeline.module.css';

/** What was filed last comes first. */
export function RecordTimeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <DataTable
      label="Timeline, what came last first"
      columns={columns}
      rows={entries}
      rowKey={({ entryId }) => entryId}
      empty={{ title: 'Nothing is filed', advice: 'Nothing of the record could be taken in yet: see the errors.' }}
    />
  );
}

const columns: Column<TimelineEntry>[] = [
  {
    header: 'What',
    width: '16%',
    cell: ({ kind, version }) => (
      <>
        <Badge color={toneOf(kind)}>{timelineKindInWords(kind)}</Badge>
        {version !== null && (
          <Text size="sm" c="dimmed" mt={2}>
            version {version}
          </Text>
        )}
      </>
    ),
  },
  {
    header: 'When',
    width: '25%',
    cell: ({ at, filedAt }) => (
      <>
        <Time at={at} seconds />
        <Text size="sm" c="dimmed">
          filed <Time at={filedAt} seconds />
        </Text>
      </>
    ),
  },
  { header: 'How it came', width: '18%', cell: (entry) => <Origin entry={entry} /> },
  { header: 'What it says', cell: (entry) => <Native entry={entry} /> },
];

function Origin({ entry: { batchId, line, runId, deliveryId } }: { entry: TimelineEntry }) {
  return (
    <>
      {batchId !== null && (
        <div>
          batch {batchId}
          {line !== null && `, line ${line}`}
        </div>
      )}
      {runId !== null && (
        <div>
          <TextLink to="/refreshes/$id" params={{ id: String(runId) }} underline="hover">
            refresh run {runId}
          </TextLink>
        </div>
      )}
      {deliveryId !== null && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          delivery {deliveryId.slice(0, 8)}
        </Text>
      )}
      {batchId === null && runId === null && deliveryId === null && 'read by the system itself'}
    </>
  );
}

function Native({ entry: { native, refused } }: { entry: TimelineEntry }) {
  const refusals = Object.entries(refused);
  return (
    <>
      {refusals.map(([path, code]) => (
        <Text key={path} size="sm">
          Would not take {path}: {code.replaceAll('-', ' ')}
        </Text>
      ))}
      {native === null ? (
        <Text span size="sm" c="dimmed">
          nothing more
        </Text>
      ) : (
        <details className={classes.raw}>
          <summary>{summaryOf(native)}</summary>
          <Code block component="pre">
            {JSON.stringify(native, null, 2)}
          </Code>
        </details>
      )}
    </>
  );
}

function summaryOf(native: TimelineEntry['native']): string {
  const fields = typeof native === 'object' && native !== null && !Array.isArray(native) ? Object.keys(native) : [];
  if (fields.length === 0) return 'Show it as it came';
  const shown = fields.slice(0, 4).join(', ');
  return fields.length > 4 ? `${shown} and ${fields.length - 4} more` : shown;
}

function toneOf(kind: TimelineEntry['kind']): string {
  if (kind === 'delete') return 'amber';
  return kind === 'offer' || kind === 'receipt' ? 'lagoon' : 'slate';
}
