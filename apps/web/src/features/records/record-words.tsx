import type { OwnRecord } from '@cinch/api-contract';
import { Badge, Group, Text } from '@mantine/core';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Time } from '../../components/time.tsx';
import { itemKeyOf } from '../../components/value-form.ts';
import { nativeFields, nativeText } from '../../components/native-text.ts';
import classes from './record-words.module.css';

type Said = OwnRecord['asserts'][number];

/** What the record said, attribute by attribute, and what the hub believes that its system holds now. */
export function RecordWords({ record }: { record: OwnRecord }) {
  return (
    <DataTable
      label="What the record says, and what its system holds"
      columns={columns(record)}
      rows={inOrder(record.asserts)}
      rowKey={({ attribute }) => attribute}
      groupOf={({ attribute, label }) => (itemKeyOf(attribute) === null ? null : label)}
      empty={{
        title: 'It says nothing',
        advice: 'Its system deleted it, or nothing of it could be read: see the errors.',
      }}
    />
  );
}

function columns({ holds, parked }: OwnRecord): Column<Said>[] {
  return [
    {
      header: 'Attribute',
      width: '14%',
      cell: ({ attribute, label }) => (
        <Text span inherit c="dimmed">
          {itemKeyOf(attribute) ?? label}
        </Text>
      ),
    },
    {
      header: 'It said',
      width: '38%',
      cell: ({ display, fields, superseded }) => (
        <>
          <Group gap="xs">
            <Text span inherit fw={600} style={{ overflowWrap: 'anywhere' }}>
              {display || 'Cleared'}
            </Text>
            {superseded && (
              <Badge size="sm" color="slate" title="A delivery has replaced it: it does not count any more">
                replaced
              </Badge>
            )}
          </Group>
          <details className={classes.native}>
            <summary>as its system writes it</summary>
            {nativeFields(fields)}
          </details>
        </>
      ),
    },
    { header: 'When', cell: ({ at }) => <Time at={at} /> },
    {
      header: 'Its system holds now',
      width: '30%',
      cell: ({ attribute, fields }) => (
        <>
          <Held said={nativeFields(fields)} held={nativeFields(heldOf(holds, fields))} />
          {parked
            .filter((one) => one.attribute === attribute)
            .map((one) => (
              <Text key={one.code} size="sm">
                Would not take {Object.values(one.fields).map(nativeText).join(' ')}: {one.code.replaceAll('-', ' ')}
              </Text>
            ))}
        </>
      ),
    },
  ];
}

function Held({ said, held }: { said: string; held: string }) {
  if (said === held)
    return (
      <Text span inherit c="dimmed">
        the same
      </Text>
    );
  return <span className={classes.held}>{held}</span>;
}

/** Plain attributes first, then items by list and key. */
function inOrder(asserts: readonly Said[]): Said[] {
  const isItem = ({ attribute }: Said) => itemKeyOf(attribute) !== null;
  return [
    ...asserts.filter((one) => !isItem(one)),
    ...asserts.filter(isItem).sort((a, b) => (a.attribute < b.attribute ? -1 : 1)),
  ];
}

function heldOf(holds: OwnRecord['holds'], said: Said['fields']): OwnRecord['holds'] {
  return Object.fromEntries(Object.keys(said).map((path) => [path, holds[path] ?? null]));
}
