import type { OwnRecord } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { TextLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { memberStateInWords } from '../../texts.ts';
import { customerQuery } from '../../api/customers.ts';
import { RecordLink } from '../../components/record-link.tsx';
import type { RecordAddress } from './queries.ts';
import classes from './record-place.module.css';

export function RecordPlace({ record, own }: { record: OwnRecord; own: RecordAddress }) {
  const { state, customerId, version, changedAt, mappingVersion, lastOffer } = record;
  return (
    <dl className={classes.facts}>
      <Fact name="State">
        <Text inherit fw={600}>
          {memberStateInWords(state)}
        </Text>
      </Fact>
      <Fact name="Customer">{customerId === null ? 'none yet' : <Customer id={customerId} />}</Fact>
      <Fact name="Elsewhere">{customerId === null ? 'nowhere yet' : <Elsewhere id={customerId} own={own} />}</Fact>
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

/** What other systems call the customer. */
function Elsewhere({ id, own }: { id: string; own: RecordAddress }) {
  const customer = useQuery(customerQuery(id)).data;
  if (!customer) return '…';
  const others = customer.members.filter(({ system, state }) => system !== own.system && state === 'live');
  if (others.length === 0) return 'in no other system';
  return others.map(({ recordId, system, systemName, sourceId }) => (
    <div key={recordId}>
      {systemName} <RecordLink system={system} sourceId={sourceId} />
    </div>
  ));
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
