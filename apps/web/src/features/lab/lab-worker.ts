import '../../zod-without-eval.ts';
import {
  dialPeriods,
  show,
  tell,
  tryPeriods,
  type Cell,
  type DialPoint,
  type Show,
  type ShowInput,
  type ShownArm,
  type Story,
} from '@cinch/lab';

/** What the page asks of the worker, and what that answers. */
export type Asked =
  | { kind: 'show'; input: ShowInput }
  | { kind: 'periods'; input: ShowInput; arm: ShownArm['id'] }
  | { kind: 'story'; input: ShowInput; arm: ShownArm['id']; cell: Cell; day: number };

export type Answered =
  | { kind: 'progress'; done: number; of: number }
  | { kind: 'show'; show: Show }
  | { kind: 'periods'; points: DialPoint[] }
  | { kind: 'story'; story: Story }
  | { kind: 'failed'; detail: string };

const answer = (one: Answered) => postMessage(one);
const progress = (done: number, of: number) => answer({ kind: 'progress', done, of });

function work(asked: Asked): Answered {
  switch (asked.kind) {
    case 'show':
      return { kind: 'show', show: show(asked.input, progress) };
    case 'periods':
      return { kind: 'periods', points: tryPeriods(asked.input, asked.arm, dialPeriods, progress) };
    case 'story':
      return { kind: 'story', story: tell(asked.input, asked.arm, asked.cell, asked.day) };
  }
}

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  try {
    answer(work(data));
  } catch (error) {
    answer({ kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
  }
});
