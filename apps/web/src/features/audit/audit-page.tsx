import type { AuditEntry } from '@cinch/api-contract';
import { Button, Group, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { TextLink } from '../../components/link.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { sentenceCase } from '../../texts.ts';
import { auditList, type AuditFilter } from './queries.ts';

const route = getRouteApi('/signed-in/audit');

const columns: readonly Column<AuditEntry>[] = [
  { header: 'When', width: '14rem', sort: 'at', value: ({ at }) => at, cell: ({ at }) => <Time at={at} seconds /> },
  {
    header: 'Who',
    width: '28%',
    value: ({ actor }) => actor,
    cell: ({ actor }) => (
      <TextLink to="." search={(before) => ({ ...before, actor })} title={`Only what ${actor} did`}>
        {actor}
      </TextLink>
    ),
  },
  { header: 'What', width: '24%', value: ({ act }) => act, cell: ({ act }) => sentenceCase(act) },
  { header: 'About', value: ({ subject }) => subject, cell: ({ subject }) => subject },
  { header: 'From', width: '10rem', value: ({ address }) => address, cell: ({ address }) => address ?? '–' },
];

export function AuditPage() {
  const filter = route.useSearch();
  const list = usePagedList(auditList(filter));
  const isNarrowed = filter.actor !== undefined || filter.search !== undefined;
  return (
    <PageFrame
      title="Audit log"
      lead="Who did what, when, and from which address: log-ins, people, keys, systems, rules, decisions and refreshes. Nothing can be taken out of it."
    >
      <Panel flush>
        <ListTable
          label="Audit log"
          list={list}
          columns={columns}
          view={filter}
          file="audit"
          filters={<Narrow key={`${filter.actor} ${filter.search}`} filter={filter} />}
          empty={{
            title: isNarrowed ? 'Nothing was found' : 'Nothing has been done yet',
            advice: isNarrowed ? 'Search for fewer words, or leave out the person.' : undefined,
          }}
        />
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
    void navigate({ search: (before) => ({ ...before, actor: textOf('actor'), search: textOf('search') }) });
  };
  return (
    <form role="search" onSubmit={send}>
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          label="Who"
          name="actor"
          defaultValue={filter.actor}
          placeholder="E-mail or system"
          maxLength={300}
        />
        <TextInput
          size="xs"
          label="What"
          name="search"
          defaultValue={filter.search}
          placeholder="key made"
          maxLength={300}
        />
        <Button size="xs" type="submit" variant="default">
          Search
        </Button>
      </Group>
    </form>
  );
}
