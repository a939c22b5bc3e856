import type { IncomingMessage, ServerResponse } from 'node:http';
import { deadlines, mostReadOff } from '@cinch/api-contract';

/**
 * What becomes of an exchange once its answer is given. Node itself would read on for as long as somebody sends, and keep an answer that
 * nobody takes for as long as the connection stands.
 */
export function boundUnread(request: IncomingMessage, response: ServerResponse): void {
  response.once('prefinish', () => {
    if (!request.complete) readOff(request);
    if (response.writableLength > 0 || request.socket.writableLength > 0) cutUnlessTaken(response);
  });
}

/**
 * To be called before a refusal is written. Whoever is refused before it has sent all must not send its next request on this connection;
 * but a connection that is closed while it still sends is reset, and takes the answer with it. So only our half is closed for now.
 */
export function closeAfterRefusal(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) return;
  response.setHeader('connection', 'close');
  const { socket } = request;
  socket.destroySoon = () => void socket.end();
}

/**
 * The rest of a body goes nowhere: a little of it is read, the rest is left with its sender, who has so long to read why before it is cut
 * off. Reading on would cost more than the refusal has saved.
 */
function readOff(request: IncomingMessage): void {
  let bytes = 0;
  const timer = setTimeout(() => request.socket.destroy(), deadlines.readOffMs);
  request.once('close', () => clearTimeout(timer));
  request.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > mostReadOff) request.pause();
  });
  request.resume();
}

function cutUnlessTaken(response: ServerResponse): void {
  const timer = setTimeout(() => response.destroy(), deadlines.readerMs);
  response.once('close', () => clearTimeout(timer));
}
