import { longest, most } from '@cinch/canonical-model/limits';
import { z } from 'zod';
import { baseVersion } from './base-version.ts';
import { systemComparison } from './comparison.ts';
import { perhapsReason } from './decisions.ts';
import { instantStated } from './instant-said.ts';
import { standingAnswers } from './holds.ts';
import { seenCount } from './reach.ts';
import { brakeReason } from './refreshes.ts';

export const systemCode = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'lower-case letters, digits and hyphens, 2 to 40, a letter first')
  .refine((code) => code !== 'steward', 'what people decide is of the source steward: choose another code');

/** A predicate is `everybody`, `nobody`, or an object with one of `all`, `any`, `not`, `kind` and `attribute`. */
const scope = z
  .object({
    create: z.json().describe('Who is given a record in the system when the customer has none there'),
    keep: z.json().describe('Whose record still belongs there'),
  })
  .meta({ id: 'Scope' });

/** A share, from 0 to 1. Null: the default holds. */
const share = z.number().min(0).max(1).nullable().default(null);
const rows = z.int().min(0).max(1_000_000_000).nullable().default(null);

/** Up to where the system may be changed without a person looking. A limit that is null, or left out, is the default. */
export const systemLimits = z
  .object({
    changedShare: share.describe('Of its rows, so many may be written by all rounds of a refresh'),
    changedRows: rows.describe('Fewer written rows than that never brake'),
    createdShare: share.describe('Of its rows, so many may be made by a refresh, or between refreshes in an hour'),
    createdRows: rows.describe('Fewer made rows than that never brake'),
    valuesShare: share.describe('Of its rows, so many may get another value of one attribute'),
    valuesRows: rows.describe('Fewer changed values of an attribute than that never brake'),
    emptiedShare: share.describe('Of its rows, so many may lose their value of one attribute'),
    emptiedRows: rows.describe('Fewer emptied values of an attribute than that never brake'),
    kindShare: share.describe('Of its rows, so many may be turned from a person into a business, or back'),
    kindRows: rows.describe('Fewer turned rows than that never brake'),
    surplusShare: share.describe('Of its rows, so many may be missing or surplus'),
    surplusRows: rows.describe('Fewer missing or surplus rows than that never brake'),
    emptyRows: rows.describe('It may list nothing while fewer records than that are known of it'),
    laneShare: share.describe('Of its records, so many may be sent between refreshes in an hour'),
    laneRows: rows.describe('Fewer sent in an hour than that never brake'),
    sweptShare: share.describe('Of its records, so many may be flagged as old by one load'),
    sweptRows: rows.describe('Fewer flagged records than that never make a load wait'),
    inboundShare: share.describe('Of its records, so many may tell another value of one attribute within ten minutes'),
    inboundRows: rows.describe('Fewer records that tell another value than that are never held'),
    suspectedRows: rows.describe(
      'As soon as so many rows are suspected of having been set back, the whole system is held',
    ),
  })
  .meta({ id: 'SystemLimits' });
export type SystemLimits = z.infer<typeof systemLimits>;
export type LimitName = keyof SystemLimits;
const limitNames = Object.keys(systemLimits.shape) as LimitName[];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as clocks show it, from 00:00 to 23:59');
const timeZone = z.string().max(64).refine(isTimeZone, 'a time zone by its name, such as Europe/Berlin or UTC');
/** Off: the plan waits for a person. On: it is applied when no brake holds it, and the system is armed. */
const applies = z.boolean().default(false);
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** When a system is refreshed without anybody asking. A time that the clocks of the zone skip or show twice on a day is due once that day. */
export const systemSchedule = z
  .discriminatedUnion('every', [
    z.object({ every: z.literal('never'), applies }),
    z.object({ every: z.literal('hours'), hours: z.int().min(1).max(168), applies }),
    z.object({ every: z.literal('day'), at: timeOfDay, zone: timeZone, applies }),
    z.object({ every: z.literal('week'), day: z.enum(weekdays), at: timeOfDay, zone: timeZone, applies }),
  ])
  .meta({ id: 'SystemSchedule' });
