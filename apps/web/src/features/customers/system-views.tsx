import type { SystemView } from '@cinch/api-contract';
import { Badge, Code, Group, List, Stack, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyView } from '../../components/empty-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { countOf, notSentInWords } from '../../texts.ts';
import { RefreshSome } from '../../components/refresh-some.tsx';
import { RecordLink } from '../../components/record-link.tsx';
import { nativeText } from '../../components/native-text.ts';
import classes from './system-views.module.css';

type Field = SystemView['fields'][number];

/** How each system sees the customer, beside what it holds now: in its own words. */
export function SystemViews({ views }: { views: readonly SystemView[] }) {
  if (views.length === 0)
    return (
      <Panel>
        <EmptyView title="No system sees this customer">
          A retired customer has no view, and a system without a mapping has none either.
        </EmptyView>
      </Panel>
    );
  return (
    <Stack gap="lg">
      {views.map((view) => (
        <Panel key={`${view.system} ${view.recordId}`} title={titleOf(view)} aside={<Standing view={view} />} flush>
          <DataTable
            label={`${titleOf(view)}: what it holds, and its view of the golden record`}
            columns={view.sourceId === null ? columnsWithout : columns}
            rows={differingFirst(view.fields)}
            rowKey={({ path }) => path}
            empty={{ title: 'Its mapping says nothing of this customer' }}
          />
          {view.exceptions.length > 0 && <Exceptions view={view} />}
          {view.sourceId !== null && (
            <Group px="1.25rem" py="sm">
              <RefreshSome asked={{ system: view.system, sourceIds: [view.sourceId] }} label="Refresh this record" />
            </Group>
          )}
        </Panel>
      ))}
    </Stack>
  );
}

const fieldColumn: Column<Field> = {
  header: 'Field',
  width: '30%',
  cell: ({ path, label }) => (
    <>
      <Code>{path}</Code>
      {label !== null && (
        <Text size="sm" c="dimmed">
          {label}
        </Text>
      )}
    </>
  ),
};
const viewColumn: Column<Field> = {
  header: 'Its view of the golden record',
  cell: ({ view, differs }) => (
    <Group gap="xs">
      <span className={classes.value} data-differs={differs}>
        {nativeText(view)}
      </span>
      {differs && (
        <Badge size="sm" color="amber">
          differs
        </Badge>
      )}
    </Group>
  ),
};
const columns: Column<Field>[] = [
  fieldColumn,
  {
    header: 'It holds now',
    width: '33%',
    cell: ({ holds }) => <span className={classes.value}>{nativeText(holds)}</span>,
  },
  viewColumn,
];
const columnsWithout: Column<Field>[] = [
  fieldColumn,
  {
    header: 'A record made there would hold',
    cell: ({ view }) => <span className={classes.value}>{nativeText(view)}</span>,
  },
];

function differingFirst(fields: readonly Field[]): Field[] {
  return [...fields.filter(({ differs }) => differs), ...fields.filter(({ differs }) => !differs)];
}

function titleOf({ systemName, sourceId }: SystemView): string {
  return sourceId === null ? systemName : `${systemName} ${sourceId}`;
}

function Standing({ view: { system, sourceId, fields, goldenVersion, mappingVersion } }: { view: SystemView }) {
  const differing = fields.filter(({ differs }) => differs).length;
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed">
        golden version {goldenVersion}, mapping {mappingVersion}
      </Text>
      {sourceId === null ? (
        <Badge color="slate">has no record there</Badge>
      ) : (
        <>
          <Text size="sm">
            <RecordLink system={system} sourceId={sourceId} />
          </Text>
          <Badge color={differing === 0 ? 'leaf' : 'amber'}>
            {differing === 0 ? 'equal' : `${countOf(differing, 'field')} to be brought`}
          </Badge>
        </>
      )}
    </Group>
  );
}

function Exceptions({ view: { exceptions } }: { view: SystemView }) {
  return (
    <div className={classes.exceptions}>
      <Text fw={600} size="sm">
        What is not sent
      </Text>
      <List size="sm">
        {exceptions.map(({ kind, attribute, label, code }) => (
          <List.Item key={`${kind} ${attribute}`}>
            {label}: {notSentInWords(kind)}
            {kind !== 'held' && ` (${code.replaceAll('-', ' ')})`}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
