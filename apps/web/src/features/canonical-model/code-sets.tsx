import type { ShapeList } from '@cinch/api-contract';
import { Badge, Button, Group, Text, TextInput, Textarea, VisuallyHidden } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { countOf } from '../../texts.ts';
import { codesAsText, codesFrom, idFrom, withCodeSet, withCodesWritten, withoutCodeSet } from './model-edit.ts';
import classes from './model-form.module.css';
import type { CanonicalModel, CodeSet } from '../../api/canonical-model-shape.ts';

/** The sets of the model in force, and those that every hub has. */
export function CodeSetTable({ model, shapes }: { model: CanonicalModel; shapes: ShapeList }) {
  const own = model.codeSets.map(({ id, label, codes }) => ({ id, label, codes: inForce(codes), ships: false }));
  const shipped = shapes.codeSets.map((set) => ({ ...set, ships: true }));
  return (
    <Panel title="Code sets" flush>
      <DataTable
        label="Code sets"
        columns={columns}
        rows={[...own, ...shipped]}
        rowKey={({ id }) => id}
        empty={{ title: 'No code sets' }}
      />
    </Panel>
  );
}

type Row = ShapeList['codeSets'][number] & { ships: boolean };
const shown = 6;

const columns: readonly Column<Row>[] = [
  {
    header: 'Code set',
    width: '22%',
    cell: ({ label, id }) => (
      <>
        {label}
        <Text size="xs" c="dimmed">
          {id}
        </Text>
      </>
    ),
  },
  { header: 'Codes', figure: true, width: '6rem', cell: ({ codes }) => codes.length.toLocaleString('en') },
  {
    header: 'Among them',
    cell: ({ codes }) =>
      codes
        .slice(0, shown)
        .map(({ code, label }) => `${label} (${code})`)
        .join(', ') + (codes.length > shown ? ' …' : ''),
  },
  { header: 'From', cell: ({ ships }) => (ships ? 'ships with the hub' : 'this model') },
];

interface FormProps {
  model: CanonicalModel;
  published: CanonicalModel;
  onChange: (model: CanonicalModel) => void;
  readOnly: boolean;
}

/** Sets of the draft, one code a line. */
export function CodeSetForm({ model, published, onChange, readOnly }: FormProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel title="Code sets of the draft" flush>
      <ul className={classes.rows} aria-label="Code sets of the draft">
        {model.codeSets.map((set) => {
          const was = published.codeSets.find(({ id }) => id === set.id);
          return (
            <li key={set.id}>
              <div className={classes.head}>
                <Text fw={600} size="sm">
                  {set.label}
                </Text>
                <Group gap="xs">
                  <Text size="sm">{countOf(inForce(set.codes).length, 'code')}</Text>
                  {JSON.stringify(was) !== JSON.stringify(set) && (
                    <Badge color={was ? 'amber' : 'lagoon'}>{was ? 'changed' : 'new'}</Badge>
                  )}
                </Group>
                {!readOnly && (
                  <Group gap="xs">
                    <Button
                      variant="default"
                      size="xs"
                      aria-expanded={open === set.id}
                      onClick={() => setOpen(open === set.id ? null : set.id)}
                    >
                      {open === set.id ? 'Done' : 'Change'}
                      <VisuallyHidden> the codes of {set.label}</VisuallyHidden>
                    </Button>
                    {!was && (
                      <Button variant="subtle" size="xs" onClick={() => onChange(withoutCodeSet(model, set.id))}>
                        Take out<VisuallyHidden> the set {set.label}</VisuallyHidden>
                      </Button>
                    )}
                  </Group>
                )}
              </div>
              {open === set.id && (
                <Codes set={set} onChange={(text) => onChange(withCodesWritten(model, published, set.id, text))} />
              )}
            </li>
          );
        })}
      </ul>
      {!readOnly && (
        <Group px="1.25rem" py="sm">
          {isAdding ? (
            <AddCodeSet
              taken={model.codeSets.map(({ id }) => id)}
              onAdd={(set) => {
                onChange(withCodeSet(model, set));
                setAdding(false);
              }}
              onClose={() => setAdding(false)}
            />
          ) : (
            <Button variant="default" onClick={() => setAdding(true)}>
              Add a code set
            </Button>
          )}
        </Group>
      )}
    </Panel>
  );
}

const howToWrite = 'One code a line: food = Food. With < food behind it, it is a part of that one.';

function Codes({ set, onChange }: { set: CodeSet; onChange: (text: string) => void }) {
  const [text, setText] = useState(() => codesAsText(set.codes));
  return (
    <Textarea
      label={`Codes of ${set.label}`}
      description={`${howToWrite} A line that is taken out retires its code.`}
      value={text}
      autosize
      minRows={4}
      maxRows={16}
      mt="xs"
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        onChange(value);
      }}
    />
  );
}

interface AddProps {
  taken: readonly string[];
  onAdd: (set: CodeSet) => void;
  onClose: () => void;
}

function AddCodeSet({ taken, onAdd, onClose }: AddProps) {
  const [label, setLabel] = useState('');
  const [text, setText] = useState('');
  const [id, codes] = [idFrom(label), codesFrom(text, [])];
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onAdd({ id, label: label.trim(), codes });
  };
  return (
    <form onSubmit={add} aria-label="Add a code set" style={{ flexGrow: 1 }}>
      <div className={classes.form}>
        <TextInput
          label="What the set is called"
          description={id && `Its id is ${id}.`}
          required
          value={label}
          error={taken.includes(id) ? 'There is one of this id already.' : undefined}
          onChange={({ currentTarget }) => setLabel(currentTarget.value)}
        />
        <Textarea
          label="Its codes"
          description={howToWrite}
          required
          value={text}
          autosize
          minRows={4}
          maxRows={16}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <Group gap="sm" mt="sm">
        <Button type="submit" disabled={id === '' || codes.length === 0 || taken.includes(id)}>
          Add the set to the draft
        </Button>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </Group>
    </form>
  );
}

function inForce(codes: CodeSet['codes']) {
  return codes.filter(({ retired }) => !retired);
}
