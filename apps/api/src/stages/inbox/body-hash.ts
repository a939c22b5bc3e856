import { createHash, type Hash } from 'node:crypto';

/** Tells what was pushed under an idempotency key from anything else; the bytes of the body are still to be added. */
export function bodyHash(form: string, loadId: number | null): Hash {
  return createHash('sha256')
    .update(loadId === null ? form : `${form} ${loadId}`)
    .update('\0');
}
