/**
 * The results of work that goes on side by side in one transaction, once all of it has come to its end: what one part failed by must not
 * be rolled back to a savepoint while another still writes.
 */
export async function together<Work extends readonly unknown[] | []>(
  work: Work,
): Promise<{ -readonly [Part in keyof Work]: Awaited<Work[Part]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
