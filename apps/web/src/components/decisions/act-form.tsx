import { Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { FormEnd } from '../form-end.tsx';
import { problemOf } from '../../api/problem-error.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { ContradictionList, withReplacing } from './contradiction-list.tsx';
import { contradictionsIn, type Contradiction } from './contradictions.ts';
import type { Sent } from './queries.ts';

interface Props<Wish extends object> {
  act: UseMutationResult<void, Error, Wish & Sent>;
  /** Whom it is about. */
  customerId?: string;
  /** What the form asks for; a text tells what is still missing. */
  wishOf: (entered: FormData) => Wish | string;
  submit: string;
  /** What will happen. */
  means: ReactNode;
  /** What is said once it has happened. */
  said: string;
  /** Closes the form; without it the form is the page itself. */
  onDone?: () => void;
  /** Decisions that are known beforehand to stand in the way. */
  inTheWay?: readonly Contradiction[];
  /** Of an undo the decision's own reason stays in the history; what is decided by the hundred needs none. */
  isReasonOptional?: boolean;
  children?: ReactNode;
}

/** Every act: its own fields, why, what will happen, and which decisions give way to it. */
export function ActForm<Wish extends object>(props: Props<Wish>) {
  const {
    act,
    customerId,
    wishOf,
    submit,
    means,
    said,
    onDone,
    inTheWay = [],
    isReasonOptional = false,
    children,
  } = props;
  const [missing, setMissing] = useState<string>();
  const refusedFor = contradictionsIn(act.error);
  const isWarned = act.error !== null && problemOf(act.error).code === 'holds-nobody-twice';
  const contradictions = refusedFor.length > 0 ? refusedFor : inTheWay;

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const wish = wishOf(entered);
    setMissing(typeof wish === 'string' ? wish : undefined);
    if (typeof wish === 'string') return;
    const reason = String(entered.get('reason') ?? '').trim();
    const replaces = contradictions.map(({ decisionId }) => decisionId);
    act.mutate(
      { ...wish, reason, replaces, ...(isWarned && { twice: true as const }) },
      {
        onSuccess: () => {
          notifications.show({ message: said, closeButtonProps: { 'aria-label': 'Close' } });
          onDone?.();
        },
      },
    );
  };

  return (
    <form onSubmit={send}>
      <Stack>
        {children}
        <Text size="sm">{means}</Text>
        <ReasonField isOptional={isReasonOptional} />
        <ContradictionList contradictions={contradictions} customerId={customerId} />
        {refusedFor.length === 0 && <ProblemAlert error={act.error} isWarning={isWarned} />}
        {missing && (
          <Text role="alert" c="red" size="sm">
            {missing}
          </Text>
        )}
        <FormEnd
          submit={withReplacing(isWarned ? 'Link them all the same' : submit, contradictions)}
          isPending={act.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

function ReasonField({ isOptional }: { isOptional: boolean }) {
  return (
    <Textarea
      label={isOptional ? 'Reason (optional)' : 'Reason'}
      description="Kept in the customer’s history, for whoever asks later."
      name="reason"
      required={!isOptional}
      maxLength={500}
      autosize
      minRows={2}
    />
  );
}
