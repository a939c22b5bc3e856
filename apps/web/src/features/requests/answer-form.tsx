import type { ChangeRequest } from '@cinch/api-contract';
import { NativeSelect, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSystemName } from '../../api/systems.ts';
import { ActForm } from '../../components/decisions/act-form.tsx';
import { isMasked, Reveal } from '../../components/reveal.tsx';
import { useAnswer } from './queries.ts';
import { Change } from './request-columns.tsx';

export function AnswerForm({ request, onDone }: { request: ChangeRequest; onDone: () => void }) {
  const answer = useAnswer(request);
  const [verdict, setVerdict] = useState<'accept' | 'refuse'>();
  const ownerName = useSystemName()(request.owner);
  const { targets, systemName } = request;

  const wishOf = (entered: FormData) => {
    if (verdict === undefined) return 'Accept or refuse it first.';
    if (verdict === 'refuse') return { accepted: false };
    const target = String(entered.get('target') ?? targets[0] ?? '');
    return target === '' ? `Choose the record of ${ownerName} that is to get the value.` : { accepted: true, target };
  };

  return (
    <ActForm
      act={answer}
      customerId={request.customerId}
      wishOf={wishOf}
      submit={verdict === 'refuse' ? 'Refuse the request' : 'Accept the request'}
      means={meansOf(verdict, ownerName, systemName)}
      said={`The request is ${verdict === 'refuse' ? 'refused' : 'accepted'}. Undo it from the customer’s decisions.`}
      onDone={onDone}
    >
      <Stack gap={4}>
        <Text>
          <Change request={request} />
        </Text>
        {isMasked(request.display) && (
          <Reveal customerId={request.customerId} attribute={request.attribute} label={request.label} />
        )}
        <Text size="sm" c="dimmed">
          {systemName} {request.sourceId} asks {ownerName}, which owns it.
        </Text>
      </Stack>
      <Radio.Group
        label="Your answer"
        value={verdict ?? null}
        onChange={(value) => setVerdict(value === 'refuse' ? 'refuse' : 'accept')}
      >
        <Stack gap="xs" mt="xs">
          <Radio
            value="accept"
            label={`Accept: ${ownerName} takes the value over`}
            disabled={targets.length === 0}
            description={targets.length === 0 ? `The customer has no record in ${ownerName} that could take it.` : null}
          />
          <Radio value="refuse" label={`Refuse: the value of ${ownerName} stays`} />
        </Stack>
      </Radio.Group>
      {verdict === 'accept' && targets.length > 1 && (
        <NativeSelect
          label={`Record of ${ownerName} that gets the value`}
          description="The customer has several there."
          name="target"
          data={[{ value: '', label: 'Choose' }, ...targets]}
        />
      )}
    </ActForm>
  );
}

function meansOf(verdict: 'accept' | 'refuse' | undefined, owner: string, asker: string): string {
  if (verdict === 'accept')
    return `The next delivery brings the value to ${owner}; once ${owner} has taken it, it counts as its own word and goes to every system.`;
  if (verdict === 'refuse') return `The next refresh brings the value of ${owner} back to ${asker}.`;
  return `Until you answer, ${asker} keeps what it holds.`;
}
