import { liveChange, type LiveChange } from '@cinch/api-contract';

/** After a break it is tried again so soon; where the hub answers but streams nothing, later. */
const againMs = 2_000;
const refusedAgainMs = 30_000;
/** The hub lets itself be heard each 15 seconds: after two silences the wire is dead, even if nobody has said so. */
const silentMs = 40_000;
const seldomMs = 30_000;

/** The part of an `EventSource` that is used. */
export interface LiveSource {
  addEventListener(name: string, listener: (event: { data?: string }) => void): void;
  close(): void;
}

interface Listening {
  /** The stream is open, for the first time or again: what was shown before may be old. */
  opened(): void;
  changed(change: LiveChange): void;
  /** The stream broke; resolves with whether the hub answers otherwise. */
  lost(): Promise<boolean>;
  source?: () => LiveSource;
}

let isLive = false;

/** How often, in milliseconds, a query asks by itself: seldom while the stream tells when there is something to ask for. */
export function unlessLive(ms: number): number {
  return isLive ? Math.max(ms, seldomMs) : ms;
}

/** The console's one stream. It is opened again whenever it breaks, until what is returned is called. */
export function listenLive({ opened, changed, lost, source = sourceOfHub }: Listening): () => void {
  let isOver = false;
  let current: LiveSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const after = (ms: number, work: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  const drop = () => {
    current?.close();
    current = null;
    isLive = false;
  };
  const broken = async (wasOpen: boolean) => {
    drop();
    clearTimeout(timer);
    const isRefused = (await lost()) && !wasOpen;
    if (!isOver) after(isRefused ? refusedAgainMs : againMs, open);
  };
  function open(): void {
    let wasOpen = false;
    const own = source();
    current = own;
    const heard = () => after(silentMs, () => void broken(true));
    own.addEventListener('ready', () => {
      wasOpen = isLive = true;
      heard();
      opened();
    });
    own.addEventListener('heartbeat', heard);
    own.addEventListener('changed', ({ data = '' }) => {
      heard();
      const parsed = liveChange.safeParse(JSON.parse(data));
      // A hub that is newer than this page may know of more.
      if (parsed.success) changed(parsed.data);
    });
    own.addEventListener('error', () => {
      if (own === current) void broken(wasOpen);
    });
  }

  open();
  return () => {
    isOver = true;
    clearTimeout(timer);
    drop();
  };
}

function sourceOfHub(): LiveSource {
  return new EventSource('/api/v1/live');
}
