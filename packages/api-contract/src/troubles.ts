import { z } from 'zod';

/** What can be wrong with the hub as a whole, each with what it means and what to do: the banner of the console, `GET /status` and the log say it in these words. */
export const troubleWords = {
  'disk-full': {
    title: 'The disk of the database is full',
    advice:
      'Nothing that is sent is accepted until there is room: make the disk larger or delete what does not belong there. Nothing that was accepted is lost.',
  },
  'database-away': {
    title: 'The database does not answer',
    advice: 'Look whether Postgres runs and can be reached. The hub goes on by itself as soon as it is back.',
  },
  'database-read-only': {
    title: 'The database takes no writes',
    advice:
      'Nothing that is sent is accepted meanwhile. Look whether Postgres has become a stand-by, or was set to read only (some providers do that when the disk is nearly full).',
  },
  'database-busy': {
    title: 'The database is too busy to answer in time',
    advice:
      'Senders are told to come back. When it stays, look for long statements and locks in Postgres, and whether its connections are enough.',
  },
  'duty-stale': {
    title: 'No worker is at work',
    advice:
      'What is sent is accepted and waits. Look at the processes of the hub with ROLE=worker or ROLE=all, and start one anew.',
  },
  'after-a-death': {
    title: 'The hub died while it was at work, and goes on carefully',
    advice:
      'What was under way is worked off in small pieces, until it is done or the record over which the hub dies is found: that one is put into the error log, and nothing else is lost. Nothing has to be done.',
  },
  'dies-at-work': {
    title: 'The hub dies over one record after another',
    advice:
      'That is rather the machine than the records: nothing more is put aside, and what was under way is tried again every two minutes at the latest. Look at memory and disk of the hub and of Postgres, and at the end of the hub’s log.',
  },
  'work-aside': {
    title: 'A piece of work over which the hub died is put aside',
    advice:
      'Everything else goes on. Of a system: its refresh has failed or its lane is paused; look at the end of the hub’s log, and start the refresh or let the lane go on once the cause is mended. Of the hub: it is tried again when the mapping, the rules or the match model are published anew, or the next day.',
  },
  'clock-jumped': {
    title: 'The clock of the hub is behind the latest time that the hub has seen',
    advice:
      'Sessions and keys that have ended stay ended, and the hub goes by that latest time. If the clock is slow, set it right (NTP). If it is right now and was ahead before, stop all processes of the hub, run "delete from time_seen" in its database and start them again (docs/security.md, “People”).',
  },
  'alerts-unreachable': {
    title: 'An alert of the hub could not be delivered',
    advice:
      'Nobody is told of what fails. Look whether ALERT_WEBHOOK_URL answers, and whether the hub may call it: an address of this machine or of an inner network has to be named in EGRESS_ALLOW.',
  },
  'outbound-paused': {
    title: 'The hub sends nothing: it is paused',
    advice: 'Changes wait for the systems. An admin lets it go under Systems, “All outbound”.',
  },
  'inbound-paused': {
    title: 'A system is paused: what it pushes is refused',
    advice: 'Its senders are told to come back. An admin lets it go under Systems.',
  },
  'system-away': {
    title: 'The system does not answer',
    advice:
      'What changes for it waits and goes out as soon as it answers again; all other systems go on. Look whether it runs, and whether its adapter URL and token are right.',
  },
  'system-held': {
    title: 'A system looks as if it had been set back',
    advice:
      'What it sends is accepted and waits, and nothing is sent to it; all other systems go on. An admin says under Held what it was.',
  },
  'news-held': {
    title: 'A system changed much at once, and that is held',
    advice:
      'The rest of what it sends counts, and what is held is accepted and kept. An admin looks under Held, and lets it in or throws it back.',
  },
  'mapping-stopped': {
    title: 'The mapping in force of a system is not valid any more',
    advice:
      'What the system sends is accepted and waits, and nothing is sent to it; all other systems go on. Check its mapping, mend it and publish it anew.',
  },
} as const satisfies Record<string, { title: string; advice: string }>;

export type TroubleCode = keyof typeof troubleWords;
export const troubleCodes = Object.keys(troubleWords) as TroubleCode[];

export const trouble = z
  .object({
    code: z.enum(troubleCodes),
    /** Since when this process of the hub knows it; null where nobody has noted it. */
    since: z.iso.datetime().nullable(),
    /** The code of the system that it is about; null: it is about the hub. */
    system: z.string().nullable(),
    /** What is wrong, and what to do about it. */
    words: z.string(),
  })
  .meta({ id: 'Trouble' });
export type Trouble = z.infer<typeof trouble>;
