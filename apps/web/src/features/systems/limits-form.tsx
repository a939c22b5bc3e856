import { systemLimits, type LimitName, type System } from '@cinch/api-contract';
import { Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { FormEnd } from '../../components/form-end.tsx';
import { brakes, fieldOf, fieldsOf, isShare, limitTyped, type LimitFields } from './limit-words.ts';
import { useSetLimits } from './queries.ts';

export function LimitsForm({ system, onDone }: { system: System; onDone: () => void }) {
  const [fields, setFields] = useState(() => fieldsOf(system.limits));
  const set = useSetLimits(system);
  const read = (Object.keys(fields) as LimitName[]).map((name) => [name, limitTyped(name, fields[name])] as const);
  const isWrong = read.some(([, value]) => value === undefined);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    set.mutate(systemLimits.parse(Object.fromEntries(read)), {
      onSuccess: () => {
        notifications.show({
          message: `${system.name} is braked by the new limits`,
          closeButtonProps: { 'aria-label': 'Close' },
        });
        onDone();
      },
    });
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack>
        <Text size="sm" c="dimmed">
          An empty field is the default, which stands in it. A share only counts from the number beside it on.
        </Text>
        {brakes.map(({ title, share, rows, noun }) => (
          <Fieldset key={title} legend={title}>
            <Group gap="md" align="start">
              {share && (
                <LimitField label={`More than, in % of the ${noun}`} {...{ system, fields, setFields }} name={share} />
              )}
              <LimitField
                label={share ? `And at least so many ${noun}` : `So many ${noun} are known`}
                {...{ system, fields, setFields }}
                name={rows}
              />
            </Group>
          </Fieldset>
        ))}
        <FormEnd
          submit="Use these limits"
          isPending={set.isPending}
          disabled={isWrong}
          error={set.error}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

interface FieldProps {
  label: string;
  name: LimitName;
  system: System;
  fields: LimitFields;
  setFields: (fields: LimitFields) => void;
}

function LimitField({ label, name, system, fields, setFields }: FieldProps) {
  const advice = isShare(name) ? 'A figure from 0 to 100' : 'A whole number, 0 or more';
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      w="min(15rem, 100%)"
      placeholder={fieldOf(name, system.defaultLimits[name])}
      value={fields[name]}
      error={limitTyped(name, fields[name]) === undefined && advice}
      onChange={({ currentTarget }) => setFields({ ...fields, [name]: currentTarget.value })}
    />
  );
}
