import { describe, expect, it } from 'vitest';
import { isAnswerOfHub } from './connection.ts';

const answer = (status: number, type: string) =>
  isAnswerOfHub(new Response('', { status, headers: { 'content-type': type } }));

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
});
