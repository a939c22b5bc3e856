import { z } from 'zod';
import { ProblemError } from '../../platform/problem-error.ts';

/** Of each kind of document: people publish a few a year. */
export const versionsShown = 200;

/** 0 is the version that ships. */
export const versionNumber = z.coerce.number().int().min(0).max(2_147_483_647);

export function noVersion(version: number): ProblemError {
  return new ProblemError('not-found', `There is no version ${version}: look at the list of versions.`);
}
