import { createServer } from 'node:net';

/** Whether somebody could listen there now. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once('error', () => answer(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => answer(true)));
  });
}

/** The wished port when it is free, else any. */
export async function freePort(wish = 0, host = '127.0.0.1'): Promise<number> {
  if (wish > 0 && wish <= 65_535 && (await isFree(wish, host))) return wish;
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => found(port));
    });
  });
}
