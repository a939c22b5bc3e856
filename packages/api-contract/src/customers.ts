import { z } from 'zod';
import { instantSaid } from './instant-said.ts';
import { recordStates } from './records.ts';

const json = z.json();

/** Where a value is from; what a person pinned is of the system `steward`. */
export const provenance = z.object({
  system: z.string(),
  sourceId: z.string().nullable(),
  at: instantSaid,
  /** The version of its system's mapping by which the value was read; null for what a person pinned. */
  mappingVersion: z.int().nullable(),
});

/** An assertion that does not win, and why, such as `older`, `supports`, `superseded`, `decided-against`, `not-owner`, `against-a-pin`. */
export const loser = z.object({
  system: z.string(),
  sourceId: z.string().nullable(),
  display: z.string(),
  at: instantSaid,
  why: z.string(),
});

export const goldenValue = z
  .object({
    attribute: z.string(),
    label: z.string(),
    value: json,
    /** The value as one line of text; empty when it was cleared, or the item was removed. */
    display: z.string(),
    /** The rule that decided, such as `most-recent`, `choice` or `pin`. */
    rule: z.string(),
    from: provenance,
    /** The choice or pin that decided. */
    decisionId: z.int().nullable(),
    /** The system that masters the attribute; null where it is shared. */
    owner: z.string().nullable(),
    /** What would make another value win. */
    flip: z.string().nullable(),
    losers: z.array(loser),
    /** True while a conflict is open: the value is shown, but nothing is delivered for it. */
    held: z.boolean(),
    conflictId: z.int().nullable(),
  })
  .meta({ id: 'GoldenValue' });
export type GoldenValue = z.infer<typeof goldenValue>;

export const member = z
  .object({
    recordId: z.int(),
    system: z.string(),
    systemName: z.string(),
    sourceId: z.string().nullable(),
    origin: z.enum(['push', 'hub']),
    state: z.enum(recordStates),
    version: z.int().nullable(),
    changedAt: z.iso.datetime().nullable(),
    /** What the system is known to hold, attribute by attribute, as it reads. */
    holds: z.array(
      z.object({
        attribute: z.string(),
        label: z.string(),
        display: z.string(),
        agrees: z.boolean(),
        /** A value that the system would not take, with its reason. */
        parked: z.object({ display: z.string(), code: z.string() }).nullable(),
      }),
    ),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof member>;

export const customer = z
  .object({
    customerId: z.string(),
    kind: z.enum(['person', 'organization']),
    display: z.string(),
    version: z.int(),
    state: z.enum(['live', 'retired']),
    changedAt: z.iso.datetime(),
    values: z.array(goldenValue),
    members: z.array(member),
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof customer>;

export const customerSummary = z.object({
  customerId: z.string(),
  kind: z.enum(['person', 'organization']),
  display: z.string(),
  phone: z.string(),
  email: z.string(),
  address: z.string(),
  systems: z.array(z.string()),
  openConflicts: z.int(),
});
export type CustomerSummary = z.infer<typeof customerSummary>;
export const customerPage = z
  .object({ customers: z.array(customerSummary), nextCursor: z.string().nullable() })
  .meta({ id: 'CustomerPage' });
export type CustomerPage = z.infer<typeof customerPage>;
/** Part of a name, phone, e-mail or address, or an id; `cursor` and `limit` stand beside it. */
export const customerSearch = z.object({ search: z.string().max(200) });

/**
 * `created`, `changed`: the golden record moved. `conflict-*`, `decision`, `delivery`, `pushed`, `heard`, `deleted`, `run-closed`: what moved
 * it or followed.
 */
export const historyEntry = z.object({
  at: z.iso.datetime(),
  what: z.string(),
  /** One sentence for the reader. */
  text: z.string(),
  attribute: z.string().nullable(),
  was: z.string().nullable(),
  now: z.string().nullable(),
  by: z.string().nullable(),
  reason: z.string().nullable(),
  runId: z.int().nullable(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;
export const customerHistory = z.object({ entries: z.array(historyEntry) }).meta({ id: 'CustomerHistory' });

/** The golden values that stood at the instant, as people read them; `version` null: the hub did not know the customer yet. */
export const customerAsOf = z
  .object({
    customerId: z.string(),
    at: z.iso.datetime(),
    version: z.int().nullable(),
    values: z.array(
      z.object({ attribute: z.string(), label: z.string(), display: z.string(), since: z.iso.datetime() }),
    ),
  })
  .meta({ id: 'CustomerAsOf' });
export type CustomerAsOf = z.infer<typeof customerAsOf>;

/** One field as a system has it: what it is known to hold, and what its view of the golden record is. */
const viewField = z.object({
  path: z.string(),
  attribute: z.string().nullable(),
  label: z.string().nullable(),
  holds: json,
  view: json,
  differs: z.boolean(),
});

/** The golden record as one system sees it, beside what it holds now. */
const systemView = z.object({
  system: z.string(),
  systemName: z.string(),
  /** Null where the customer has no record there: then the view is what one would be made with. */
  recordId: z.int().nullable(),
  sourceId: z.string().nullable(),
  goldenVersion: z.int(),
  mappingVersion: z.int(),
  fields: z.array(viewField),
  /** Values that are not sent. `parked`: the system changed or refused it before. `inexpressible`: its model cannot say it. `held`: a conflict is open. */
  exceptions: z.array(
    z.object({
      kind: z.enum(['parked', 'inexpressible', 'held']),
      attribute: z.string(),
      label: z.string(),
      code: z.string(),
    }),
  ),
});
export type SystemView = z.infer<typeof systemView>;
export const customerViews = z.object({ views: z.array(systemView) }).meta({ id: 'CustomerViews' });
export type CustomerViews = z.infer<typeof customerViews>;

/** The golden record as the asking system would write it: native path to value. */
export const ownView = z
  .object({ sourceId: z.string(), customerId: z.string(), goldenVersion: z.int(), fields: z.record(z.string(), json) })
  .meta({ id: 'OwnView' });
export type OwnView = z.infer<typeof ownView>;

/**
 * By day of UTC, the latest first: how many calls of the system for its own views the hub answered, and how many it could not answer. A record
 * that nobody knows is an answer. Calls that met no hub at all are not counted: it was not there to count.
 */
export const ownViewAnswers = z
  .object({
    system: z.string(),
    since: z.iso.date(),
    days: z.array(z.object({ day: z.iso.date(), answered: z.int(), unanswered: z.int() })),
  })
  .meta({ id: 'OwnViewAnswers' });
export type OwnViewAnswers = z.infer<typeof ownViewAnswers>;

/** What other systems call the customer of an own record: their living records, by system and key. `all`: how many there are. */
export const ownLinks = z
  .object({
    sourceId: z.string(),
    customerId: z.string(),
    links: z.array(z.object({ system: z.string(), sourceId: z.string() })),
    all: z.int(),
  })
  .meta({ id: 'OwnLinks' });
export type OwnLinks = z.infer<typeof ownLinks>;

/** In the order of the keys; the cursor is the key of the last one. */
export const ownViewPage = z
  .object({ customers: z.array(ownView), nextCursor: z.string().nullable() })
  .meta({ id: 'OwnViewPage' });
export type OwnViewPage = z.infer<typeof ownViewPage>;
