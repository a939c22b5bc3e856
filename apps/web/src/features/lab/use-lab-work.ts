import { useCallback, useEffect, useRef, useState } from 'react';
import type { Answered, Asked } from './lab-worker.ts';

type Result<K> = Extract<Answered, { kind: K }>;

/** What the worker is at. */
export interface LabWork<K extends Asked['kind']> {
  result: Result<K> | null;
  /** What the result answers. */
  asked: Asked | null;
  isBusy: boolean;
  /** From 0 to 1. */
  progress: number;
  failure: string | null;
  start: (asked: Asked) => void;
  cancel: () => void;
}

/**
 * One kind of work, done in a worker of its own so that the page stays quick: a new start, a cancel and leaving the page end what is under
 * way. The program of the lab is loaded with the first start.
 */
export function useLabWork<K extends Asked['kind']>(kind: K): LabWork<K> {
  const worker = useRef<Worker | null>(null);
  const [answered, setAnswered] = useState<{ result: Result<K>; asked: Asked } | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);

  const cancel = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
    setProgress(null);
  }, []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(
    (asked: Asked) => {
      cancel();
      setFailure(null);
      setProgress(0);
      const own = new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module' });
      worker.current = own;
      const fail = (detail: string) => {
        cancel();
        setFailure(detail);
      };
      own.onerror = (event) => fail(event.message || 'The program of the lab could not be loaded.');
      own.onmessage = ({ data }: MessageEvent<Answered>) => {
        if (data.kind === 'progress') return setProgress(data.done / data.of);
        if (data.kind === 'failed') return fail(data.detail);
        if (data.kind === kind) setAnswered({ result: data as Result<K>, asked });
        cancel();
      };
      own.postMessage(asked);
    },
    [cancel, kind],
  );
  const { result = null, asked = null } = answered ?? {};
  return { result, asked, isBusy: progress !== null, progress: progress ?? 0, failure, start, cancel };
}
