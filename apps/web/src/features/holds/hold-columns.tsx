import type { Hold } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { Time } from '../../components/time.tsx';
import { holdAnswerInWords } from '../../texts.ts';

export function holdColumns(state: 'open' | 'answered', mayAnswer: boolean): Column<Hold>[] {
  return [
    {
      header: 'System',
      width: '14%',
      value: ({ systemName }) => systemName,
      cell: ({ system, systemName }) => <SystemName code={system} name={systemName} />,
    },
    {
      header: 'What was seen',
      value: ({ question }) => question,
      cell: ({ question, isWhole }) => (
        <>
          {question}
          {isWhole && (
            <Text size="sm" c="dimmed">
              Nothing is sent to the system, and what it sends waits.
            </Text>
          )}
        </>
      ),
    },
    { header: 'Held', width: '18%', value: heldInWords, cell: (hold) => <Held hold={hold} /> },
    {
      header: 'Since',
      sort: 'opened',
      width: '14%',
      value: ({ openedAt }) => openedAt,
      cell: ({ openedAt }) => <Time at={openedAt} />,
    },
    ...(state === 'answered' ? [answeredColumn] : mayAnswer ? [answerColumn] : []),
  ];
}

const answerColumn: Column<Hold> = {
  header: 'Answer',
  width: '8rem',
  cell: ({ holdId, systemName, sourceId }) => (
    <ButtonLink
      from="/held"
      to="/held"
      search={(before) => ({ ...before, answer: holdId })}
      resetScroll={false}
      size="compact-sm"
      variant="light"
      color="amber"
      aria-label={`Answer the question about ${systemName} ${sourceId ?? 'as a whole'}`}
    >
      Answer
    </ButtonLink>
  ),
};

const answeredColumn: Column<Hold> = {
  header: 'Answered',
  width: '24%',
  value: ({ answer, answeredBy, answeredAt, answerReason }) =>
    [answer, answeredBy, answeredAt, answerReason].filter(Boolean).join(', '),
  cell: ({ answer, answeredBy, answeredAt, answerReason }) =>
    answer && (
      <>
        {holdAnswerInWords(answer)}
        <Text size="sm" c="dimmed">
          {answeredBy}, {answeredAt && <Time at={answeredAt} />}
          {answerReason && `: ${answerReason}`}
        </Text>
      </>
    ),
};

function Held({ hold }: { hold: Hold }) {
  const { customerId, sourceId, rows } = hold;
  if (customerId === null || rows !== 1) return heldInWords(hold);
  return (
    <TextLink to="/customers/$id" params={{ id: customerId }} underline="hover">
      {sourceId ?? customerId}
    </TextLink>
  );
}

function heldInWords({ rows, sourceId, isWhole }: Hold): string {
  if (isWhole && rows === 0) return 'The whole system';
  return rows === 1 && sourceId !== null ? sourceId : `${rows.toLocaleString('en')} rows`;
}
