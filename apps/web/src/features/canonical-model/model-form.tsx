import type { ShapeList } from '@cinch/api-contract';
import { Badge, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { EntryFields } from './entry-fields.tsx';
import { entriesOf, withEntry, withoutEntry } from './model-edit.ts';
import classes from './model-form.module.css';
import type { CanonicalModel, Entry } from '../../api/canonical-model-shape.ts';
import { roleInWords, shapeInWords } from './model-words.ts';
import { Retiring } from './retiring.tsx';

interface Props {
  model: CanonicalModel;
  /** What the draft is compared with. */
  published: CanonicalModel;
  shapes: ShapeList;
  onChange: (model: CanonicalModel) => void;
  readOnly: boolean;
}

/** The model as a list of attributes, one of them open at a time. */
export function ModelForm({ model, published, shapes, onChange, readOnly }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const before = new Map(entriesOf(published).map((one) => [one.id, one]));
  return (
    <ul className={classes.rows} aria-label="Attributes and lists of the draft">
      {entriesOf(model).map((entry) => {
        const was = before.get(entry.id);
        const isOpen = open === entry.id;
        const change = (next: Entry) => onChange(withEntry(model, next));
        return (
          <li key={entry.id}>
            <div className={classes.head}>
              <div>
                <Text fw={600} size="sm">
                  {entry.label}
                </Text>
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  {entry.id}
                </Text>
              </div>
              <Group gap="xs">
                <Text size="sm">{shapeInWords(entry, shapes)}</Text>
                {entry.matching && (
                  <Text size="sm" c="dimmed">
                    tells matching: {roleInWords(entry.matching, shapes).toLowerCase()}
                  </Text>
                )}
                <Standing entry={entry} was={was} />
              </Group>
              {!readOnly && (
                <Group gap="xs">
                  <Button
                    variant="default"
                    size="xs"
                    aria-expanded={isOpen}
                    onClick={() => setOpen(isOpen ? null : entry.id)}
                  >
                    {isOpen ? 'Done' : 'Change'}
                    <VisuallyHidden> {entry.label}</VisuallyHidden>
                  </Button>
                  {was === undefined ? (
                    <Button variant="subtle" size="xs" onClick={() => onChange(withoutEntry(model, entry.id))}>
                      Take out<VisuallyHidden> {entry.label}</VisuallyHidden>
                    </Button>
                  ) : (
                    <Button variant="subtle" size="xs" onClick={() => change({ ...entry, retired: !entry.retired })}>
                      {entry.retired ? 'Bring back' : 'Retire'}
                      <VisuallyHidden> {entry.label}</VisuallyHidden>
                    </Button>
                  )}
                </Group>
              )}
            </div>
            {entry.retired && was?.retired === false && <Retiring id={entry.id} />}
            {isOpen && <EntryFields entry={entry} shapes={shapes} onChange={change} />}
          </li>
        );
      })}
    </ul>
  );
}

function Standing({ entry, was }: { entry: Entry; was: Entry | undefined }) {
  if (!was) return <Badge color="lagoon">new</Badge>;
  if (entry.retired !== was.retired) return <Badge color="amber">{entry.retired ? 'is retired' : 'comes back'}</Badge>;
  if (JSON.stringify(entry) !== JSON.stringify(was)) return <Badge color="amber">changed</Badge>;
  return entry.retired ? <Badge color="gray">retired</Badge> : null;
}
