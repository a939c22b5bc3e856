import type { ShapeList } from '@cinch/api-contract';
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { idFrom } from './model-edit.ts';
import classes from './model-form.module.css';
import type { Attribute } from '../../api/canonical-model-shape.ts';
import { kindChoices, levels, sensitivities } from './model-words.ts';

interface Props {
  shapes: ShapeList;
  taken: readonly string[];
  codeSets: readonly { id: string; label: string }[];
  onAdd: (attribute: Omit<Attribute, 'number'>) => void;
  onClose: () => void;
}

/** A new attribute of the draft: what can never be changed later is asked here. */
export function AddAttribute({ shapes, taken, codeSets, onAdd, onClose }: Props) {
  const [label, setLabel] = useState('');
  const [ownId, setOwnId] = useState<string | null>(null);
  const [shape, setShape] = useState('text');
  const [role, setRole] = useState('');
  const id = ownId ?? idFrom(label);
  const chosen = shapes.shapes.find((one) => one.shape === shape);
  const roles = shapes.roles.filter((one) => chosen?.roles.includes(one.role));
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => (typeof form.get(name) === 'string' ? String(form.get(name)).trim() : '');
    const kinds = text('kinds');
    onAdd({
      id,
      label: label.trim(),
      shape,
      level: text('level') || 'customer',
      sensitivity: text('sensitivity'),
      kinds: kinds === 'both' ? ['person', 'organization'] : [kinds],
      retired: false,
      columns: [],
      ...(role !== '' && { matching: role }),
      ...(text('scheme') !== '' && { scheme: text('scheme') }),
      ...(text('codeSet') !== '' && { codeSet: text('codeSet') }),
    });
  };
  return (
    <form onSubmit={add} aria-label="Add an attribute">
      <div className={classes.form}>
        <TextInput
          label="Label"
          description="What people call it."
          required
          value={label}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
        />
        <TextInput
          label="Id"
          description="How mappings, rules and calls name it. It never changes."
          required
          value={id}
          error={taken.includes(id) ? 'There is one of this id already.' : undefined}
          onChange={({ currentTarget }) => setOwnId(currentTarget.value)}
        />
        <NativeSelect
          label="Shape"
          description={`${chosen?.means ?? ''}. It never changes.`}
          value={shape}
          data={shapes.shapes.map((one) => ({ value: one.shape, label: one.label }))}
          onChange={({ currentTarget }) => {
            setShape(currentTarget.value);
            setRole('');
          }}
        />
        {shape === 'identifier' && (
          <TextInput
            label="Scheme"
            description="Whose numbers they are, checked by its rules: such as eu.vat, fr.siren, us.ein or lei. Empty: one of its own. It never changes."
            name="scheme"
          />
        )}
        {shape === 'code' && (
          <NativeSelect
            label="Code set"
            description="The codes that it may be. It never changes; a set of its own is added to the draft first."
            name="codeSet"
            data={[
              { value: '', label: 'Any code' },
              ...codeSets.map(({ id: set, label: called }) => ({ value: set, label: called })),
            ]}
          />
        )}
        {chosen?.mayBeOfAccount && (
          <NativeSelect
            label="Belongs to"
            description="What belongs to an account is never brought to another system. It never changes."
            name="level"
            data={levels}
          />
        )}
        <NativeSelect label="Sensitivity" description="Who may see it." name="sensitivity" data={sensitivities} />
        <NativeSelect label="Of whom" description="Kinds of customer that it is for." name="kinds" data={kindChoices} />
        {roles.length > 0 && (
          <NativeSelect
            label="What it tells matching"
            description={roles.find((one) => one.role === role)?.means ?? 'Whether it helps to tell who is who.'}
            value={role}
            data={[{ value: '', label: 'Nothing' }, ...roles.map((one) => ({ value: one.role, label: one.label }))]}
            onChange={({ currentTarget }) => setRole(currentTarget.value)}
          />
        )}
      </div>
      <Group gap="sm" mt="sm">
        <Button type="submit" disabled={taken.includes(id)}>
          Add to the draft
        </Button>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </form>
  );
}
