import type { Customer } from '@cinch/api-contract';
import { Group } from '@mantine/core';
import { ButtonLink } from '../../components/link.tsx';
import type { CustomerAct } from '../../components/decisions/customer-act.ts';
import { useMayAct } from '../../components/decisions/may-act.ts';

const acts: readonly { act: NonNullable<CustomerAct['act']>; label: string }[] = [
  { act: 'pin', label: 'Pin a value' },
  { act: 'merge', label: 'Merge with another customer' },
  { act: 'split', label: 'Split off records' },
  { act: 'reopen', label: 'Reopen creation' },
];

/** What a steward may decide about the customer as a whole. One that is retired has nothing left to decide about. */
export function CustomerActs({ customer }: { customer: Customer }) {
  const mayAct = useMayAct();
  const several = customer.members.filter(({ state }) => state !== 'excluded').length > 1;
  const offered = acts.filter(({ act }) => mayAct(act) && (several || act !== 'split'));
  if (customer.state === 'retired' || offered.length === 0) return null;
  return (
    <Group component="nav" aria-label="Acts" gap="xs">
      {offered.map(({ act, label }) => (
        <ButtonLink
          key={act}
          to="/customers/$id"
          params={{ id: customer.customerId }}
          search={{ act }}
          resetScroll={false}
          variant="default"
          size="xs"
        >
          {label}
        </ButtonLink>
      ))}
    </Group>
  );
}
