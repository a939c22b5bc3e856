import type { Customer } from '@cinch/api-contract';
import { List, Text } from '@mantine/core';
import { useSystemName } from '../../api/systems.ts';
import { ActForm } from './act-form.tsx';
import { useReconsider } from './queries.ts';

interface Props {
  customer: Customer;
  attribute: string;
  onDone: () => void;
}

export function ReconsiderForm({ customer, attribute, onDone }: Props) {
  const nameOf = useSystemName();
  const value = customer.values.find((one) => one.attribute === attribute);
  const replaced = value?.losers.filter(({ why }) => why === 'superseded') ?? [];
  return (
    <ActForm
      act={useReconsider(customer)}
      wishOf={() => ({ attribute })}
      submit="Let them count again"
      means="What the hub delivered has replaced these values: they do not count any more. Reconsidered, they count as if nothing had been delivered, and the rules decide anew. The next refresh brings what wins to the systems."
      said={`Replaced values of ${value?.label ?? attribute} count again. Undo it from the decisions.`}
      onDone={onDone}
    >
      <div>
        <Text fw={600}>Replaced values of {value?.label ?? attribute}</Text>
        <List size="sm">
          {replaced.map(({ system, sourceId, display, at }) => (
            <List.Item key={`${system} ${sourceId} ${at} ${display}`}>
              {display || 'Cleared'}: {nameOf(system)} {sourceId}
            </List.Item>
          ))}
        </List>
      </div>
    </ActForm>
  );
}
