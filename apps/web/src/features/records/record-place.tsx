import type { OwnRecord } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { TextLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { memberStateInWords } from '../../texts.ts';
import { customerQuery } from '../../api/customers.ts';
import classes from './record-place.module.css';

export function RecordPlace({ record }: { record: OwnRecord }) {
  const { state, customerId, version, changedAt, mappingVersion, lastOffer } = record;
  return (
    <dl className={classes.facts}>
      <Fact name="State">
        <Text inherit fw={600}>
          {memberStateInWords(state)}
        </Text>
      </Fact>
      <Fact name="Customer">{customerId === null ? 'none yet' : <Customer id={customerId} />}</Fact>
      <Fact name="Version">{version ?? 'its system counts none'}</Fact>
      <Fact name="Changed">{changedAt === null ? 'not known' : <Time at={changedAt} seconds />}</Fact>
      <Fact name="Read by the mapping">{mappingVersion === null ? 'not read' : `version ${mappingVersion}`}</Fact>
      <Fact name="Last offer">{lastOffer === null ? 'none yet' : <Time at={lastOffer.at} seconds />}</Fact>
    </dl>
  );
}

function Customer({ id }: { id: string }) {
  const customer = useQuery(customerQuery(id)).data;
  return (
    <TextLink to="/customers/$id" params={{ id }} fw={600} underline="hover">
      {customer?.display ?? 'See the customer'}
    </TextLink>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
