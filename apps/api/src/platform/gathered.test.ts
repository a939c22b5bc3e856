import { describe, expect, it } from 'vitest';
import { Gathered } from './gathered.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('questions that are gathered', () => {
  it('are asked together when they come at the same time, each gets its own answer', async () => {
    const asked: number[][] = [];
    const doubles = new Gathered<number, number>(async (numbers) => {
      asked.push([...numbers]);
      return numbers.map((number) => 2 * number);
    }, 3);
    expect(await Promise.all([1, 2, 3, 4].map((number) => doubles.ask(number)))).toEqual([2, 4, 6, 8]);
    expect(await doubles.ask(5)).toBe(10);
    expect(asked).toEqual([[1, 2, 3], [4], [5]]);
  });

  it('wait for one another only while two are under way', async () => {
    const open: (() => void)[] = [];
    const asked: string[] = [];
    const echo = new Gathered<string, string>((texts) => {
      asked.push(texts.join());
      return new Promise((resolve) => open.push(() => resolve(texts)));
    }, 10);
    const answers: Promise<string>[] = [];
    for (const text of ['a', 'b', 'c', 'd']) {
      answers.push(echo.ask(text));
      await turn();
    }
    expect(asked).toEqual(['a', 'b']);
    open[0]!();
    expect(await answers[0]).toBe('a');
    await turn();
    expect(asked).toEqual(['a', 'b', 'c,d']);
    for (const end of open) end();
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('fail alone where one answer fails, and all of one asking where that fails; later ones are asked', async () => {
    const picky = new Gathered<string, string>(async (texts) => {
      if (texts.includes('all')) throw new Error('no server');
      return texts.map((text) => (text === 'bad' ? Promise.reject(new Error('bad')) : text));
    }, 2);
    const ends = await Promise.allSettled(['good', 'bad', 'all', 'other', 'last'].map((text) => picky.ask(text)));
    expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : (end.reason as Error).message))).toEqual([
      'good',
      'bad',
      'no server',
      'no server',
      'last',
    ]);
  });
});
