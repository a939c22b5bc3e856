import type { LinkFound } from '@cinch/api-contract';
import { Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { ButtonLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Wordmark } from '../../components/wordmark.tsx';
import { NewPasswordFields, passwordFault } from '../../components/password-fields.tsx';
import classes from '../../components/card-page.module.css';
import { linkQuery, useLink } from './queries.ts';

/** Where an invitation or a reset leads: the person chooses a password. */
export function LinkPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  const query = useQuery(linkQuery(token));
  return (
    <main className={classes.page}>
      <title>Choose a password · Cinch</title>
      <Paper withBorder p="xl" className={classes.card}>
        <Stack>
          <Wordmark />
          <Title order={1} size="h3">
            Choose a password
          </Title>
          {token === '' ? (
            <Text>This address is cut short: copy the whole link, with all that stands behind the #.</Text>
          ) : (
            <Loaded query={query}>{(found) => <ChooseForm token={token} found={found} />}</Loaded>
          )}
        </Stack>
      </Paper>
    </main>
  );
}

function ChooseForm({ token, found }: { token: string; found: LinkFound }) {
  const link = useLink();
  const [fault, setFault] = useState<string | null>(null);
  if (link.isSuccess) {
    return (
      <>
        <Text role="status">Your password is set. The link does not work any more.</Text>
        <ButtonLink to="/login">Log in</ButtonLink>
      </>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const password = String(entered.get('next'));
    const wrong = passwordFault(password, String(entered.get('again')));
    setFault(wrong);
    if (wrong === null) link.mutate({ token, password });
    else link.reset();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>
          {found.purpose === 'invite'
            ? `Welcome, ${found.name}: you are invited to Cinch.`
            : `${found.name}, choose another password. You are then logged out everywhere.`}
        </Text>
        <TextInput label="E-mail" value={found.email} readOnly autoComplete="username" />
        <NewPasswordFields />
        {fault && (
          <Text role="alert" c="red" size="sm">
            {fault}
          </Text>
        )}
        <ProblemAlert error={link.error} />
        <Button type="submit" loading={link.isPending}>
          Set the password
        </Button>
      </Stack>
    </form>
  );
}
