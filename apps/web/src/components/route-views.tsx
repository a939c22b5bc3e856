import { Button, Container, Text } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { TextLink } from './link.tsx';
import { PageFrame } from './page-frame.tsx';
import { ProblemAlert } from './problem-alert.tsx';

/** In place of the whole console: it brings its own landmark. */
export function ConsoleErrorView(props: ErrorComponentProps) {
  return (
    <main>
      <RouteErrorView {...props} />
    </main>
  );
}

/** A page that could not be shown at all. */
export function RouteErrorView({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Container size="sm" py="xl">
      <PageFrame title="This page could not be shown">
        <ProblemAlert error={error} />
        <div>
          <Button variant="default" onClick={() => void router.invalidate()}>
            Try again
          </Button>
        </div>
      </PageFrame>
    </Container>
  );
}

export function NotFoundView() {
  return (
    <Container component="main" size="sm" py="xl">
      <PageFrame title="There is no such page">
        <Text>
          The address may be mistyped. Start from the <TextLink to="/conflicts">conflicts</TextLink>, the{' '}
          <TextLink to="/customers">customers</TextLink> or the <TextLink to="/refreshes">refreshes</TextLink>.
        </Text>
      </PageFrame>
    </Container>
  );
}
