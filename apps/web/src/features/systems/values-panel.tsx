import { standardCounts, type StandardCounts, type System } from '@cinch/api-contract';
import { Group, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { read } from '../../api/call.ts';
import { useMay } from '../../api/may.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { percentOf } from '../../components/percent-of.ts';

type Counted = StandardCounts['attributes'][number];

const countsQuery = (code: string) =>
  queryOptions({
    queryKey: ['systems', code, 'standards'],
    queryFn: ({ signal }) => read(`/systems/${encodeURIComponent(code)}/standards`, standardCounts, {}, signal),
  });

/** How the values that the system told in the last 30 days fare by the rules that bring them into their form. */
export function ValuesPanel({ system }: { system: System }) {
  const query = useQuery(countsQuery(system.code));
  const seesErrors = useMay('GET /api/v1/errors');
  return (
    <Panel title="Values of the last 30 days" flush>
      <Text size="sm" c="dimmed" px="1.25rem" py="md">
        Every value of a row that told something new, by the rule of its attribute. What is doubted is in its form and
        fails a check of it: it is shown, and loses to a value that passes where the rule says so. What fails says
        nothing, and is kept as it was sent.
        {seesErrors && (
          <>
            {' '}
            <TextLink to="/errors" search={{ system: system.code, kind: 'field' }}>
              All that cannot be read now
            </TextLink>
          </>
        )}
      </Text>
      <Loaded query={query}>
        {({ attributes }) => (
          <DataTable
            label="Values by attribute"
            columns={columns(system.code)}
            rows={attributes}
            rowKey={({ attribute }) => attribute}
            empty={{ title: `${system.name} told nothing new in the last 30 days` }}
          />
        )}
      </Loaded>
    </Panel>
  );
}

const columns = (system: string): readonly Column<Counted>[] => [
  { header: 'Attribute', cell: ({ label }) => label },
  {
    header: 'Values',
    figure: true,
    cell: ({ passes, doubted, fails }) => (passes + doubted + fails).toLocaleString('en'),
  },
  {
    header: 'Doubted',
    figure: true,
    cell: (one) => <Share count={one.doubted} of={one} system={system} latest={one.doubtedSourceId} />,
  },
  {
    header: 'Failed',
    figure: true,
    cell: (one) => <Share count={one.fails} of={one} system={system} latest={one.failedSourceId} />,
  },
];

interface ShareProps {
  count: number;
  of: Counted;
  system: string;
  /** The record that it was met in last. */
  latest: string | null;
}

function Share({ count, of: { label, passes, doubted, fails }, system, latest }: ShareProps) {
  if (count === 0) return 'none';
  return (
    <Group gap="xs" justify="flex-end">
      {count.toLocaleString('en')} ({percentOf(count / (passes + doubted + fails))})
      {latest !== null && (
        <TextLink to="/records" search={{ system, id: latest }} aria-label={`The latest record with such a ${label}`}>
          latest
        </TextLink>
      )}
    </Group>
  );
}
