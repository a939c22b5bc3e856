/**
 * Makes of work a call that may be made at any time and any often: the work is done at once, then at most once at a time and with a rest in
 * between, and always once more after the last call. What is slow is thereby asked for less often. `restMs` in milliseconds.
 */
export function keepingUp(restMs: number, work: () => Promise<unknown>): () => void {
  let isBusy = false;
  let isWanted = false;
  const go = () => {
    [isBusy, isWanted] = [true, false];
    const done = () =>
      setTimeout(() => {
        isBusy = false;
        if (isWanted) go();
      }, restMs);
    work().then(done, done);
  };
  return () => {
    if (isBusy) isWanted = true;
    else go();
  };
}
