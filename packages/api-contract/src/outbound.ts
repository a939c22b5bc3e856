import { z } from 'zod';
import { reason } from './decisions.ts';

/** Whether the hub sends anything. While it is paused, systems are heard and plans are made, and nothing goes out. */
export const outbound = z
  .object({
    outbound: z.enum(['on', 'paused']),
    reason: z.string(),
    /** Null before anybody has used the switch. */
    setBy: z.string().nullable(),
    setAt: z.iso.datetime().nullable(),
    /** When the hub was restored from a backup, while it is paused for that. */
    restoredAt: z.iso.datetime().nullable(),
    /** Systems that have to be heard before it may send again. */
    mustHear: z.array(z.string()),
  })
  .meta({ id: 'Outbound' });
export type Outbound = z.infer<typeof outbound>;

export const outboundPut = z.object({ outbound: z.enum(['on', 'paused']), reason }).meta({ id: 'OutboundPut' });
