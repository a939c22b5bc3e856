import { z } from 'zod';

/** The version of a document that was looked at: where another was published since, nothing is published. Without it the last one wins. */
export const baseVersion = z.int().nonnegative().optional();
