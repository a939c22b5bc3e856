import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from './icons.tsx';
import { useState } from 'react';

/** What is typed goes to the URL after a short rest; what comes from the URL (Back, a link) shows in the box. */
export function SearchBox({ search, onSearch }: { search: string; onSearch: (search: string) => void }) {
  const [text, setText] = useState(search);
  const [sent, setSent] = useState(search);
  const [seen, setSeen] = useState(search);
  if (search !== seen) {
    setSeen(search);
    // What this box itself sent comes back late: by then the reader may have typed on.
    if (search !== sent) setText(search);
  }
  const send = useDebouncedCallback((next: string) => {
    setSent(next);
    onSearch(next);
  }, 250);
  return (
    <TextInput
      type="search"
      size="xs"
      aria-label="Search customers"
      placeholder="Name, phone, e-mail or any id"
      leftSection={<IconSearch size={16} aria-hidden />}
      value={text}
      maxLength={200}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        send(currentTarget.value.trim());
      }}
      w="20rem"
      maw="100%"
    />
  );
}
