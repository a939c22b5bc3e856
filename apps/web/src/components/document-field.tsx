import { Textarea } from '@mantine/core';
import classes from './document-field.module.css';

interface Props {
  id: string;
  label: string;
  text: string;
  onChange: (text: string) => void;
  mistake: string | undefined;
  readOnly: boolean;
}

/** A JSON document that a person reads and changes. */
export function DocumentField({ id, label, text, onChange, mistake, readOnly }: Props) {
  return (
    <Textarea
      id={id}
      label={label}
      value={text}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      error={mistake}
      readOnly={readOnly}
      spellCheck={false}
      autosize
      minRows={10}
      maxRows={24}
      classNames={{ input: classes.document }}
    />
  );
}
