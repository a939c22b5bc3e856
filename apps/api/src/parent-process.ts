/**
 * The process that started the hub, when it listens: it holds the port with a progress page until the hub claims it, shows the
 * progress and prints the lines that belong on the console.
 */
export const parentProcess = {
  progress(text: string): void {
    send({ type: 'progress', text });
  },

  /** Resolves when the lines are out of this process, so that what is shown only once is not lost on the way. */
  ready(lines: readonly string[]): Promise<void> {
    if (process.send === undefined) {
      for (const line of lines) console.log(line);
      return Promise.resolve();
    }
    return new Promise((resolve) => process.send!({ type: 'ready', lines }, () => resolve()));
  },

  /** Asks for the port. A parent that does not answer holds no port. */
  claimPort(): Promise<void> {
    if (process.send === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(finish, 5_000);
      function finish() {
        clearTimeout(timer);
        process.off('message', onMessage);
        resolve();
      }
      function onMessage(message: unknown) {
        if (typeof message === 'object' && message !== null && 'type' in message && message.type === 'port-free')
          finish();
      }
      process.on('message', onMessage);
      send({ type: 'claim-port' });
    });
  },
};

function send(message: object): void {
  // A parent that is gone is noticed by `disconnect`; until then there is nobody to tell.
  if (process.connected) process.send?.(message, () => undefined);
}
