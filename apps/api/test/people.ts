import { linkMade, type Role } from '@cinch/api-contract';
import { ListeningHub, type Answer } from './listening-hub.ts';

export interface TestPerson {
  userId: string;
  email: string;
  cookie: string;
  /** A call from the console, with the person's session. */
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

export const testPassword = 'a-long-test-password';

/** Invites a person, takes the invitation and logs in, all over the API. */
export async function aPerson(hub: ListeningHub, role: Role, name: string = role): Promise<TestPerson> {
  const email = `${name.toLowerCase().replaceAll(' ', '-')}@cinch.local`;
  const invited = await hub.asAdmin('POST', '/api/v1/users', { name, email, role });
  const { token, user } = linkMade.parse(invited.json());
  await hub.call('POST', '/api/v1/links/use', { body: { token, password: testPassword } });
  const cookie = await logIn(hub, email, testPassword);
  return {
    userId: user.userId,
    email,
    cookie,
    call: (method, path, body) => asPerson(hub, cookie, method, path, body),
  };
}

/** The cookie of a new session. */
export async function logIn(hub: ListeningHub, email: string, password: string): Promise<string> {
  const answer = await hub.call('POST', '/api/v1/session', { body: { email, password } });
  if (answer.status !== 200) throw new Error(`${email} cannot log in: ${answer.text}`);
  return answer.headers.getSetCookie()[0]!.split(';')[0]!;
}

export function asPerson(
  hub: ListeningHub,
  cookie: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  return hub.call(method, path, { headers: { cookie, 'sec-fetch-site': 'same-origin' }, body });
}
