import type { RefreshItem, RefreshRun } from '@cinch/api-contract';
import { List, Text } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { TextLink } from '../../components/link.tsx';
import { Loading } from '../../components/loaded.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { exceptionReasons, itemCodeInWords, kindInWords } from '../../texts.ts';
import { firstItemsQuery } from './queries.ts';

const kinds = Object.keys(exceptionReasons) as (keyof typeof exceptionReasons)[];
const shownOfAKind = 10;

/** What the closing sentence excepts, by name. The first few of each kind; the table below has them all. */
export function ExceptionList({ run }: { run: RefreshRun }) {
  const queries = useQueries({
    queries: kinds.map((kind) => firstItemsQuery(run, kind, shownOfAKind + 1)),
  });
  const error = queries.find((query) => query.error)?.error;
  if (error) return <ProblemAlert error={error} />;
  if (queries.some((query) => query.isPending)) return <Loading />;
  return (
    <List>
      {queries.flatMap(({ data }, place) => [
        ...(data?.items ?? []).slice(0, shownOfAKind).map((item) => (
          <List.Item key={item.seq}>
            <ExceptionLine item={item} />
          </List.Item>
        )),
        ...((data?.items ?? []).length > shownOfAKind
          ? [
              <List.Item key={`more-${place}`}>
                and more of the kind “{kindInWords(kinds[place]!)}”, listed below
              </List.Item>,
            ]
          : []),
      ])}
    </List>
  );
}

function ExceptionLine({ item }: { item: RefreshItem }) {
  const why = item.kind in exceptionReasons ? exceptionReasons[item.kind as keyof typeof exceptionReasons] : item.kind;
  return (
    <>
      {item.customerId ? (
        <TextLink to="/customers/$id" params={{ id: item.customerId }}>
          {item.customer || item.customerId}
        </TextLink>
      ) : (
        item.customer
      )}{' '}
      {item.sourceId}:{' '}
      <Text span inherit c="dimmed">
        {item.fields.length > 0 && `${item.fields.map(({ path }) => path).join(', ')}, `}
        {why}
        {item.code && ` (${itemCodeInWords(item.code)})`}
      </Text>
    </>
  );
}
