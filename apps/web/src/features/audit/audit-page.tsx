import type { AuditEntry } from '@cinch/api-contract';
import { Button, Group, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { sentenceCase } from '../../texts.ts';
import { auditQuery, type AuditFilter } from './queries.ts';

const route = getRouteApi('/signed-in/audit');

const columns: readonly Column<AuditEntry>[] = [
  { header: 'When', value: ({ at }) => at, cell: ({ at }) => <Time at={at} seconds /> },
  {
    header: 'Who',
    value: ({ actor }) => actor,
    cell: ({ actor }) => (
      <TextLink to="." search={({ search }) => ({ search, actor })} title={`Only what ${actor} did`}>
        {actor}
      </TextLink>
    ),
  },
  { header: 'What', value: ({ act }) => act, cell: ({ act }) => sentenceCase(act) },
  { header: 'About', value: ({ subject }) => subject, cell: ({ subject }) => subject },
];

export function AuditPage() {
  const filter = route.useSearch();
  const query = useQuery(auditQuery(filter));
  const queryClient = useQueryClient();
  const readPage = async (cursor: string | undefined) => {
    const read = await queryClient.fetchQuery(auditQuery({ ...filter, cursor, limit: 200 }));
    return { rows: read.entries, nextCursor: read.nextCursor };
  };
  const isNarrowed = filter.actor !== undefined || filter.search !== undefined;
  return (
    <PageFrame
      title="Audit log"
      lead="Who did what, and when: log-ins, people, keys, systems, rules, decisions and refreshes. Nothing can be taken out of it."
    >
      <Panel flush>
        <Narrow key={`${filter.actor} ${filter.search}`} filter={filter} />
        <Loaded query={query}>
          {(page) => (
            <>
              <DataTable
                label="Audit log"
                columns={columns}
                rows={page.entries}
                rowKey={({ seq }) => seq}
                tools={{ file: 'audit', view: filter, page: readPage }}
                empty={{
                  title: isNarrowed ? 'Nothing was found' : 'Nothing has been done yet',
                  advice: isNarrowed ? 'Search for fewer words, or leave out the person.' : undefined,
                }}
              />
              <Pager cursor={filter.cursor} nextCursor={page.nextCursor} />
            </>
          )}
        </Loaded>
      </Panel>
    </PageFrame>
  );
}

function Narrow({ filter }: { filter: AuditFilter }) {
  const navigate = route.useNavigate();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const textOf = (name: string) => String(entered.get(name)).trim() || undefined;
    void navigate({ search: { actor: textOf('actor'), search: textOf('search'), hide: filter.hide } });
  };
  return (
    <form role="search" onSubmit={send}>
      <Group px="1.25rem" pt="sm" gap="sm" align="flex-end">
        <TextInput
          label="Who"
          name="actor"
          defaultValue={filter.actor}
          placeholder="E-mail or system"
          maxLength={300}
        />
        <TextInput label="What" name="search" defaultValue={filter.search} placeholder="key made" maxLength={300} />
        <Button type="submit" variant="default">
          Search
        </Button>
      </Group>
    </form>
  );
}
