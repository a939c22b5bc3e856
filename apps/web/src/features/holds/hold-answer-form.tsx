import { holdAnswers, standingAnswers, type Hold, type HoldAnswer } from '@cinch/api-contract';
import { Button, Checkbox, Group, Radio, Stack, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { FormEnd } from '../../components/form-end.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { fromLocalField, toLocalField } from '../../components/local-instant.ts';
import { countOf, holdAnswerInWords } from '../../texts.ts';
import { useHoldAnswer, useHoldPreview } from './queries.ts';

type Chosen = HoldAnswer['answer'];

/** What was seen, and what it can have been. */
export function HoldAnswerForm({ hold, onDone }: { hold: Hold; onDone: () => void }) {
  const act = useHoldAnswer(hold);
  const [chosen, setChosen] = useState<Chosen>();
  const [missing, setMissing] = useState<string>();
  const preview = useHoldPreview(hold);
  const foreseen = preview.data?.answers.filter(({ answer }) => chosen === undefined || answer === chosen);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const answer = answerOf(chosen, new FormData(event.currentTarget));
    setMissing(typeof answer === 'string' ? answer : undefined);
    if (typeof answer === 'string') return;
    act.mutate(answer, {
      onSuccess: () => {
        notifications.show({
          message: 'Answered: what was held is derived anew.',
          closeButtonProps: { 'aria-label': 'Close' },
        });
        onDone();
      },
    });
  };

  return (
    <form onSubmit={send}>
      <Stack>
        <Text>{hold.question}</Text>
        {hold.readings && <Readings readings={hold.readings} />}
        <Radio.Group
          label={hold.reason === 'somebody-else' ? 'Who is it now?' : 'What was it?'}
          value={chosen ?? null}
          onChange={(value) => setChosen(value as Chosen)}
        >
          <Stack gap="xs" mt="xs">
            {holdAnswers[hold.reason].map((answer) => (
              <Radio
                key={answer}
                value={answer}
                label={holdAnswerInWords(answer)}
                description={meansOf(answer, hold)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {chosen === 'restored' && <RestoreFields hold={hold} />}
        {isStanding(chosen) && !hold.isWhole && (
          <Checkbox
            name="stands"
            label={`From now on, say so of every row of ${hold.systemName} that looks set back`}
            description="No question then; many rows at once are still one. The page of the system ends it."
          />
        )}
        <TextInput
          name="reason"
          label="Reason (optional)"
          description="Kept with the answer, for whoever asks later."
          maxLength={500}
        />
        {chosen === 'let-in' && hold.reason === 'newcomer' && hold.rows > 5 && (
          <TextInput
            name="count"
            label="How many rows are held"
            description={`Type ${hold.rows} to let them in.`}
            inputMode="numeric"
            autoComplete="off"
            required
          />
        )}
        <Group gap="sm">
          <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
            See what each answer would change
          </Button>
        </Group>
        <ProblemAlert error={preview.error} />
        {foreseen?.map(({ answer, reach }) => (
          <Stack key={answer} gap="xs">
            <Text fw={600}>{holdAnswerInWords(answer)}</Text>
            {reach ? <ReachReport reach={reach} /> : <Text size="sm">{notTried(answer)}</Text>}
          </Stack>
        ))}
        {chosen === 'thrown-back' && hold.passed > 0 && (
          <Checkbox
            name="alsoPassed"
            defaultChecked
            label={`Take back also what it changed so of ${countOf(hold.passed, 'record')} just before`}
            description="And what it only spelled otherwise since then."
          />
        )}
        {missing && (
          <Text role="alert" c="red" size="sm">
            {missing}
          </Text>
        )}
        <FormEnd submit="Answer" isPending={act.isPending} error={act.error} onCancel={onDone} />
      </Stack>
    </form>
  );
}

/** What the record said of who it is, and what it says now, side by side. */
function Readings({ readings: { before, now } }: { readings: NonNullable<Hold['readings']> }) {
  const attributes = [...new Map([...before, ...now].map(({ attribute, label }) => [attribute, label]))];
  const said = (reading: typeof before, id: string) =>
    reading.find(({ attribute }) => attribute === id)?.display ?? '–';
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">What it says of</Table.Th>
          <Table.Th scope="col">Before</Table.Th>
          <Table.Th scope="col">Now</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {attributes.map(([id, label]) => (
          <Table.Tr key={id}>
            <Table.Th scope="row">{label}</Table.Th>
            <Table.Td>{said(before, id)}</Table.Td>
            <Table.Td>{said(now, id)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function RestoreFields({ hold: { since, openedAt, isWhole, systemName } }: { hold: Hold }) {
  const latest = toLocalField(since ?? openedAt);
  return (
    <>
      <TextInput
        type="datetime-local"
        step={1}
        name="setBackTo"
        label="Set back to"
        description="When the backup was made."
        required
      />
      <TextInput
        type="datetime-local"
        step={1}
        name="restoredAt"
        label="Restored at"
        description="When it was put back: what is held was told after that."
        defaultValue={latest}
        max={latest}
        required
      />
      {!isWhole && (
        <Checkbox
          name="held"
          label="Only this row was set back"
          description={`Every other row of ${systemName} stays as it is.`}
        />
      )}
    </>
  );
}

function answerOf(chosen: Chosen | undefined, entered: FormData): HoldAnswer | string {
  if (chosen === undefined) return 'Say what it was first.';
  const answer = chosenOf(chosen, entered);
  const reason = String(entered.get('reason') ?? '').trim();
  return typeof answer === 'string' || reason === '' ? answer : { ...answer, reason };
}

function chosenOf(chosen: Chosen, entered: FormData): HoldAnswer | string {
  const count = entered.get('count');
  if (chosen === 'let-in' && count !== null) return { answer: chosen, count: Number(count) };
  if (chosen === 'thrown-back') return { answer: chosen, alsoPassed: entered.get('alsoPassed') !== null };
  if (isStanding(chosen)) return { answer: chosen, stands: entered.get('stands') !== null };
  if (chosen !== 'restored') return { answer: chosen };
  const [setBackTo, restoredAt] = ['setBackTo', 'restoredAt'].map((name) =>
    fromLocalField(String(entered.get(name) ?? '')),
  );
  if (!setBackTo || !restoredAt) return 'Name both instants.';
  return { answer: 'restored', setBackTo, restoredAt, rows: entered.get('held') === null ? 'all' : 'held' };
}

/** Whether it may be said of what looks so later as well. */
function isStanding(answer: Chosen | undefined): answer is (typeof standingAnswers)[number] {
  return standingAnswers.some((one) => one === answer);
}

function notTried(answer: Chosen): string {
  return answer === 'restored'
    ? 'That depends on the instants that you name.'
    : 'More is held than is tried out at once: the question above says what it is about.';
}

function meansOf(answer: Chosen, { systemName, rows, isWhole }: Hold): string {
  const andOthers = isWhole ? ' So does every row that looks so until it was listed once more.' : '';
  const these = rows === 1 ? 'the row' : 'these rows';
  switch (answer) {
    case 'restored':
      return `Its rows hold again what they held at that time. What it tells since counts once, and no edit of the lost days is lost.`;
    case 'drift':
      return `What is held never counts, and the next refresh overwrites ${these} with what is golden.${andOthers}`;
    case 'anew':
      return `What is held counts as the latest word of ${systemName}, and ${these} may begin with low versions again.${andOthers}`;
    case 'let-in':
      return `What is held counts, and so much is usual of ${systemName} from now on.`;
    case 'same-person':
      return `What is held counts, and what it says now is what the next news is held against.`;
    case 'somebody-else':
      return `The record begins again with what it says now: it leaves the customer, who keeps what was said before. What that changes elsewhere waits for the next refresh.`;
    case 'thrown-back':
      return `What is held never counts, told again it is no news, and the next refresh overwrites ${these} with what is golden.`;
  }
}
