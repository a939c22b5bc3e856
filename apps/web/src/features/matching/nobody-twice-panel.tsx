import { Checkbox, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { systemsQuery } from '../../api/systems.ts';
import { useMay } from '../../api/may.ts';
import { EmptyView } from '../../components/empty-view.tsx';
import { Panel } from '../../components/panel.tsx';

interface Props {
  /** Codes, as the model that is shown says it. */
  duplicateFree: readonly string[];
  /** Goes into the draft. */
  onChange: (duplicateFree: string[]) => void;
}

/** Which systems hold nobody twice: two living rows of one are never linked by the hub itself. */
export function NobodyTwicePanel({ duplicateFree, onChange }: Props) {
  const systems = useQuery(systemsQuery).data ?? [];
  const mayPreview = useMay('POST /api/v1/rules/matching/preview');
  return (
    <Panel title="Systems that hold nobody twice">
      <Stack gap="sm">
        <Text size="sm" maw="46rem">
          Two living rows of such a system never become one customer by themselves, however alike they are: that is a
          question for a person. Say so only of a system that is kept free of duplicates. It goes into the draft, and
          holds once that is published.
        </Text>
        {systems.length === 0 ? (
          <EmptyView title="No systems yet">Add one under Systems.</EmptyView>
        ) : (
          <Checkbox.Group
            label="These hold nobody twice"
            value={[...duplicateFree]}
            onChange={(codes) => onChange(codes.toSorted())}
          >
            <Group gap="lg" mt="xs">
              {systems.map(({ code, name }) => (
                <Checkbox key={code} value={code} label={name} disabled={!mayPreview} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
      </Stack>
    </Panel>
  );
}
