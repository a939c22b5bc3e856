import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconSearch } from '../../components/icons.tsx';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { systemsQuery } from '../../api/systems.ts';
import type { RecordAddress, RecordFilter } from './queries.ts';

export function FindRecordForm({ filter, onFind }: { filter: RecordFilter; onFind: (record: RecordAddress) => void }) {
  const systems = useQuery(systemsQuery).data ?? [];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const [system, id] = ['system', 'id'].map((name) => String(entered.get(name) ?? '').trim()) as [string, string];
    if (system !== '' && id !== '') onFind({ system, id });
  };
  return (
    // What the URL names stands in the fields, and the systems come later than the fields themselves.
    <form key={`${filter.system} ${filter.id} ${systems.length}`} onSubmit={submit}>
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label="System"
          name="system"
          defaultValue={filter.system ?? systems[0]?.code ?? ''}
          data={systems.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <TextInput label="Id in that system" name="id" defaultValue={filter.id ?? ''} required withAsterisk={false} />
        <Button type="submit" leftSection={<IconSearch size={16} aria-hidden />}>
          Find
        </Button>
      </Group>
    </form>
  );
}
