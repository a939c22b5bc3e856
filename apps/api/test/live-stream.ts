import { liveChange, type LiveChange, type LiveTopic } from '@cinch/api-contract';
import type { ListeningHub } from './listening-hub.ts';

interface Heard {
  event: string;
  change: LiveChange | null;
}

/** Somebody who listens to what changes in a hub. */
export class LiveStream {
  /** What has come and was not asked for yet. */
  private readonly heard: Heard[] = [];
  private wake: () => void = () => undefined;
  private isOver = false;

  private constructor(
    readonly response: Response,
    private readonly aborting: AbortController,
  ) {
    const over = () => {
      this.isOver = true;
      this.wake();
    };
    // One that is closed here breaks off; what was waited for then says so.
    this.read().then(over, over);
  }

  static async open(hub: Pick<ListeningHub, 'url'>, headers: Record<string, string>): Promise<LiveStream> {
    const aborting = new AbortController();
    const response = await fetch(`${hub.url}/api/v1/live`, { headers, signal: aborting.signal });
    const stream = new LiveStream(response, aborting);
    if (response.status === 200) await stream.next(({ event }) => event === 'ready');
    return stream;
  }

  /** The next change of the topic, or of one that it is asked about. */
  async changed(topic: LiveTopic, isMeant: (change: LiveChange) => boolean = () => true): Promise<LiveChange> {
    const { change } = await this.next((one) => one.change?.topics.includes(topic) === true && isMeant(one.change));
    return change!;
  }

  /** Resolves when the hub has ended the stream. */
  async ended(): Promise<'ended'> {
    while (!this.isOver) await this.more();
    return 'ended';
  }

  close(): void {
    this.aborting.abort();
  }

  private async next(isMeant: (one: Heard) => boolean): Promise<Heard> {
    for (;;) {
      const one = this.heard.shift();
      if (one && isMeant(one)) return one;
      if (one) continue;
      if (this.isOver) throw new Error('The stream has ended before what was waited for.');
      await this.more();
    }
  }

  private more(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }

  private async read(): Promise<void> {
    let text = '';
    for await (const bytes of this.response.body!.pipeThrough(new TextDecoderStream())) {
      const events = (text + bytes).split('\n\n');
      text = events.pop()!;
      this.heard.push(...events.map(heardIn));
      this.wake();
    }
  }
}

function heardIn(text: string): Heard {
  const [, event = ''] = /^event: (.*)$/m.exec(text) ?? [];
  const [, data = '{}'] = /^data: (.*)$/m.exec(text) ?? [];
  return { event, change: event === 'changed' ? liveChange.parse(JSON.parse(data)) : null };
}
