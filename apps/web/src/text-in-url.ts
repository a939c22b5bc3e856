import { z } from 'zod';

/** A text in the URL that people may type by hand: one of digits alone comes as a number. */
export const textInUrl = z
  .union([z.string().max(200), z.number().transform(String)])
  .optional()
  .catch(undefined);
