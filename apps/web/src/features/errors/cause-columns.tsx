import type { ErrorCause } from '@cinch/api-contract';
import { Badge, Code, Text } from '@mantine/core';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { Time } from '../../components/time.tsx';
import { countOf, errorCodeInWords, errorKindInWords } from '../../texts.ts';

interface May {
  mayReplay: boolean;
  mayTie: boolean;
}

export function causeColumns(nameOf: (code: string) => string, may: May): Column<ErrorCause>[] {
  return [
    {
      header: 'Cause',
      width: '30%',
      value: ({ code, path, example }) => [errorCodeInWords(code), path, example.detail].filter(Boolean).join(': '),
      cell: ({ code, path, example }) => (
        <>
          <Text span inherit fw={600}>
            {errorCodeInWords(code)}
          </Text>{' '}
          {path && <Code>{path}</Code>}
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {example.detail}
          </Text>
        </>
      ),
    },
    {
      header: 'System',
      value: ({ system }) => nameOf(system),
      cell: ({ system, mappingVersion }) => (
        <>
          <SystemName code={system} name={nameOf(system)} />
          {mappingVersion !== null && (
            <Text size="sm" c="dimmed">
              mapping {mappingVersion}
            </Text>
          )}
        </>
      ),
    },
    {
      header: 'Kind',
      width: '8rem',
      value: ({ kind }) => errorKindInWords(kind),
      cell: ({ kind }) => <Badge color={kind === 'note' ? 'slate' : 'amber'}>{errorKindInWords(kind)}</Badge>,
    },
    {
      header: 'Entries',
      sort: 'entries',
      width: '6.5rem',
      figure: true,
      value: ({ entries }) => entries,
      cell: ({ entries, cause }) => (
        <TextLink to="/errors/entries" search={{ cause }}>
          {entries.toLocaleString('en')}
        </TextLink>
      ),
    },
    {
      header: 'Last',
      sort: 'last',
      width: '13rem',
      value: ({ lastAt }) => lastAt,
      cell: ({ firstAt, lastAt, entries }) => (
        <>
          <Time at={lastAt} />
          {entries > 1 && (
            <Text size="sm" c="dimmed">
              since <Time at={firstAt} />
            </Text>
          )}
        </>
      ),
    },
    ...(may.mayReplay || may.mayTie ? [actColumn(may)] : []),
  ];
}

const actColumn = ({ mayReplay, mayTie }: May): Column<ErrorCause> => ({
  header: 'Act',
  width: '7rem',
  // Only lines are replayed; a field is read again by itself once its mapping reads it.
  cell: ({ kind, code, cause, entries, path }) => (
    <>
      {kind === 'line' && mayReplay && (
        <ButtonLink
          variant="default"
          size="xs"
          to="."
          search={(before) => ({ ...before, replay: cause })}
          resetScroll={false}
          aria-label={`Replay ${countOf(entries, 'entry', 'entries')} of this cause`}
        >
          Replay
        </ButtonLink>
      )}
      {kind !== 'note' && code === 'unknown-code' && mayTie && (
        <ButtonLink
          variant="default"
          size="xs"
          to="."
          search={(before) => ({ ...before, tie: cause })}
          resetScroll={false}
          aria-label={`Tie codes at ${path}`}
        >
          Tie codes
        </ButtonLink>
      )}
    </>
  ),
});
