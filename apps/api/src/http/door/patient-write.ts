import type { ServerResponse } from 'node:http';
import { deadlines } from '@cinch/api-contract';

/**
 * Writes a part of a long answer and resolves once its reader has taken it: never more than a part is in memory. Says whether somebody
 * still reads; a reader that takes nothing for too long is cut off.
 */
export async function patientWrite(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (response.write(text)) return true;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => response.destroy(), deadlines.readerMs);
    const over = () => {
      clearTimeout(timer);
      response.off('drain', over).off('close', over);
      resolve();
    };
    response.on('drain', over).on('close', over);
  });
  return !response.destroyed;
}
