import type { Customer, Member, SplitPreview } from '@cinch/api-contract';
import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Loading } from '../loaded.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import { SystemName } from '../system-name.tsx';
import { countOf, memberStateInWords } from '../../texts.ts';
import { itemKeyOf } from '../value-form.ts';
import { ActForm } from './act-form.tsx';
import classes from './options.module.css';
import { splitPreviewQuery, useSplit } from './queries.ts';

export function SplitForm({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const split = useSplit(customer);
  const members = customer.members.filter(({ state }) => state !== 'excluded');
  const [leaving, setLeaving] = useState<readonly number[]>([]);
  const isSplit = leaving.length > 0 && leaving.length < members.length;
  const preview = useQuery({ ...splitPreviewQuery(customer, leaving), enabled: isSplit });
  const toggle = (recordId: number) =>
    setLeaving((before) =>
      before.includes(recordId) ? before.filter((id) => id !== recordId) : [...before, recordId].sort((a, b) => a - b),
    );
  return (
    <ActForm
      act={split}
      customerId={customer.customerId}
      wishOf={() =>
        isSplit ? { records: [...leaving] } : 'Tick at least one record that leaves, and leave at least one that stays.'
      }
      submit={isSplit ? `Split off ${countOf(leaving.length, 'record')}` : 'Split off'}
      means="The records that leave become a customer of their own and are never brought together with those that stay, whatever they say, until you undo it. Both are judged anew from their own records."
      said="The records are split off. Undo it from the decisions."
      onDone={onDone}
      {...(isSplit && preview.data ? { inTheWay: preview.data.contradicts } : {})}
    >
      <fieldset className={classes.options}>
        <legend>Which records are of somebody else?</legend>
        {members.map((member) => (
          <RecordOption
            key={member.recordId}
            member={member}
            picked={leaving.includes(member.recordId)}
            onToggle={() => toggle(member.recordId)}
          />
        ))}
      </fieldset>
      {isSplit && preview.isPending && <Loading />}
      {isSplit && <ProblemAlert error={preview.error} />}
      {isSplit && preview.data && <Foreseen preview={preview.data} />}
    </ActForm>
  );
}

/** Of what a record says, the first in the order of the model: enough to know it by. */
const toldAtMost = 5;

function RecordOption({ member, picked, onToggle }: { member: Member; picked: boolean; onToggle: () => void }) {
  const { system, systemName, sourceId, state, holds } = member;
  const plain = holds.filter(({ attribute }) => itemKeyOf(attribute) === null);
  const told = plain.slice(0, toldAtMost).map(({ display }) => display);
  return (
    <label className={classes.option} data-picked={picked}>
      <input type="checkbox" checked={picked} onChange={onToggle} />
      <span>
        <SystemName code={system} name={systemName} /> <strong>{sourceId ?? 'without an id yet'}</strong>
        {state !== 'live' && ` (${memberStateInWords(state).toLowerCase()})`}
        <Text span size="sm" c="dimmed" display="block">
          {told.join(' · ')}
        </Text>
      </span>
    </label>
  );
}

function Foreseen({ preview: { stay, leave } }: { preview: SplitPreview }) {
  return (
    <Stack gap="xs" role="status">
      <Side title="What stays" side={stay} other="the records that leave" />
      <Side title="What leaves" side={leave} other="the records that stay" />
    </Stack>
  );
}

function Side({ title, side, other }: { title: string; side: SplitPreview['stay']; other: string }) {
  const records = side.records.map(({ systemName, sourceId }) => `${systemName} ${sourceId ?? ''}`.trim());
  return (
    <div>
      <Text size="sm">
        <strong>{title}:</strong> {records.join(', ')}.{' '}
        {side.loses.length === 0
          ? 'It loses no pin.'
          : `It loses ${countOf(side.loses.length, 'pin')}, which go${side.loses.length === 1 ? 'es' : ''} with ${other}:`}
      </Text>
      {side.loses.length > 0 && (
        <List size="sm">
          {side.loses.map(({ decisionId, label, display }) => (
            <List.Item key={decisionId}>
              {label}: {display || 'none'}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
