import type { MatchPair } from '@cinch/api-contract';
import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { ActForm } from '../../components/decisions/act-form.tsx';
import { useReview } from './queries.ts';

/** Same or not the same, and why. */
export function VerdictForm({ pair }: { pair: MatchPair }) {
  const review = useReview(pair);
  const [same, setSame] = useState<boolean>();
  const noun = pair.records[0].kind === 'person' ? 'person' : 'organisation';
  return (
    <ActForm
      act={review}
      customerId={pair.records[0].customerId}
      wishOf={() => (same === undefined ? 'Say first whether they are the same.' : { same })}
      submit={same === undefined ? 'Decide' : same ? 'They are the same' : 'They are not the same'}
      means={meansOf(same)}
      isReasonOptional
      said={same ? 'The two are one customer now.' : 'The two stay two customers.'}
    >
      <Radio.Group
        label={`Are they the same ${noun}?`}
        value={same === undefined ? null : same ? 'same' : 'not-same'}
        onChange={(value) => setSame(value === 'same')}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="same" label={`The same ${noun}: make one customer of them`} />
          <Radio value="not-same" label="Not the same: keep them apart, whatever they say later" />
        </Stack>
      </Radio.Group>
    </ActForm>
  );
}

function meansOf(same: boolean | undefined): string {
  if (same === undefined) return 'Until you decide, they stay two customers, and each is refreshed by itself.';
  if (same)
    return 'One customer with the records of both; the rules decide over all their values anew, and the next refresh brings what survives to every system. Both ids stay valid. It can be undone.';
  return 'The hub never brings their records together by itself, and does not ask again. It can be undone.';
}
