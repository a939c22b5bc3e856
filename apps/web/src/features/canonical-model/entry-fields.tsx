import type { ShapeList } from '@cinch/api-contract';
import { NativeSelect, TextInput, Textarea } from '@mantine/core';
import { isList, type Entry } from '../../api/canonical-model-shape.ts';
import { kindChoices, sensitivities } from './model-words.ts';
import classes from './model-form.module.css';

interface Props {
  entry: Entry;
  shapes: ShapeList;
  onChange: (entry: Entry) => void;
}

/** What may be changed of an attribute or a list at any time. Its id, number, shape and level never change. */
export function EntryFields({ entry, shapes, onChange }: Props) {
  const { kinds, matching } = entry;
  const roles = isList(entry) ? [] : (shapes.shapes.find(({ shape }) => shape === entry.shape)?.roles ?? []);
  const offered = shapes.roles.filter(({ role }) => roles.includes(role));
  const means = offered.find(({ role }) => role === matching)?.means;
  return (
    <div className={classes.form}>
      <TextInput
        label="Label"
        value={entry.label}
        onChange={({ currentTarget: { value } }) => onChange({ ...entry, label: value })}
      />
      <Textarea
        label="Description"
        value={entry.description ?? ''}
        autosize
        onChange={({ currentTarget: { value } }) => onChange(without(entry, 'description', value))}
      />
      <NativeSelect
        label="Sensitivity"
        value={entry.sensitivity}
        data={sensitivities}
        onChange={({ currentTarget: { value } }) => onChange({ ...entry, sensitivity: value })}
      />
      <NativeSelect
        label="Of whom"
        value={kinds.length === 1 ? kinds[0]! : 'both'}
        data={kindChoices}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...entry, kinds: value === 'both' ? ['person', 'organization'] : [value] })
        }
      />
      {offered.length > 0 && (
        <NativeSelect
          label="What it tells matching"
          description={means}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={matching ?? ''}
          data={[{ value: '', label: 'Nothing' }, ...offered.map(({ role, label }) => ({ value: role, label }))]}
          onChange={({ currentTarget: { value } }) => onChange(without(entry, 'matching', value))}
        />
      )}
      {!isList(entry) && (
        <TextInput
          label="Columns"
          description="What columns that hold it are called elsewhere, parted by commas: mappings are suggested by them."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={entry.columns.join(', ')}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...entry, columns: value === '' ? [] : value.split(',').map((one) => one.trimStart()) })
          }
        />
      )}
    </div>
  );
}

/** What is empty is left out. */
function without(entry: Entry, member: 'description' | 'matching', value: string): Entry {
  const { [member]: _, ...rest } = entry;
  return (value === '' ? rest : { ...rest, [member]: value }) as Entry;
}
