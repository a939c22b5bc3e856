import type { Customer, CustomerSummary } from '@cinch/api-contract';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loaded } from '../loaded.tsx';
import { foundCustomersQuery } from '../../api/customers.ts';
import { SearchBox } from '../search-box.tsx';
import { useSystemName } from '../../api/systems.ts';
import { ActForm } from './act-form.tsx';
import classes from './options.module.css';
import { useMerge } from './queries.ts';

const shownAtOnce = 8;

export function MergeForm({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const merge = useMerge(customer);
  const [search, setSearch] = useState('');
  const [other, setOther] = useState<CustomerSummary>();
  return (
    <Stack>
      <Text size="sm">
        Find the customer that is the same {customer.kind === 'person' ? 'person' : 'organisation'}:
      </Text>
      <SearchBox search={search} onSearch={setSearch} />
      <ActForm
        act={merge}
        customerId={customer.customerId}
        wishOf={() => (other ? { with: other.customerId } : 'Pick the other customer first.')}
        submit="Merge"
        means={
          <>
            <strong>{customer.display}</strong> and <strong>{other?.display ?? 'the one you pick'}</strong> become one
            customer with the records of both, and the rules decide over all their values anew. Both ids stay valid.
            Where both have different pins, a conflict asks which binds.
          </>
        }
        said="The two are one customer now. Undo it from the decisions."
        onDone={onDone}
      >
        {search !== '' && <Found customer={customer} search={search} picked={other} onPick={setOther} />}
      </ActForm>
    </Stack>
  );
}

interface FoundProps {
  customer: Customer;
  search: string;
  picked: CustomerSummary | undefined;
  onPick: (customer: CustomerSummary) => void;
}

function Found({ customer, search, picked, onPick }: FoundProps) {
  const query = useQuery(foundCustomersQuery(search, shownAtOnce));
  return (
    <Loaded query={query}>
      {({ customers, nextCursor }) => {
        const others = customers.filter((one) => one.customerId !== customer.customerId && one.kind === customer.kind);
        if (others.length === 0)
          return (
            <Text size="sm" c="dimmed">
              No other {customer.kind === 'person' ? 'person' : 'organisation'} is found by “{search}”.
            </Text>
          );
        return (
          <fieldset className={classes.options}>
            <legend>Customers found{nextCursor && `, the first ${shownAtOnce}`}</legend>
            {others.map((one) => (
              <Option
                key={one.customerId}
                customer={one}
                picked={one.customerId === picked?.customerId}
                onPick={onPick}
              />
            ))}
          </fieldset>
        );
      }}
    </Loaded>
  );
}

function Option(props: { customer: CustomerSummary; picked: boolean; onPick: (customer: CustomerSummary) => void }) {
  const { customer, picked, onPick } = props;
  const nameOf = useSystemName();
  const { display, phone, email, address, systems } = customer;
  return (
    <label className={classes.option} data-picked={picked}>
      <input type="radio" name="other" checked={picked} onChange={() => onPick(customer)} />
      <span>
        <strong>{display}</strong>
        <Text span size="sm" c="dimmed" display="block">
          {[phone, email, address, systems.map(nameOf).join(' and ')].filter(Boolean).join(' · ')}
        </Text>
      </span>
    </label>
  );
}
