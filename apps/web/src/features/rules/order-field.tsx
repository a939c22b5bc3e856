import { ActionIcon, Group, NativeSelect, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '../../components/icons.tsx';
import { useState } from 'react';
import { SystemName } from '../../components/system-name.tsx';
import { moved } from './rule-edit.ts';
import classes from './rule-form.module.css';

interface Props {
  order: readonly string[];
  systems: readonly string[];
  nameOf: (code: string) => string;
  onChange: (order: string[]) => void;
}

/** The order of systems, by buttons that go along with their system: pressed twice, it moves two places. */
export function OrderField({ order, systems, nameOf, onChange }: Props) {
  const [said, setSaid] = useState('');
  const move = (from: number, by: number) => {
    const next = moved(order, from, by);
    onChange(next);
    const code = order[from]!;
    setSaid(`${nameOf(code)} is number ${next.indexOf(code) + 1} of ${next.length}`);
  };
  const missing = systems.filter((code) => !order.includes(code));
  return (
    <div>
      <Text size="sm" fw={500} component="p" m={0}>
        Order of systems, the first one first
      </Text>
      <ol className={classes.order}>
        {order.map((code, place) => (
          <li key={code}>
            <span className={classes.place}>{place + 1}</span>
            <SystemName code={code} name={nameOf(code)} />
            <Group gap={4} ml="auto">
              {/* Not disabled: the keyboard would lose its place at either end. */}
              <ActionIcon
                variant="default"
                aria-label={`Move ${nameOf(code)} up`}
                aria-disabled={place === 0}
                onClick={() => move(place, -1)}
              >
                <IconArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label={`Move ${nameOf(code)} down`}
                aria-disabled={place === order.length - 1}
                onClick={() => move(place, 1)}
              >
                <IconArrowDown size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label={`Take ${nameOf(code)} out`}
                disabled={order.length === 1}
                onClick={() => onChange(order.filter((one) => one !== code))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ol>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {missing.length > 0 && (
        <NativeSelect
          label="Add a system at the end"
          value=""
          data={[{ value: '', label: 'Choose' }, ...missing.map((code) => ({ value: code, label: nameOf(code) }))]}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '') onChange([...order, value]);
          }}
        />
      )}
    </div>
  );
}
