import type { TimelineEntry } from '@cinch/api-contract';
import { Badge, Code, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { timelineKindInWords } from '../../texts.ts';
import { timelineList, type RecordAddress } from './queries.ts';
import classes from './record-timeline.module.css';

const route = getRouteApi('/signed-in/records');

/** What was filed last comes first. */
export function RecordTimeline({ record }: { record: RecordAddress }) {
  const view = route.useSearch();
  return (
    <Panel title="Timeline" flush>
      <ListTable
        label="Timeline, what came last first"
        list={usePagedList(timelineList(record, view))}
        columns={columns(record.system)}
        view={view}
        file={`timeline-${record.system}-${record.id}`}
        empty={{ title: 'Nothing is filed', advice: 'Nothing of the record could be taken in yet: see the errors.' }}
      />
    </Panel>
  );
}

const columns = (system: string): Column<TimelineEntry>[] => [
  {
    header: 'What',
    width: '16%',
    value: ({ kind }) => timelineKindInWords(kind),
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
    sort: 'filed',
    width: '25%',
    value: ({ at }) => at,
    cell: ({ at, filedAt }) => (
      <>
        <Time at={at} seconds />
        <Text size="sm" c="dimmed">
          filed <Time at={filedAt} seconds />
        </Text>
      </>
    ),
  },
  {
    header: 'How it came',
    width: '18%',
    value: ({ batchId, line, runId, deliveryId }) =>
      [batchId && `batch ${batchId}`, line && `line ${line}`, runId && `run ${runId}`, deliveryId]
        .filter(Boolean)
        .join(', '),
    cell: (entry) => <Origin entry={entry} system={system} />,
  },
  {
    header: 'What it says',
    value: ({ native }) => (native === null ? null : JSON.stringify(native)),
    cell: (entry) => <Native entry={entry} />,
  },
];

function Origin({ entry: { batchId, line, runId, deliveryId }, system }: { entry: TimelineEntry; system: string }) {
  return (
    <>
      {batchId !== null && (
        <div>
          <TextLink to="/systems/$code" params={{ code: system }} search={{ tab: 'taken-back', batch: batchId }}>
            batch {batchId}
          </TextLink>
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
