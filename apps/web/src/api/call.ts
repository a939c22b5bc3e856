import type { Problem } from '@cinch/api-contract';
import { z } from 'zod';
import { presence } from './presence.ts';
import { problemIn, tellAnswer, tellConnection } from './connection.ts';
import { ownProblem, ProblemError } from './problem-error.ts';

type Query = Record<string, string | number | undefined>;

export async function read<T>(path: string, schema: z.ZodType<T>, query: Query, signal: AbortSignal): Promise<T> {
  return expect(schema, await request('GET', path + queryString(query), undefined, signal));
}

/** For what is asked with a text that must stand in no address. */
export async function ask<T>(path: string, schema: z.ZodType<T>, body: object, signal: AbortSignal): Promise<T> {
  return expect(schema, await request('POST', path, body, signal));
}

/** For acts whose answer is of use: `write` reads it by the schema. Without a schema the answer is not looked at. */
export async function write(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void>;
export async function write<T>(method: 'POST' | 'PUT', path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
export async function write<T>(method: string, path: string, body?: unknown, schema?: z.ZodType<T>): Promise<T | void> {
  const response = await request(method, path, body);
  if (schema) return expect(schema, response);
}

function queryString(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length > 0 ? `?${new URLSearchParams(given)}` : '';
}

async function request(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      signal: signal ?? null,
      headers: {
        accept: 'application/json',
        ...presence(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    tellConnection(false);
    throw new ProblemError(
      ownProblem(
        'no-answer',
        'The hub does not answer',
        'Check that it is running and that you are online, then try again.',
      ),
      cause,
    );
  }
  const said = await problemIn(response);
  tellAnswer(response, said);
  if (!response.ok) throw refusal(response, said);
  return response;
}

function refusal(response: Response, said: Problem | null): ProblemError {
  if (said) return new ProblemError(said);
  return new ProblemError(
    ownProblem(
      'unreadable-problem',
      `The hub answered ${response.status}`,
      'It did not say why. Try again, and look at its log if it happens once more.',
      response.status,
    ),
  );
}

async function expect<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new ProblemError(
    ownProblem(
      'unexpected-answer',
      'The hub answered in a form that this page does not know',
      `Reload the page: it may be older than the hub. ${z.prettifyError(parsed.error)}`,
    ),
    parsed.error,
  );
}
