import { z } from 'zod';
import { instantStated } from './instant-said.ts';

/** Who did what to what. Names no personal values: what was decided about a customer stands in its history. */
export const auditEntry = z
  .object({
    seq: z.int(),
    at: z.iso.datetime(),
    actor: z.string(),
    act: z.string(),
    subject: z.string(),
    /** From where the call came; null: from the hub itself, or before addresses were kept. */
    address: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntry>;
/** The latest first. */
export const auditPage = z
  .object({ entries: z.array(auditEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPage>;
/** `cursor` and `limit` stand beside it. */
export const auditSearch = z.object({
  actor: z.string().max(300).optional(),
  /** Somewhere in the act or its subject. */
  search: z.string().max(300).optional(),
  since: instantStated.optional(),
  /** Itself outside. */
  until: instantStated.optional(),
});
