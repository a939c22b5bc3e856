import type { IncomingMessage } from 'node:http';
import { smallPieces } from '@cinch/api-contract';

/** A piece of at least so many bytes is passed on as it is. */
const largeBytes = 4 * 1024;

/**
 * Gathers the small pieces of a body as they come off the connection, and gives up a body that comes in nothing else. Node keeps each chunk of
 * a chunked body by itself, which for chunks of one byte takes some three hundred times its bytes, and as much of the thread: whoever sends so
 * would exhaust the process long before any bound in bytes, and before anybody asks who it is.
 */
export function boundSmallPieces(request: IncomingMessage, giveUp: () => void): void {
  const push = request.push.bind(request);
  let [small, bytes, held] = [0, 0, 0];
  let room: Buffer | null = null;
  let isPlanned = false;
  const pass = () => {
    isPlanned = false;
    if (!room || held === 0 || request.destroyed) return;
    push(Buffer.from(room.subarray(0, held)));
    held = 0;
  };
  request.push = (piece: Buffer | null) => {
    if (piece === null || piece.length >= largeBytes) {
      pass();
      return push(piece);
    }
    if (piece.length < smallPieces.lessThanBytes) small += 1;
    bytes += piece.length;
    if (small > smallPieces.most && bytes < small * smallPieces.leastBytes) {
      // What came off the connection with it is parsed all the same.
      request.push = () => false;
      giveUp();
      return false;
    }
    if (held + piece.length > largeBytes) pass();
    room ??= Buffer.allocUnsafe(largeBytes);
    piece.copy(room, held);
    held += piece.length;
    // What comes off the connections in one round of the event loop is passed on at its end.
    if (!isPlanned) setImmediate(pass);
    isPlanned = true;
    return request.readableLength + held < request.readableHighWaterMark;
  };
}
