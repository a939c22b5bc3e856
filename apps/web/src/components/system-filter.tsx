import { useQuery } from '@tanstack/react-query';
import { ChoiceFilter } from './table/choice-filter.tsx';
import { systemsQuery } from '../api/systems.ts';

/** Narrows a list to one system. */
export function SystemFilter({ system, onChoose }: { system: string | undefined; onChoose: (code?: string) => void }) {
  const systems = useQuery(systemsQuery).data ?? [];
  return (
    <ChoiceFilter
      label="System"
      all="All systems"
      value={system}
      choices={systems.map(({ code, name }) => ({ value: code, label: name }))}
      onChoose={onChoose}
    />
  );
}
