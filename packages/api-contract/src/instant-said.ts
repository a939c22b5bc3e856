import { z } from 'zod';

/** When a value was said; null where the record came with it and stated no time. */
export const instantSaid = z.iso.datetime().nullable();
