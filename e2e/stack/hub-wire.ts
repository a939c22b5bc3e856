import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface HubWire {
  url: string;
  /** What any server or proxy on the way could log of each request: its address, and where it says that it comes from. */
  logged: string[];
  /** Whoever uses the wire finds nobody behind it, also those who were connected. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** A wire between browsers and the hub that can be cut: the hub itself goes on. */
export async function startHubWire(hubUrl: string): Promise<HubWire> {
  const hub = new URL(hubUrl);
  const sockets = new Set<Socket>();
  const logged: string[] = [];
  let server = await listening(0);
  const { port } = server.address() as AddressInfo;

  function listening(at: number): Promise<Server> {
    const made = createServer((client) => {
      const onward = connect(Number(hub.port), hub.hostname);
      for (const [socket, other] of [
        [client, onward],
        [onward, client],
      ] as const) {
        sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
      client.on('data', logHeads(logged));
    });
    return new Promise((resolve) => made.listen(at, '127.0.0.1', () => resolve(made)));
  }

  return {
    url: `http://127.0.0.1:${port}`,
    logged,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      server = await listening(port);
    },
  };
}

/** Takes the bytes of one connection as they come. A body ends without a line, so the next request begins where it stands. */
function logHeads(logged: string[]): (bytes: Buffer) => void {
  let rest = '';
  return (bytes) => {
    const lines = (rest + bytes.toString('latin1')).split('\r\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const [head] = /(GET|HEAD|POST|PUT|DELETE) \/\S* HTTP\/1\.1$|^(referer|origin|cookie): .*$/i.exec(line) ?? [];
      if (head !== undefined) logged.push(head);
    }
  };
}
