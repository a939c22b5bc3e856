import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '@cinch/api-contract';
import { isAnswerOfHub } from './connection.ts';

const answer = (status: number, type: string, code?: ProblemCode) => {
  const said = code === undefined ? null : { type: '', title: '', detail: '', status, code };
  return isAnswerOfHub(new Response('', { status, headers: { 'content-type': type } }), said);
};

describe('whether the hub answers', () => {
  it.each([
    [200, 'application/json', true],
    [401, 'application/problem+json', true],
    [500, 'application/problem+json', true],
    [502, 'application/problem+json', true],
    [502, 'text/html', false],
    [503, 'application/problem+json', false],
    [504, '', false],
  ])('takes %i with %s for: %s', (status, type, isAnswer) => {
    expect(answer(status, type)).toBe(isAnswer);
  });

  it.each([
    ['not-ready', false],
    ['database-away', false],
    ['database-busy', false],
    ['disk-full', true],
    ['database-read-only', true],
  ] as const)('takes 503 for %s for: %s', (code, isAnswer) => {
    expect(answer(503, 'application/problem+json', code)).toBe(isAnswer);
  });
});
