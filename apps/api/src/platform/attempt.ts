import { Logger } from '@nestjs/common';
import type { Tx } from './transaction.ts';

const log = new Logger('Pipeline');

/** Classes of SQLSTATE that speak of the data: data exceptions and broken constraints. */
const dataClasses = ['22', '23'];

/**
 * Whether the failure comes from what was being worked on, so that trying again cannot help. A lost connection, a full disk or a lock
 * says nothing about the data; an error of the code on it does.
 */
function isOfTheData(error: unknown): boolean {
  const state = (error as { code?: unknown }).code;
  if (typeof state === 'string') return state.length === 5 && dataClasses.includes(state.slice(0, 2));
  return error instanceof TypeError || error instanceof RangeError;
}

/** The work's result, or null when the data themselves made it fail; what it wrote is for its own transaction to undo. */
export async function unlessOfTheData<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!isOfTheData(error)) throw error;
    // Its message may quote values.
    const { name, code } = error as Error & { code?: string };
    log.warn(`A piece of work failed by ${code ?? name}: its rows are tried again with care.`);
    return null;
  }
}

/** The work's result, or by what the data themselves made it fail. */
export type Outcome<T> = { result: T } | { failure: unknown };

/** Where the data themselves make the work fail, all that it wrote is undone. */
export async function attempt<T>(tx: Tx, work: () => Promise<T>): Promise<Outcome<T>> {
  await tx.query('savepoint attempt');
  try {
    const result = await work();
    await tx.query('release savepoint attempt');
    return { result };
  } catch (error) {
    if (!isOfTheData(error)) throw error;
    await tx.query('rollback to savepoint attempt');
    // An attempt around this one goes by the same name.
    await tx.query('release savepoint attempt');
    return { failure: error };
  }
}

/** The work's result, after undoing all that it wrote. */
export async function rehearse<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.query('savepoint rehearsal');
  const result = await work();
  await tx.query('rollback to savepoint rehearsal');
  return result;
}
