/** The moments between two steps at which a crash would be worst, in the order of the way that things go. */
export const crashPoints = {
  'push-read': 'a body was read, nothing of it is stored',
  'push-sent': 'the statement that stores a push is on its way, nobody knows whether it is committed',
  'push-stored': 'all of a push that is large or part of a load is stored, not committed',
  'push-committed': 'the push is committed, its sender does not know',

  'chunk-claimed': 'lines are taken from the inbox, nothing is done with them',
  'rows-filed': 'rows stand in the timelines of known records, these know nothing of it',
  'timelines-folded': 'what the timelines amount to is known, not stored',
  'customers-clustered': 'it is settled who is who, records are not stored',
  'records-kept': 'records are stored, golden records are as before',
  'golden-saved': 'golden records are stored, their history and conflicts are not',
  'customers-settled': 'everything of the customers is stored, nothing is marked for delivery',
  'views-marked': 'views are marked for delivery, the inbox still has the lines',
  'chunk-done': 'the lines are done with, not committed',
  'chunk-committed': 'the lines are done with and committed',

  'dirty-taken': 'the lane has taken what is to go out, planned nothing',
  'lane-planned': 'the lane has planned, not committed',
  'delivery-begun': 'a plan is committed, its next items are not looked at yet',
  'offers-filed': 'deliveries are offered, not committed',
  'offers-committed': 'offers are committed, nothing is sent',
  'delivery-answered': 'the system has written and answered, the hub has noted nothing',
  'receipts-filed': 'the answer is filed, its items are still open',
  'items-settled': 'the answer is filed and counted, not committed',
  'receipts-committed': 'the answer is committed, the run does not go on yet',
  'all-sent': 'nothing is left to send, the run does not know',

  'run-opened': 'a refresh is opened, not committed',
  'listing-begun': 'a listing is begun, nothing was heard',
  'page-listed': 'a page is heard, nothing of it is taken in',
  'page-taken-in': 'a page is taken in, not committed',
  'page-committed': 'a page is committed, the next one is not asked for',
  'plan-made': 'a plan is stored, the run does not know it',
  'run-ending': 'the run is closed, what it saw is still there',

  'decision-added': 'a decision is stored, nothing follows from it',
  'act-settled': 'all that follows from an act is stored, not committed',
  'act-committed': 'an act is committed, the steward does not know',
  'undo-settled': 'what follows from an undo is stored, not committed',
  'view-offered': 'a served view is filed as an offer, not committed',

  'mapping-rederived': 'records are read anew by a new mapping, not committed',
  'model-page-placed': 'a page of records is placed aside by a new match model, not committed',
  'model-placed':
    'all records are placed by a new match model, which is not committed, and who is who is not worked out',
  'rules-applied': 'customers are worked out by new rules, the rules do not know',
} as const satisfies Record<string, string>;

export type CrashPoint = keyof typeof crashPoints;

const armed = process.env['CRASH_AT'];

/** The process ends here, as by kill -9, when `CRASH_AT` names the point. Tests prove by it that nothing is lost or done twice. */
export function crashPoint(point: CrashPoint): void {
  if (point === armed) process.kill(process.pid, 'SIGKILL');
}
