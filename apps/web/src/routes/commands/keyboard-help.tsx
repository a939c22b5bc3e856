import { Kbd, Table } from '@mantine/core';
import { ActDialog } from '../../components/act-dialog.tsx';
import type { Command } from './commands.ts';

const inLists = [
  { label: 'In a list: go from row to row', keys: ['↓', '↑', 'Page Down', 'Page Up', 'Home', 'End'] },
  { label: 'In a list: open the row', keys: ['Enter'] },
];

/** Every command that has keys. */
export function KeyboardHelp({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  return (
    <ActDialog title="Keys" onClose={onClose}>
      <Table aria-label="Keys">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">What it does</Table.Th>
            <Table.Th scope="col">Keys</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {commands
            .filter(({ keys }) => keys)
            .map(({ id, label, keys }) => (
              <Table.Tr key={id}>
                <Table.Td>{label}</Table.Td>
                <Table.Td>
                  <Keys keys={keys!} />
                </Table.Td>
              </Table.Tr>
            ))}
          {inLists.map(({ label, keys }) => (
            <Table.Tr key={label}>
              <Table.Td>{label}</Table.Td>
              <Table.Td>
                <Keys keys={keys} between=" " />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ActDialog>
  );
}

export function Keys({ keys, between = ' then ' }: { keys: readonly string[]; between?: string }) {
  return keys.map((key, place) => (
    <span key={key}>
      {place > 0 && between}
      <Kbd>{key.startsWith('mod+') ? `Ctrl ${key.slice(4)}` : key}</Kbd>
    </span>
  ));
}
