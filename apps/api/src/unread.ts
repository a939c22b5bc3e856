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

/** The rest of a body goes nowhere, within reason: a sender that is cut off while it writes does not get to read why. */
function readOff(request: IncomingMessage): void {
  let bytes = 0;
  const cut = () => request.socket.destroy();
  const timer = setTimeout(cut, deadlines.readOffMs);
  request.once('close', () => clearTimeout(timer));
  request.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > mostReadOff) cut();
  });
  request.resume();
}

function cutUnlessTaken(response: ServerResponse): void {
  const timer = setTimeout(() => response.destroy(), deadlines.readerMs);
  response.once('close', () => clearTimeout(timer));
}