export type SystemSchedule = z.infer<typeof systemSchedule>;

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const system = z
  .object({
    code: z.string(),
    name: z.string(),
    mappingVersion: z.int().nullable(),
    /** Off: the hub observes only. Armed: a refresh may write. */
    outbound: z.enum(['off', 'armed']),
    /** New: what it would change of others' customers waits for a person, five excepted. On: all that it tells counts. */
    mastering: z.enum(['new', 'on']),
    /** On: a change made by a push or a steward's act goes out within seconds, between refreshes. */
    lane: z.enum(['off', 'on']),
    /** Why the lane has paused itself: so many records would have gone out within an hour. Setting the lane again lets it go on. Null: it has not. */
    laneBraked: brakeReason
      .partial({ code: true })
      .extend({
        at: z.iso.datetime(),
        /** So often the hub died over the lane while it tried nothing else: that is why, and no number of records. */
        deaths: z.int().optional(),
      })
      .nullable(),
    /**
     * What was published since the system was proved last, so that the lane waits for a refresh: `rules`, `scope`, or `mapping` and the code
     * of a system. Null: it does not wait.
     */
    laneWaits: z.array(z.string()).nullable(),
    /**
     * What a person said of rows of it that look set back, and is said of each that comes to look so since. `once`: until it has been listed
     * once more, after an answer about the whole system. Null: each is a question.
     */
    standingAnswer: z
      .object({ answer: z.enum(standingAnswers), by: z.string(), at: z.iso.datetime(), once: z.boolean() })
      .nullable(),
    limits: systemLimits,
    /** What holds where a limit is null. */
    defaultLimits: z.object(
      Object.fromEntries(limitNames.map((name) => [name, z.number()])) as Record<LimitName, z.ZodNumber>,
    ),
    comparison: systemComparison,
    schedule: systemSchedule,
    /** When the schedule starts a run next. */
    nextRunAt: z.iso.datetime().nullable(),
    /** What came of the last instant that was due: a run, or why there was none. */
    lastScheduled: z
      .object({ dueAt: z.iso.datetime(), runId: z.int().nullable(), skipped: z.string().nullable() })
      .nullable(),
    /** Paused: what the system pushes is answered with 429, to be sent again later. */
    inbound: z.enum(['on', 'paused']),
    scope,
    scopeVersion: z.int().describe('How often the scope was set: the baseVersion of what replaces it'),
    adapterUrl: z.string().nullable(),
    /** What an admin should know of how the adapter is reached, in sentences. */
    warnings: z.array(z.string()),
    /** That were made and not revoked. */
    keys: z.int(),
    records: z.int(),
    waiting: z.int(),
    lastRun: z
      .object({
        runId: z.int(),
        phase: z.string(),
        closing: z.string().nullable(),
        closedAt: z.iso.datetime().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'System' });
export type System = z.infer<typeof system>;
export const systemList = z.object({ systems: z.array(system) }).meta({ id: 'SystemList' });

/** No page may ever lead by it to anything but the web. */
export const adapterAddress = z
  .url({ protocol: /^https?$/, error: 'an address that begins with http:// or https://' })
  .max(longest.address);
export const adapterToken = z.string().max(longest.token);

export const systemCreate = z
  .object({
    code: systemCode,
    name: z.string().min(1).max(80),
    adapterUrl: adapterAddress.nullable().optional(),
    adapterToken: adapterToken.nullable().optional(),
    /** Without it nobody is given a record there, and every record that is there belongs. */
    scope: z.json().optional(),
  })
  .meta({ id: 'SystemCreate' });
export type SystemCreate = z.infer<typeof systemCreate>;

export const laneSet = z.object({ lane: z.enum(['off', 'on']) }).meta({ id: 'LaneSet' });
export const inboundSet = z.object({ inbound: z.enum(['on', 'paused']) }).meta({ id: 'InboundSet' });
/** Null: each row that looks set back is a question again. */
export const standingAnswerSet = z
  .object({ answer: z.enum(standingAnswers).nullable() })
  .meta({ id: 'StandingAnswerSet' });
export const masteringSet = z.object({ mastering: z.enum(['new', 'on']) }).meta({ id: 'MasteringSet' });
export const outboundSet = z.object({ outbound: z.enum(['off', 'armed']) }).meta({ id: 'OutboundSet' });

/** The document's own form is checked by the scope validator, which lists every mistake with its place. */
export const scopePut = z
  .object({ scope: z.json(), reason: perhapsReason, baseVersion, count: seenCount })
  .meta({ id: 'ScopePut' });
export const scopePreviewRequest = z.object({ scope: z.json() }).meta({ id: 'ScopePreviewRequest' });

/** The system was restored: it holds again what it held at `setBackTo`, and what it says from `restoredAt` on is new. */
export const restoreNote = z
  .object({
    setBackTo: instantStated,
    /** Now, when it is left out. */
    restoredAt: instantStated.optional(),
  })
  .meta({ id: 'RestoreNote' });
const restore = z.object({
  setBackTo: z.iso.datetime(),
  restoredAt: z.iso.datetime(),
  notedBy: z.string(),
  notedAt: z.iso.datetime(),
});
export type Restore = z.infer<typeof restore>;
/** The latest first. */
export const restoreList = z.object({ restores: z.array(restore) }).meta({ id: 'RestoreList' });

/** The document's own form is checked by the mapping validator, which lists every mistake with its place. */
export const mappingPut = z
  .object({
    document: z.json(),
    reason: perhapsReason,
    baseVersion,
    count: seenCount,
  })
  .meta({ id: 'MappingPut' });
export const mappingPreviewRequest = z.object({ document: z.json() }).meta({ id: 'MappingPreviewRequest' });
export const mappingPublished = z
  .object({ system: z.string(), version: z.int(), publishedAt: z.iso.datetime(), document: z.json() })
  .meta({ id: 'MappingPublished' });
export type MappingPublished = z.infer<typeof mappingPublished>;

/**
 * What is compared of the system's rows and what counts as one, by the mapping in force: two rows are equal when they are equal by this
 * document. Values are equal as the mapping reads them; what it cannot read is equal only to its very spelling.
 */
export const projection = z
  .object({
    format: z.literal(1),
    system: z.string(),
    mappingVersion: z.int(),
    /** Ways to write nothing, which are all one. */
    nothing: z.array(z.string()),
    values: z.literal('as-read'),
    places: z.array(
      z.object({ attribute: z.string(), kinds: z.array(z.string()), paths: z.array(z.string()), absent: z.string() }),
    ),
    lists: z.array(
      z.object({
        list: z.string(),
        path: z.string(),
        where: z.record(z.string(), z.json()),
        order: z.literal('any'),
        /** Members by which an element is known: no two are equal in them. */
        key: z.array(z.string()),
        members: z.array(z.string()),
        absent: z.string(),
      }),
    ),
  })
  .meta({ id: 'Projection' });

/** Every version that was published, the latest first; it is the one in force. An older one is put back by publishing its document anew. */
export const mappingVersionList = z
  .object({
    versions: z.array(
      z.object({ version: z.int(), publishedAt: z.iso.datetime(), publishedBy: z.string(), document: z.json() }),
    ),
  })
  .meta({ id: 'MappingVersionList' });
export type MappingVersionList = z.infer<typeof mappingVersionList>;

/** Codes of a system that its mapping does not know, at one place: one fault, however many records wait for it. */
export const unknownCodes = z
  .object({
    system: z.string(),
    path: z.string(),
    /** The code set; null where the mapping has a table of its own. */
    set: z.string().nullable(),
    /** What they may be tied to. */
    offered: z.array(z.object({ code: z.string(), label: z.string() })),
    /** The most frequent first. */
    codes: z.array(z.object({ native: z.string(), records: z.int() })),
    /** Records that wait for one of them. */
    records: z.int(),
  })
  .meta({ id: 'UnknownCodes' });
export type UnknownCodes = z.infer<typeof unknownCodes>;

export const codesTied = z
  .object({
    path: z.string().min(1).max(longest.path),
    ties: z
      .array(z.object({ native: z.string().min(1).max(longest.word), code: z.string().min(1).max(longest.word) }))
      .min(1)
      .max(most.named),
    count: seenCount,
  })
  .meta({ id: 'CodesTied' });

/** The first lines of a CSV file, its header among them. */
const csvSample = z
  .string()
  .min(1)
  .max(1024 * 1024);

/** How the values that a system told fared by the rule that brings them into their form, since a day: whole rows that told something new. */
export const standardCounts = z
  .object({
    system: z.string(),
    since: z.iso.date(),
    attributes: z.array(
      z.object({
        attribute: z.string(),
        label: z.string(),
        passes: z.int(),
        doubted: z
          .int()
          .describe('In their form, and failing a check of it: shown, and losing where the rule is valid first'),
        fails: z.int().describe('In no form that can be read: kept as they were sent, and saying nothing'),
        /** The record of which this was met last, by its key; null where none was, or it is gone. */
        doubtedSourceId: z.string().nullable(),
        failedSourceId: z.string().nullable(),
        days: z.array(z.object({ day: z.iso.date(), passes: z.int(), doubted: z.int(), fails: z.int() })),
      }),
    ),
  })
  .meta({ id: 'StandardCounts' });
export type StandardCounts = z.infer<typeof standardCounts>;

export const mappingSuggestionRequest = z.object({ csv: csvSample }).meta({ id: 'MappingSuggestionRequest' });
export const mappingSuggestion = z
  .object({
    /** A valid mapping document to look at and complete; null where no column could be a key, or nothing could be mapped. */
    document: z.json(),
    columns: z.array(
      z.object({
        column: z.string(),
        /** Null: not mapped. */
        meaning: z.string().nullable(),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'MappingSuggestion' });
export type MappingSuggestion = z.infer<typeof mappingSuggestion>;

/** Without a document the published one is checked; without samples, up to 1,000 of the records that the hub holds. */
export const mappingCheckRequest = z
  .object({
    document: z.json().optional(),
    samples: z.array(z.json()).max(most.named).optional(),
    /** Samples as the lines of a CSV file, of which the first 1,000 are taken. */
    csv: csvSample.optional(),
  })
  .meta({ id: 'MappingCheckRequest' });
export const mappingCheck = z
  .object({
    records: z.int(),
    readable: z.int(),
    faults: z.array(
      z.object({
        record: z.string(),
        attribute: z.string(),
        law: z.string(),
        path: z.string(),
        sent: z.json(),
        got: z.json(),
      }),
    ),
    /** By attribute or list: how the values fare by the rule that brings them into their form, a scheme, a code set or a shape. */
    standards: z.array(
      z.object({
        attribute: z.string(),
        rule: z.string(),
        passes: z.int().describe('In their form, and passing its checks'),
        doubted: z
          .int()
          .describe('In their form, and failing a check of it: shown, and losing where the rule is valid first'),
        fails: z.int().describe('In no form that can be read: kept as they were sent, and saying nothing'),
      }),
    ),
    unreadable: z.array(z.object({ path: z.string(), code: z.string(), count: z.int() })),
    inexpressible: z.array(z.object({ attribute: z.string(), code: z.string(), count: z.int() })),
    /** How many faults there are in all; `faults` lists the first 200. */
    faultCount: z.int(),
    /** Native codes that a table of the mapping does not know. */
    unknownCodes: z.array(z.object({ path: z.string(), value: z.json(), count: z.int() })),
  })
  .meta({ id: 'MappingCheck' });
export type MappingCheck = z.infer<typeof mappingCheck>;
