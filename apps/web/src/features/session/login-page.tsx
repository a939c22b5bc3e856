import { Button, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { isNotLoggedIn } from '../../api/problem-error.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Wordmark } from '../../components/wordmark.tsx';
import { useLogIn } from '../../api/session.ts';
import classes from '../../components/card-page.module.css';

const route = getRouteApi('/login');

export function LoginPage() {
  const { returnTo } = route.useSearch();
  const router = useRouter();
  const logIn = useLogIn();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    logIn.mutate(
      { email: String(form.get('email')).trim(), password: String(form.get('password')) },
      { onSuccess: () => void router.navigate({ href: returnTo }) },
    );
  };

  return (
    <main className={classes.page}>
      <title>Log in · Cinch</title>
      <Paper withBorder p="xl" className={classes.card}>
        <form onSubmit={submit}>
          <Stack>
            <Wordmark />
            <Title order={1} size="h3">
              Log in
            </Title>
            <TextInput
              label="E-mail"
              name="email"
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
            />
            <PasswordInput
              label="Password"
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed', tabIndex: 0 }}
            />
            <ProblemAlert
              error={logIn.error}
              title={isNotLoggedIn(logIn.error) ? 'You are not logged in' : undefined}
            />
            <Button type="submit" loading={logIn.isPending}>
              Log in
            </Button>
          </Stack>
        </form>
      </Paper>
    </main>
  );
}
